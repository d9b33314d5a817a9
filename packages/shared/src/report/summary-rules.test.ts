import { expect, it } from 'vitest'
import { renderSummary } from './summary.ts'
import { sampleOutcome } from './test/builders.ts'
import { passedReport } from './test/passed-reports.ts'

it('says why rules are left out, once for each reason', () => {
  const left = (rule: string, why: string) =>
    sampleOutcome(rule, 'left-out', { tools: [], message: `\`x\` is left out: ${why}` })
  const rules = [
    left('coverage >= 80', 'no tool that feeds it was chosen'),
    left('score > 80', 'nobody looks for it'),
    left('lint-errors == 0', 'no tool that feeds it was chosen'),
  ]
  const summary = renderSummary({ ...passedReport, rules }, { maxBytes: 1024 * 1024 })
  expect(summary.split('\n').filter((line) => line.startsWith('<sub>Left out'))).toEqual([
    '<sub>Left out, because no chosen tool measures it: `coverage >= 80`, `lint-errors == 0`.</sub>',
    '<sub>Left out, because nobody looks for it: `score > 80`.</sub>',
  ])
})
