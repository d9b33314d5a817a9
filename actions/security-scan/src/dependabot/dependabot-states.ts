/** Which problems with dependabot.yml the change brought: about what is missing, no line tells. */
import type { Change, ComparedOutcome, Finding } from '@ci-actions/shared'
import { listAt, readAt } from '@ci-actions/shared'
import { checkDependabot, dependabotPaths } from './check-dependabot.ts'
import { dependabotCheck } from './dependabot-finding.ts'

/** Looks again, at the base. Without a change, and where more is known than lines, everything stays as it is. */
export async function withDependabotStates(
  compared: readonly ComparedOutcome[],
  change: Change | undefined,
): Promise<readonly ComparedOutcome[]> {
  const isOurs = ({ knowledge, part }: ComparedOutcome) =>
    part.tool === dependabotCheck.id && knowledge === 'lines' && part.findings.length > 0
  if (change === undefined || !compared.some(isOurs)) return compared
  const known = await problemsAtBase(change)
  if (known === undefined) return compared
  return compared.map((outcome) => {
    if (!isOurs(outcome)) return outcome
    const findings = outcome.part.findings.map(
      (finding): Finding => ({ ...finding, state: known.has(keyOf(finding)) ? 'unchanged' : 'new' }),
    )
    return { ...outcome, knowledge: 'run', part: { ...outcome.part, findings } }
  })
}

/** Undefined where git cannot tell. */
async function problemsAtBase({ repository, baseSha }: Change): Promise<ReadonlySet<string> | undefined> {
  const files = await listAt(repository, baseSha)
  if (files === undefined) return undefined
  const path = dependabotPaths.find((each) => files.includes(each))
  const text = path === undefined ? undefined : await readAt(repository, baseSha, path)
  const configuration = path === undefined || text === undefined ? undefined : { path, text }
  return new Set(checkDependabot(files, configuration)?.findings.map(keyOf))
}

interface Problem {
  readonly rule: string
  readonly security?: { readonly resource?: string | undefined } | undefined
}

function keyOf({ rule, security }: Problem): string {
  return `${rule}\0${security?.resource ?? ''}`
}
