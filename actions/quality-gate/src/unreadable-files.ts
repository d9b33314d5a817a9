/**
 * Counts the files that Python cannot read by every tool that met one. Such a file is an error among others to a
 * linter, which a limit of ten lets through, though nothing in it was checked. Pure.
 */
import type { CheckResults, MetricPart } from '@ci-actions/shared'
import { syntaxErrors } from './tools/syntax-error.ts'

/** What each tool calls it. Those that measure count such files by themselves. */
const rules: Readonly<Record<string, readonly string[]>> = {
  black: ['syntax-error'],
  isort: ['syntax-error'],
  'ruff-format': ['syntax-error'],
  ruff: ['invalid-syntax', 'E902'],
  flake8: ['E999', 'E902'],
  pylint: ['syntax-error', 'parse-error'],
  // What mypy cannot decode has no code; it then fails.
  mypy: ['syntax'],
  // The only errors without a rule are those of the syntax.
  pyright: ['pyright'],
}

/** One part for each run of a tool that would have said so. */
export function countUnreadable({ compared }: CheckResults): readonly MetricPart[] {
  return compared.flatMap(({ part }) => {
    const own = rules[part.tool]
    if (own === undefined || part.metrics.length === 0) return []
    const findings = part.findings
      .filter(({ rule, level }) => own.includes(rule) && level === 'error')
      .map((finding) => ({ ...finding, metric: syntaxErrors }))
    return [{ ...part, metrics: [syntaxErrors], findings, measurements: [], baseMeasurements: [] }]
  })
}
