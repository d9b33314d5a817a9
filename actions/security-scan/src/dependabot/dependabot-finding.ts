/** What a problem with dependabot.yml is in the report. Pure. */
import type { RawFinding } from '@ci-actions/shared'
import { closest } from '@ci-actions/shared'
import type { OwnTool } from '../own-outcome.ts'
import { riskFinding } from '../tools/risk-finding.ts'

export const dependabotCheck: OwnTool = {
  id: 'dependabot',
  name: 'Dependabot configuration',
  homepage:
    'https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference',
  scope: 'project',
  kind: 'configuration',
  metrics: ['findings'],
  // One file is no look at the project.
  inPassing: ['findings'],
}

export type DependabotRule =
  | 'dependabot-missing'
  | 'dependabot-invalid'
  | 'dependabot-unknown-key'
  | 'dependabot-unknown-ecosystem'
  | 'dependabot-missing-ecosystem'
  | 'dependabot-missing-directory'
  | 'dependabot-empty-directory'
  | 'dependabot-no-schedule'

interface Problem {
  readonly rule: DependabotRule
  readonly message: string
  readonly path?: string | undefined
  readonly line?: number | undefined
  readonly about: string
}

export function dependabotFinding({ rule, message, path, line, about }: Problem): RawFinding {
  return riskFinding(
    {
      kind: 'misconfiguration',
      claims: [{ source: 'table of Dependabot', by: 'table', severity: 'low' }],
      resource: about,
    },
    {
      rule,
      message,
      ...(path !== undefined && { location: { path, line } }),
      identity: `${rule} ${about}`,
      help: dependabotCheck.homepage,
    },
  )
}

/** For a word that is none of `known`. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = closest(word, known)
  return near === undefined ? '' : ` Did you mean \`${near}\`?`
}
