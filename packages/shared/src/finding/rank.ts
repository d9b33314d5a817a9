/** The order in which findings are shown where not all can be. */
import type { RuleOutcome } from '../gate/rule.ts'
import type { Finding, FindingState, Level, Severity } from './finding.ts'

const states: readonly FindingState[] = ['new', 'unknown', 'tool-changed', 'unchanged', 'fixed']
// An unknown risk may be a high one, so it stands behind the known high ones and before the mild ones. A
// finding that is no matter of risk stands with the medium ones; its level decides.
const severities: readonly Severity[] = ['critical', 'high', 'unknown', 'medium', 'low']
const levels: readonly Level[] = ['error', 'warning', 'note']

/**
 * What decided the verdict first, then new before old, severe before mild, then by path, line, column, tool,
 * rule, message; suppressed and fixed ones last. Does not depend on the order given.
 */
export function rankFindings(
  findings: readonly Finding[],
  outcomes: readonly RuleOutcome[],
): readonly Finding[] {
  const failed = outcomes.filter((outcome) => outcome.decides && outcome.outcome === 'failed')
  const byWeight = [...Map.groupBy(findings, (finding) => weightOf(finding, failed))]
  return byWeight.toSorted(([a], [b]) => a - b).flatMap(([, alike]) => sortByPlace(alike))
}

/** As {@link compareFindings} says, file by file: paths are long and alike, and comparing them is what costs. */
function sortByPlace(findings: readonly Finding[]): readonly Finding[] {
  const byPath = [...Map.groupBy(findings, (finding) => finding.location?.path ?? '')]
  return byPath
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, inFile]) => inFile.toSorted(compareFindings))
}

/** Whether a finding is counted by one of these outcomes, which should be the failed ones that decide. */
export function isCountedBy(finding: Finding, outcomes: readonly RuleOutcome[]): boolean {
  if (finding.metric === undefined || finding.suppression || finding.state === 'fixed') return false
  return outcomes.some(({ rule }) => {
    if (rule.metric !== finding.metric) return false
    if (rule.variant !== 'value' && finding.state !== 'new') return false
    return Object.entries(rule.labels).every(([name, value]) => labelOf(finding, name) === value)
  })
}

function labelOf(finding: Finding, name: string): string | undefined {
  switch (name) {
    case 'tool':
      return finding.tool
    case 'package':
      return finding.package
    case 'level':
      return finding.level
    case 'rule':
      return finding.rule
    case 'severity':
      return finding.security?.severity
    default:
      return undefined
  }
}

/** Digits from the most to the least important; each of them has fewer than ten values. */
function weightOf(finding: Finding, failed: readonly RuleOutcome[]): number {
  const last = finding.suppression || finding.state === 'fixed' ? 1 : 0
  const decided = isCountedBy(finding, failed) ? 0 : 1
  const severity = severities.indexOf(finding.security?.severity ?? 'medium')
  const whole = (last * 10 + decided) * 10 + states.indexOf(finding.state)
  return (whole * 10 + severity) * 10 + levels.indexOf(finding.level)
}

/** By path, line, column, tool, rule, message; findings without a place first. Compares code units. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.location?.path ?? '', b.location?.path ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    (a.location?.column ?? 0) - (b.location?.column ?? 0) ||
    compareText(a.tool, b.tool) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
