import type { MetricDeclarations } from './metric.ts'

/** Metrics of every action; each has a built-in rule that no gate can drop. */
export const builtInMetrics = {
  'tools-failed': {
    description: 'Tools that crashed, timed out, or whose output cannot be trusted.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    output: true,
  },
} as const satisfies MetricDeclarations

/** Metrics of every action that checks a project. */
export const checkMetrics = {
  ...builtInMetrics,
  suppressions: {
    description:
      'Comments that silence a tool, such as `# noqa`; `new.suppressions` are those that the change adds.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
  },
} as const satisfies MetricDeclarations
