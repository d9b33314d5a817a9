/** Values of a metric's primary label, where they are known before anything is measured. */
import type { Level, Severity } from '../finding/finding.ts'
import type { MetricDeclaration } from './metric.ts'

const levels: readonly Level[] = ['error', 'warning', 'note']
const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unknown']

/** Undefined where tools bring their own, as with tools, packages and endpoints. */
export function labelValuesOf({
  primaryLabel,
  labelValues,
}: MetricDeclaration): readonly string[] | undefined {
  switch (primaryLabel) {
    case 'level':
      return levels
    case 'severity':
      return severities
    case 'rule':
      return labelValues
    default:
      return undefined
  }
}
