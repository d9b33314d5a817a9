import type { MetricDeclarations } from '@ci-actions/shared'
import { checkMetrics } from '@ci-actions/shared'

const counted = { unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' } as const

/** What a scan measures. A risk that several scanners report counts once. */
export const metrics = {
  ...checkMetrics,
  findings: {
    ...counted,
    description: 'Vulnerabilities, weaknesses and misconfigurations, by severity.',
    primaryLabel: 'severity',
    output: true,
  },
  secrets: {
    ...counted,
    description: 'Secrets in files or in the commits that are looked at, by severity.',
    primaryLabel: 'severity',
    output: true,
  },
  vulnerabilities: {
    ...counted,
    description: 'Known vulnerabilities of dependencies; they are part of `findings`.',
    primaryLabel: 'severity',
    output: true,
  },
  kev: {
    ...counted,
    description: 'Findings in the catalogue of known exploited vulnerabilities that `kev-file` names.',
    primaryLabel: 'severity',
  },
  fixable: {
    ...counted,
    description: 'Vulnerabilities of which a version without them is known.',
    primaryLabel: 'severity',
  },
  dependencies: {
    ...counted,
    description: 'What is wrong with the set of dependencies, by kind.',
    primaryLabel: 'rule',
    labelValues: ['conflicts', 'unpinned', 'outdated', 'stale-lock'],
  },
  licenses: {
    ...counted,
    description: 'Licences of dependencies that `denied-licenses` names, or that nobody knows.',
    primaryLabel: 'rule',
    labelValues: ['denied', 'unknown'],
  },
  'suppressions-stale': {
    ...counted,
    description: 'Entries of suppressions that have to go: they ended, hold too long, or fit no risk.',
    primaryLabel: 'rule',
    labelValues: ['expired', 'too-long', 'unused'],
  },
  'database-age': {
    description: 'Age of the oldest database of vulnerabilities that a scanner used.',
    unit: 'seconds',
    adds: 'max',
    better: 'lower',
  },
} as const satisfies MetricDeclarations
