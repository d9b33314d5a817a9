import type { MetricDeclarations } from '@ci-actions/shared'
import { builtInMetrics } from '@ci-actions/shared'

/** What a run of tests measures. Each test counts once, with what came of all tries. */
export const metrics = {
  ...builtInMetrics,
  tests: {
    description: 'Tests that ran or were skipped.',
    unit: 'count',
    adds: 'sum',
    better: 'higher',
    output: true,
  },
  failures: {
    description: 'Tests whose assertion failed, without those in quarantine.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    output: true,
  },
  errors: {
    description: 'Tests that did not get to their verdict: fixture, import, crash.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    output: true,
  },
  skipped: { description: 'Tests that were skipped.', unit: 'count', adds: 'sum', better: 'lower' },
  flaky: {
    description: 'Tests that failed and then passed when they were run again.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
    output: true,
  },
  quarantined: {
    description: 'Failed tests that do not count, because the policy file says so.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
  },
  'quarantine-stale': {
    description: 'Entries of the quarantine that ended or fit no test.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
    counts: 'findings',
  },
  'new-tests': {
    description: 'Tests that the last run of the base did not have; see docs/history.md.',
    unit: 'count',
    adds: 'sum',
    better: 'higher',
  },
  'removed-tests': {
    description: 'Tests that the last run of the base had, and this one does not.',
    unit: 'count',
    adds: 'sum',
    better: 'lower',
  },
  'pass-rate': {
    description: 'Share of the tests that passed, of those that were not skipped.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
    output: true,
  },
  duration: {
    description: 'Seconds of all tests together; more than the clock says where they run side by side.',
    unit: 'seconds',
    adds: 'sum',
    better: 'lower',
  },
  'slowest-test': { description: 'Longest test.', unit: 'seconds', adds: 'max', better: 'lower' },
  'slowest-file': {
    description: 'File whose tests took longest.',
    unit: 'seconds',
    adds: 'max',
    better: 'lower',
  },
  coverage: {
    description: 'Lines that ran, of those that could.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
    output: true,
  },
  'branch-coverage': {
    description: 'Branches that were taken, where the report knows branches.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
  },
  'patch-coverage': {
    description: 'Lines that ran, of those that the change adds or touches.',
    unit: 'percent',
    adds: 'ratio',
    better: 'higher',
    output: true,
  },
} as const satisfies MetricDeclarations
