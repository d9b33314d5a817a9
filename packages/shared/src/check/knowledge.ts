/** Chooses for each tool the best knowledge of the base that there is. Pure. */
import type { Finding } from '../finding/finding.ts'
import type { StoredResult } from '../history/results.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import type { BaseSide } from './base-side.ts'
import { outcomeKey } from './base-side.ts'
import type { BaseKnowledge, ComparedOutcome } from './comparison.ts'
import { compareOutcome } from './comparison.ts'

export interface KnowledgeSources {
  readonly stored: readonly StoredResult[]
  /** Key that a stored result must have to compare, by `outcomeKey`. */
  readonly storedKeys: ReadonlyMap<string, string>
  readonly baseline?: readonly Finding[] | undefined
  /** Where a branch itself is judged, the baseline says what is known, whatever the last commit brought. */
  readonly baselineFirst: boolean
}

export function chooseKnowledge(
  outcomes: readonly ToolOutcome[],
  side: BaseSide,
  sources: KnowledgeSources,
): readonly ComparedOutcome[] {
  return outcomes.map((outcome) =>
    compareOutcome(outcome, knowledgeFor(outcome, side, sources), side.changes),
  )
}

function knowledgeFor(outcome: ToolOutcome, side: BaseSide, sources: KnowledgeSources): BaseKnowledge {
  if (!['clean', 'findings'].includes(outcome.run.status)) return { how: 'nothing' }
  const baseline = baselineFor(outcome, sources.baseline)
  if (baseline !== undefined && sources.baselineFirst) return baseline
  if (side.base.kind !== 'found') return baseline ?? { how: 'nothing' }
  const key = outcomeKey(outcome.tool.id, outcome.project.name)
  if (outcome.tool.scope === 'file') {
    return side.runs.get(key) ?? { how: 'run', files: new Set(), findings: [], measurements: [] }
  }
  const stored = sources.stored.find(
    (result) => outcomeKey(result.tool, result.package) === key && result.key === sources.storedKeys.get(key),
  )
  if (stored !== undefined) {
    const { findings, measurements, version } = stored
    return { how: 'stored', findings, measurements, version }
  }
  return baseline ?? { how: 'lines' }
}

function baselineFor(
  outcome: ToolOutcome,
  baseline: readonly Finding[] | undefined,
): BaseKnowledge | undefined {
  if (baseline === undefined) return undefined
  const { folder } = outcome.project
  const here = (path: string | undefined) =>
    folder === '' || path === undefined || path.startsWith(`${folder}/`)
  const findings = baseline.filter((entry) => entry.tool === outcome.tool.id && here(entry.location?.path))
  return { how: 'baseline', findings }
}
