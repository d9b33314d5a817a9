import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { renderSarif, sarifFiles } from '../packages/shared/src/report/sarif.ts'
import { anyFinding } from '../packages/shared/src/report/test/any-finding.ts'
import { failedReport, manyReport, sampleReports } from '../packages/shared/src/report/test/sample-reports.ts'
import { noStandard, standardProblems } from './standard-sarif.ts'

beforeEach((context) => context.skip(noStandard !== undefined, noStandard))

describe('SARIF 2.1.0 of OASIS', () => {
  it.each(Object.entries(sampleReports))('allows the report `%s`', (_, report) => {
    expect(standardProblems(renderSarif(report))).toEqual([])
    expect(standardProblems(renderSarif(report, { suppressed: true, lineHashes: new Map() }))).toEqual([])
  })

  it('allows any texts and numbers', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 5 }), fc.string(), (findings, id) => {
        const report = { ...manyReport, id, findings }
        const { files } = sarifFiles(report, { leg: id, suppressed: true }, () => true)
        for (const text of [renderSarif(report), ...files]) expect(standardProblems(text)).toEqual([])
      }),
    )
  })

  it.each([
    ['a level that there is none of', '"level":"error"', '"level":"fatal"'],
    ['a line 0', '"startLine":', '"startLine":0,"x":'],
    ['no driver', '"driver"', '"drivers"'],
  ])('refuses %s', (_, right, wrong) => {
    const text = renderSarif(failedReport)
    expect(text).toContain(right)
    expect(standardProblems(text.replace(right, wrong))).not.toEqual([])
  })
})
