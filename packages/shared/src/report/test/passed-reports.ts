/** Sample reports of a green verdict. */
import type { RuleOutcome } from '../../gate/rule.ts'
import type { Report } from '../report.ts'
import { sampleOutcome } from './builders.ts'
import { failedReport } from './failed-report.ts'
import { olderFindings } from './sample-parts.ts'
import { scoreBlocks } from './score-blocks.ts'

const passedRules = failedReport.rules
  .filter((outcome) => outcome.outcome !== 'warned')
  .map(
    (outcome): RuleOutcome => ({
      ...outcome,
      outcome: 'passed',
      decides: false,
      ...(outcome.rule.metric === 'score' ? { actual: 91.2, now: 91.2, base: 90.8 } : { actual: 0, now: 0 }),
    }),
  )

export const passedReport: Report = {
  ...failedReport,
  verdict: 'passed',
  reasons: [],
  rules: [...passedRules, sampleOutcome('coverage >= 80', 'left-out', { tools: [] })],
  findings: olderFindings(12).map((finding) => ({ ...finding, state: 'unchanged' })),
  seconds: 2.3,
  blocks: [],
}

/** Green, and the change had a hand in it. */
export const loosenedReport: Report = {
  ...passedReport,
  loosened: [
    'The policy file weakens the gate: `score > 80` → `score > 70`.',
    'Settings of tools in `pyproject.toml`: `tool.ruff.lint.ignore`: `[]` → `["E501"]`.',
  ],
}

/** Nothing to compare with yet: everything is shown, nothing is new. */
export const firstRunReport: Report = {
  ...passedReport,
  rules: [
    sampleOutcome('formatting-issues == 0', 'passed', { actual: 0, now: 0, tools: ['black', 'isort'] }),
    sampleOutcome('lint-errors < 10', 'passed', { actual: 4, now: 4, tools: ['ruff', 'pylint'] }),
    sampleOutcome('delta.score >= 0', 'no-base', {
      now: 71.4,
      message: '`delta.score`: nothing to compare with yet; it counts from the next run on',
    }),
  ],
  findings: olderFindings(4).map((finding) => ({ ...finding, state: 'unknown' })),
  scope: 'all',
  base: undefined,
}

/** How a team with much old debt starts: none of it counts. */
export const oldDebtReport: Report = {
  ...passedReport,
  rules: [
    sampleOutcome('new.formatting-issues == 0', 'passed', { actual: 0, now: 812, tools: ['black', 'isort'] }),
    sampleOutcome('new.lint-errors < 10', 'passed', { actual: 0, now: 9188, tools: ['ruff', 'pylint'] }),
    sampleOutcome('score > 60', 'passed', { actual: 71.4, now: 71.4, base: 82.9, tools: ['score'] }),
  ],
  findings: olderFindings(10_000),
  blocks: scoreBlocks,
}

/** A change that touches nothing that a tool looks at. */
export const emptyReport: Report = {
  ...passedReport,
  rules: passedReport.rules.slice(0, 2),
  findings: [],
  inputs: [],
}
