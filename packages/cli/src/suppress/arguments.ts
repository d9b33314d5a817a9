/** The command line of `ci-actions security-scan suppress`. Pure; everything that is wrong is reported at once. */
import { parseArgs } from 'node:util'
import { closest, justifications, suppressionStatuses } from '@ci-actions/shared'

export interface SuppressArguments {
  /** Of the risk; undefined where a file is imported. */
  readonly identity?: string | undefined
  /** Ignore file of a scanner, as typed. */
  readonly import?: string | undefined
  /** Result of a scan, as typed. Default: the newest in the report folders. */
  readonly result?: string | undefined
  readonly reason?: string | undefined
  readonly owner?: string | undefined
  readonly expires?: string | undefined
  readonly status?: string | undefined
  readonly justification?: string | undefined
}

export type ReadArguments =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] }
  | { readonly kind: 'suppress'; readonly given: SuppressArguments }

const names = ['import', 'result', 'reason', 'owner', 'expires', 'status', 'justification'] as const
const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))

export const suppressHelp = `ci-actions security-scan suppress <identity> --reason TEXT --owner NAME [options]
ci-actions security-scan suppress --import FILE --owner NAME [options]

Writes a suppression: the risk is reported and does not count until its last day. <identity> is the text
that the report shows with the risk, in quotes. The entry goes to the list in .github/ci-actions.yml where
there is one, else to .github/security-suppressions.yml.

  --reason TEXT          Why it does not count, best with an issue.
  --owner NAME           Who answers for it.
  --expires YYYY-MM-DD   The last day. Default: the longest that the severity allows.
  --status STATUS        ${suppressionStatuses.join(', ')}. Default: accepted.
  --justification LABEL  With not-affected: ${justifications.slice(0, 2).join(', ')},
                         ${justifications.slice(2, 4).join(',\n                         ')},
                         ${justifications.slice(4).join(', ')}.
  --import FILE          Takes the entries of .trivyignore, osv-scanner.toml, .snyk, .safety-policy.yml,
                         .gitleaksignore, .gdnsuppress or an OpenVEX document.
  --result FILE          The result.json to look into. Default: the newest in ci-actions-report.
`

export function readArguments(args: readonly string[]): ReadArguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = new Map<string, string>()
  const positional: string[] = []
  const problems: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positional.push(token.value)
    if (token.kind !== 'option') continue
    if (token.name === 'help') return { kind: 'help' }
    const problem = optionProblem(token.name, token.rawName, token.value, given)
    if (problem === undefined) given.set(token.name, token.value?.trim() ?? '')
    else problems.push(problem)
  }
  problems.push(...missing(positional, given))
  problems.push(...wordProblems(given, 'status', suppressionStatuses))
  problems.push(...wordProblems(given, 'justification', justifications))
  if (problems.length > 0) return { kind: 'wrong', problems }
  const [identity] = positional
  return {
    kind: 'suppress',
    given: { ...Object.fromEntries(given), ...(identity !== undefined && { identity }) },
  }
}

function optionProblem(
  name: string,
  rawName: string,
  value: string | undefined,
  given: ReadonlyMap<string, string>,
): string | undefined {
  if (!names.some((known) => known === name)) {
    const near = closest(name, names)
    return `There is no option \`${rawName}\`.${near === undefined ? '' : ` Did you mean \`--${near}\`?`}`
  }
  if (given.has(name)) return `\`${rawName}\` is given more than once.`
  return value === undefined || value.trim() === '' ? `\`${rawName}\` needs a value.` : undefined
}

function wordProblems(
  given: ReadonlyMap<string, string>,
  name: string,
  known: readonly string[],
): readonly string[] {
  const value = given.get(name)
  if (value === undefined || known.includes(value)) return []
  const near = closest(value, known)
  const hint = near === undefined ? `There are: ${known.join(', ')}.` : `Did you mean \`${near}\`?`
  return [`\`--${name}\`: there is no \`${value}\`. ${hint}`]
}

function missing(positional: readonly string[], given: ReadonlyMap<string, string>): readonly string[] {
  const imports = given.has('import')
  const problems: string[] = []
  if (imports && positional.length > 0) problems.push('Give an identity or `--import`, not both.')
  if (!imports && positional.length === 0)
    problems.push('Say which risk: the identity that the report shows with it.')
  if (positional.length > 1)
    problems.push('Put the identity in quotes, since it has blanks: `suppress "vulnerability pypi/…"`.')
  if (!imports && !given.has('reason')) problems.push('`--reason` is required: why does the risk not count?')
  if (!given.has('owner')) problems.push('`--owner` is required: who answers for it?')
  return problems
}
