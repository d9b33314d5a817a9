/** The sample report that the others are made from. */
import type { Report } from '../report.ts'
import { sampleOutcome } from './builders.ts'
import { black, flake8, isort, mypy, newFindings, olderFindings, pylint, ruff } from './sample-parts.ts'
import { scoreBlocks } from './score-blocks.ts'

export const failedReport: Report = {
  action: 'quality-gate',
  title: 'Quality gate',
  actionVersion: '2.0.0',
  id: 'default',
  verdict: 'failed',
  enforced: true,
  exempts: true,
  reasons: [
    { code: 'rule-failed', rule: 'score > 80', message: '`score` is 71.4, must be above 80' },
    { code: 'rule-failed', rule: 'new.type-errors < 5', message: '`new.type-errors` is 9, must be below 5' },
  ],
  rules: [
    sampleOutcome('score > 80', 'failed', {
      actual: 71.4,
      now: 71.4,
      base: 82.9,
      tools: ['ruff', 'black', 'isort', 'pylint', 'mypy'],
      message: '`score` is 71.4, must be above 80',
    }),
    sampleOutcome('new.type-errors < 5', 'failed', {
      actual: 9,
      now: 17,
      base: 8,
      tools: ['mypy'],
      message: '`new.type-errors` is 9, must be below 5',
    }),
    sampleOutcome('formatting-issues == 0', 'passed', {
      actual: 0,
      now: 0,
      base: 0,
      tools: ['black', 'isort'],
    }),
    sampleOutcome('new.lint-errors < 10', 'passed', { actual: 4, now: 209, tools: ['ruff', 'pylint'] }),
    sampleOutcome('warn complexity-max <= 15', 'warned', { actual: 22, now: 22, base: 14, at: 'price()' }),
  ],
  metrics: [
    { name: 'score', labels: {}, value: 71.4, unit: 'points', base: 82.9, tools: ['ruff', 'mypy'] },
    { name: 'type-errors', labels: {}, value: 17, unit: 'count', base: 8, new: 9, tools: ['mypy'] },
    { name: 'lint-errors', labels: { tool: 'pylint' }, value: 148, unit: 'count', new: 2, tools: ['pylint'] },
  ],
  tools: [ruff, black, isort, pylint, mypy, flake8],
  findings: [...olderFindings(212), ...newFindings],
  blocks: scoreBlocks,
  notices: [],
  loosened: [],
  degraded: [],
  base: {
    message:
      "Base is `main` at 4f2c1d9, the merge commit's first parent. `new` was found by running the same tools on the base version of the 6 changed files.",
    sha: '4f2c1d9a8f4d4b7c1c0f1b7d1e4a3f5a6b7c8d9e',
    ref: 'main',
  },
  scope: 'new',
  seconds: 11,
  inputs: [{ name: 'scope', value: 'new', from: '`.github/ci-actions.yml`' }],
  laptop: 'ci-actions quality-gate --base main',
  linkTemplate:
    'https://github.com/example/orders/blob/4f2c1d9a8f4d4b7c1c0f1b7d1e4a3f5a6b7c8d9e/{path}#L{line}',
  reportFolder: 'ci-actions-report/quality-gate',
}
