/** Reports made up for tests and for `make preview`: one of each kind that a renderer has to get right. */
import { UnavailableError, UserError } from '../../action/errors.ts'
import { reportThrown } from '../../action/trouble.ts'
import type { Report } from '../report.ts'
import { manyFindings, sampleOutcome, sampleTool } from './builders.ts'
import { failedReport } from './failed-report.ts'
import { hostileReport } from './hostile.ts'
import { emptyReport, firstRunReport, loosenedReport, oldDebtReport, passedReport } from './passed-reports.ts'
import { black, mypy, newFindings, ruff } from './sample-parts.ts'

export { failedReport } from './failed-report.ts'
export { oldDebtReport, passedReport } from './passed-reports.ts'

export const incompleteReport: Report = {
  ...failedReport,
  verdict: 'incomplete',
  scope: 'all',
  reasons: [
    {
      code: 'rule-not-measured',
      rule: 'type-errors < 5',
      message: '`type-errors` was not measured: nothing that feeds it gave a result',
    },
  ],
  rules: [
    sampleOutcome('type-errors < 5', 'not-measured', {
      tools: ['mypy'],
      message: '`type-errors` was not measured: nothing that feeds it gave a result',
    }),
    sampleOutcome('formatting-issues == 0', 'passed', { actual: 0, now: 0, base: 0, tools: ['black'] }),
    sampleOutcome('delta.score >= 0', 'no-base', {
      message: '`delta.score`: nothing to compare with yet; it counts from the next run on',
    }),
  ],
  tools: [
    ruff,
    black,
    sampleTool('mypy', 'mypy', {
      status: 'failed',
      why: 'exit code 2 after 31 s, which is no result\nTraceback (most recent call last):\n  File "mypy/build.py", line 412, in build\nMemoryError: ```',
      remembered: 0,
      seconds: 31,
    }),
  ],
  findings: newFindings
    .filter((finding) => finding.tool !== 'mypy')
    .map((finding) => ({ ...finding, state: 'unknown' })),
  base: undefined,
  degraded: [{ what: 'check run', why: 'The token has no `checks: write`; annotations were used instead.' }],
  seconds: 34.2,
}

/** What `runAction` makes of something thrown. */
function thrown(error: unknown): Report {
  return { ...failedReport, inputs: [], base: undefined, seconds: 0.1, ...reportThrown(error) }
}

export const userErrorReport: Report = thrown(
  new UserError([
    '`gate` line 2: there is no metric `lint-error`; did you mean `lint-errors`?',
    '`comment` is `sometimes`; allowed are `off`, `on-failure`, `always`',
  ]),
)

export const unavailableReport: Report = thrown(
  new UnavailableError('the package index', 'no answer after 4 tries in 62 s (connection reset).'),
)

const bug = new TypeError("Cannot read properties of undefined (reading 'line')")
bug.stack = `TypeError: ${bug.message}\n    at messageCell (index.js:41023:17)\n    at problemRow (index.js:40988:9)`
export const bugReport: Report = thrown(bug)

export const cancelledReport: Report = {
  ...incompleteReport,
  reasons: [{ code: 'cancelled', message: 'the job was cancelled after 12 s' }],
}

/** 312 findings in 40 files, all of them counting. */
export const manyReport: Report = {
  ...failedReport,
  scope: 'all',
  base: undefined,
  reasons: [
    { code: 'rule-failed', rule: 'lint-errors < 10', message: '`lint-errors` is 312, must be below 10' },
  ],
  rules: [sampleOutcome('lint-errors < 10', 'failed', { actual: 312, now: 312, tools: ['ruff', 'pylint'] })],
  findings: manyFindings(312),
}

export const monorepoReport: Report = {
  ...failedReport,
  id: 'services',
  tools: ['billing', 'orders', 'web'].flatMap((name) => [
    { ...ruff, package: name, findings: 4, new: 1 },
    { ...mypy, package: name, findings: 2, new: 2 },
  ]),
  findings: ['billing', 'orders', 'web'].flatMap((name) =>
    newFindings.slice(7).map((finding) => ({
      ...finding,
      package: name,
      location: {
        path: `services/${name}/${finding.location?.path ?? 'setup.py'}`,
        line: finding.location?.line,
      },
    })),
  ),
}

/** Every kind, by the name of its rendered files. */
export const sampleReports: Readonly<Record<string, Report>> = {
  failed: failedReport,
  passed: passedReport,
  incomplete: incompleteReport,
  'user-error': userErrorReport,
  unavailable: unavailableReport,
  bug: bugReport,
  cancelled: cancelledReport,
  'not-enforced': { ...failedReport, enforced: false },
  'no-base': {
    ...failedReport,
    scope: 'all',
    base: undefined,
    findings: newFindings.map((finding) => ({ ...finding, state: 'unknown' })),
  },
  'first-run': firstRunReport,
  'old-debt': oldDebtReport,
  loosened: loosenedReport,
  empty: emptyReport,
  many: manyReport,
  monorepo: monorepoReport,
  hostile: hostileReport(failedReport),
}
