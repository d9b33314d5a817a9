import { describe, expect, test } from 'vitest'
import type { ToolRun } from '../tool/tool.ts'
import { failedAdvice } from './summary-details.ts'
import { failedReport } from './test/failed-report.ts'

function advice(whys: readonly string[], exempts = true): string {
  const tools = whys.map(
    (why, index): ToolRun => ({
      ...{
        id: `t${index}`,
        name: 'T',
        status: 'failed',
        why,
        seconds: 0,
        findings: 0,
        files: 0,
        remembered: 0,
      },
      ...{ notices: [], commands: [] },
    }),
  )
  return failedAdvice({ ...failedReport, tools, exempts })
}

describe('what to do about tools that failed', () => {
  test('is to mend the cause, or to do without them', () => {
    expect(advice(['crashed', 'unavailable: x'])).toMatch(/Mend its cause, or .*`optional-tools: t0 t1`/)
  })

  test('is to run it again where nothing was wrong but what was not reached', () => {
    expect(advice(['unavailable: x'])).toContain('run it again')
  })

  test('names no input that an action does not have', () => {
    expect(advice(['crashed'], false)).toBe('A tool that fails has judged nothing. Mend its cause.')
  })
})
