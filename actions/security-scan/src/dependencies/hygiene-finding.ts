/** What a problem with the set of dependencies is in the report. Pure. */
import type { RawFinding, Severity } from '@ci-actions/shared'
import { riskFinding } from '../tools/risk-finding.ts'

export type HygieneRule = 'conflicts' | 'unpinned' | 'outdated' | 'stale-lock'

/** Our judgement: two versions that exclude each other fail at run time, the others are risks for later. */
const severities: Readonly<Record<HygieneRule, Severity>> = {
  conflicts: 'medium',
  'stale-lock': 'low',
  unpinned: 'low',
  outdated: 'low',
}

export interface HygieneProblem {
  readonly rule: HygieneRule
  readonly message: string
  /** Of the file that names it; undefined where none does. */
  readonly path: string | undefined
  readonly line?: number | undefined
  /** What makes it the same one when lines move and lists grow, such as the package's name. */
  readonly about: string
}

export function hygieneFinding({ rule, message, path, line, about }: HygieneProblem): RawFinding {
  return riskFinding(
    {
      kind: 'hygiene',
      claims: [{ source: 'table of dependency hygiene', by: 'table', severity: severities[rule] }],
      resource: about,
    },
    { rule, message, ...(path !== undefined && { location: { path, line } }), identity: `${rule} ${about}` },
  )
}
