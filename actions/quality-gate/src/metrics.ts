import type { MetricDeclarations } from '@ci-actions/shared'
import { checkMetrics } from '@ci-actions/shared'

/** What the quality gate measures. Counts are sums over tools: one defect that two linters report counts twice. */
export const metrics = {
  ...checkMetrics,
  'formatting-issues': {
    description: 'Files that a formatter would change.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'files',
    output: true,
  },
  'lint-errors': {
    description: 'Findings of linters that are errors; see docs/tools.md for each tool.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    output: true,
  },
  'lint-warnings': {
    description: 'Findings of linters that are warnings.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
  },
  'type-errors': {
    description: 'Errors of type checkers, without imports that cannot be resolved.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    output: true,
  },
  'syntax-errors': {
    description:
      'Files that a tool could not take in, because they do not parse or decode; once for each tool.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'files',
  },
  'unresolved-imports': {
    description: 'Imports that cannot be resolved because a dependency is not installed.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
  },
  'complexity-max': {
    description: 'Highest cyclomatic complexity of a function.',
    unit: 'points',
    adds: 'max',
    better: 'lower',
  },
  'cognitive-complexity-max': {
    description: 'Highest cognitive complexity of a function.',
    unit: 'points',
    adds: 'max',
    better: 'lower',
  },
  'complexity-over-limit': {
    description: 'Functions whose cyclomatic complexity is above `complexity-limit`.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
  },
  duplication: {
    description: 'Share of lines that are duplicated.',
    unit: 'percent',
    adds: 'ratio',
    better: 'lower',
  },
  'docstring-coverage': {
    description: 'Share of modules, classes and functions that have a docstring.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
  },
  'type-coverage': {
    description: 'Share of function signatures that are fully annotated.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
  },
  coverage: {
    description: 'Line coverage, from `coverage-report`.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
  },
  score: {
    description: 'Quality from 0 to 100; docs/score.md has the formula.',
    unit: 'points',
    adds: 'only',
    better: 'higher',
    output: true,
  },
} as const satisfies MetricDeclarations
