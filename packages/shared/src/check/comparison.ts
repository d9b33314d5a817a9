/**
 * Compares the findings of this run with the base, by the best means that there is for each tool; see
 * docs/findings.md. Pure: what has to be read or run for it is passed in.
 */
import type { Finding } from '../finding/finding.ts'
import { changedPlaces, stateByLines } from '../finding/lines.ts'
import { matchFindings } from '../finding/match.ts'
import type { Measurement } from '../gate/metric.ts'
import type { MetricPart } from '../gate/metrics.ts'
import type { FileChange } from '../git/diff.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'

export type { FileChange }

/** What is known of one tool at the base. */
export type BaseKnowledge =
  /** The tool was run on the base version of `files` (base paths); all other files are as they were. */
  | {
      readonly how: 'run'
      readonly files: ReadonlySet<string>
      readonly findings: readonly Finding[]
      readonly measurements: readonly Measurement[]
    }
  /** All findings of the tool at the base, or those of the baseline file. */
  | {
      readonly how: 'stored' | 'baseline'
      readonly findings: readonly Finding[]
      readonly measurements?: readonly Measurement[] | undefined
      /** Version that gave them; another one now makes what is new outside changed lines `tool-changed`. */
      readonly version?: string | undefined
    }
  /** Only which lines changed. */
  | { readonly how: 'lines' }
  | { readonly how: 'nothing' }

export interface ComparedOutcome {
  readonly outcome: ToolOutcome
  readonly knowledge: BaseKnowledge['how']
  /** With states, and with the findings that were fixed. */
  readonly part: MetricPart
}

export function compareOutcome(
  outcome: ToolOutcome,
  knowledge: BaseKnowledge,
  changes: readonly FileChange[],
): ComparedOutcome {
  const ran = outcome.run.status === 'clean' || outcome.run.status === 'findings'
  const part = {
    tool: outcome.tool.id,
    ...(outcome.project.name !== '' && { package: outcome.project.name }),
    metrics: ran ? outcome.tool.metrics : [],
    ...(outcome.tool.inPassing !== undefined && { inPassing: outcome.tool.inPassing }),
    ...(outcome.tool.rules !== undefined && { rules: outcome.tool.rules }),
    measurements: outcome.measurements,
  }
  const renames = new Map(
    changes.flatMap((change) => (change.oldPath === undefined ? [] : [[change.oldPath, change.path]])),
  )
  const compared = (
    findings: readonly Finding[],
    rest: Partial<MetricPart> & Pick<MetricPart, 'compared'>,
  ) => ({
    outcome,
    knowledge: knowledge.how,
    part: { ...part, findings, ...rest },
  })
  switch (knowledge.how) {
    case 'nothing':
      return compared(outcome.findings, { compared: 'none' })
    case 'lines':
      return compared(stateByLines(outcome.findings, changes), { compared: 'lines' })
    case 'run': {
      const { findings, measurements } = baseOfRun(outcome, knowledge, changes)
      const matched = matchFindings(outcome.findings, findings, { renames, changes })
      return compared(withNewSecrets(matched, findings, changes), {
        compared: 'exact',
        baseMeasurements: measurements,
      })
    }
    default: {
      const { findings, measurements, version } = knowledge
      const isOther = version !== undefined && version !== outcome.run.version
      const toolChanged = new Set(isOther ? [outcome.tool.id] : [])
      const matched = matchFindings(outcome.findings, findings, { renames, changes, toolChanged })
      return compared(withNewSecrets(matched, findings, changes), {
        compared: measurements === undefined ? 'lines' : 'exact',
        ...(measurements !== undefined && { baseMeasurements: measurements }),
      })
    }
  }
}

/**
 * What makes a secret itself holds all of its line but the value. Where the change touches the line, it may be another
 * one, unless the base has a secret of the same digest.
 */
function withNewSecrets(
  matched: readonly Finding[],
  base: readonly Finding[],
  changes: readonly FileChange[],
): readonly Finding[] {
  const touches = changedPlaces(changes)
  const known = new Set(base.flatMap(({ security }) => security?.secretDigest ?? []))
  const mayBeNew = ({ state, security, location }: Finding): boolean =>
    state === 'unchanged' &&
    security?.kind === 'secret' &&
    !known.has(security.secretDigest ?? '') &&
    location !== undefined &&
    touches(location) === true
  return matched.map((finding) => (mayBeNew(finding) ? { ...finding, state: 'new' } : finding))
}

/** The whole base of a tool that was run on part of it: a file that is as it was has what it has now. */
function baseOfRun(
  outcome: ToolOutcome,
  knowledge: Extract<BaseKnowledge, { how: 'run' }>,
  changes: readonly FileChange[],
): { findings: readonly Finding[]; measurements: readonly Measurement[] } {
  const fresh = new Set(changes.map((change) => change.path))
  for (const file of knowledge.files) fresh.add(file)
  const unchanged = (path: string | undefined) => path === undefined || !fresh.has(path)
  return {
    findings: [
      ...outcome.findings.filter((finding) => unchanged(finding.location?.path)),
      ...knowledge.findings,
    ],
    measurements: [...outcome.measurements.filter((part) => unchanged(part.path)), ...knowledge.measurements],
  }
}

/**
 * Base paths of the files that a tool that is exact per file has to see again: the changed ones, and all where
 * the change moves what per-file results depend on beside the file: packages (`__init__.py`) and
 * first-party names.
 */
export function filesToCompare(
  changes: readonly FileChange[],
  basePythonFiles: readonly string[],
  sameFirstParty: boolean,
): readonly string[] {
  const packagesMoved = changes.some(
    (change) => change.kind !== 'modified' && /(^|\/)__init__\.pyi?$/.test(change.oldPath ?? change.path),
  )
  if (packagesMoved || !sameFirstParty) return basePythonFiles
  const changed = new Set(
    changes.filter((change) => change.kind !== 'added').map((change) => change.oldPath ?? change.path),
  )
  return basePythonFiles.filter((file) => changed.has(file))
}
