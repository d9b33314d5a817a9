/** What the report says about risks beside listing them. Pure. */
import type { CheckResults, Derived } from '@ci-actions/shared'
import type { Repair } from './fix/repair.ts'
import { patchFor, repairBlocks } from './fix/repair-blocks.ts'
import { owaspBlocks } from './owasp/owasp-blocks.ts'
import type { CountedRisks } from './risk-parts.ts'
import { riskParts } from './risk-parts.ts'
import { riskBlocks } from './risks/risk-blocks.ts'
import { suppressionBlocks } from './suppressed-outcomes.ts'

export function reportRisks(
  { compared }: Pick<CheckResults, 'compared'>,
  about: CountedRisks,
  repair?: Repair,
): Pick<Derived, 'parts' | 'blocks'> {
  const findings = compared.flatMap(({ part }) => part.findings)
  const runs = compared.map(({ outcome }) => outcome.run)
  const finders = compared.map(({ outcome: { tool, run } }) => ({
    ...{ id: tool.id, kind: tool.kind, status: run.status },
  }))
  return {
    parts: riskParts(compared, about),
    blocks: [
      ...riskBlocks(findings, finders, repair && ((finding) => patchFor(repair, finding))),
      ...(repair === undefined ? [] : repairBlocks(repair)),
      ...suppressionBlocks(findings),
      ...owaspBlocks(findings, runs),
    ],
  }
}
