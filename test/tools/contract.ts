/** What every tool of every action must do with what its real tool prints; for the tests of a registry. */

import { expect } from 'vitest'
import { ToolOutputError, UnavailableError } from '../../packages/shared/src/action/errors.ts'
import type { Tool, ToolOutput } from '../../packages/shared/src/tool/tool.ts'
import { readRecorded } from './recorded.ts'

/** `measured` where there are measurements but no findings, which is no clean result of a linter. */
export async function outcomeOf(
  tool: Tool,
  output: ToolOutput,
): Promise<'clean' | 'measured' | 'findings' | 'failed'> {
  try {
    const { findings, measurements = [], notices = [] } = await tool.parse(output)
    if (notices.some(({ level }) => level === 'failed')) return 'failed'
    if (findings.length > 0) return 'findings'
    return measurements.some(({ value }) => value > 0) ? 'measured' : 'clean'
  } catch (error) {
    if (!(error instanceof UnavailableError)) expect(error).toBeInstanceOf(ToolOutputError)
    return 'failed'
  }
}

/** Of the first command of a case, with all streams replaced, for each of its codes that comes with findings. */
export async function outcomesOfGarbage(
  tool: Tool,
  name: string,
  garbage: string,
): Promise<readonly string[]> {
  const codes = readRecorded(tool, name)[0]?.invocation.exitCodes ?? []
  const failing = codes.filter((code) => code !== 0)
  const outcomes: string[] = []
  for (const exitCode of failing.length > 0 ? failing : [0]) {
    const [output] = readRecorded(tool, name, (recording) => ({
      ...recording,
      exitCode,
      stdout: garbage,
      stderr: garbage,
      files: {},
    }))
    outcomes.push(output === undefined ? 'not recorded' : await outcomeOf(tool, output))
  }
  return outcomes
}

export interface CutReport {
  readonly length: number
  /** What comes of its first characters. */
  cut(length: number): Promise<string>
}

/** The report of the first command of a case, to be cut off anywhere. */
export async function cutReport(tool: Tool, name: string): Promise<CutReport> {
  const [whole] = readRecorded(tool, name)
  const report = await whole?.files['report']?.text()
  const printed = await whole?.stdout.text()
  // Some print everything there.
  const stream = printed === '' ? 'stderr' : 'stdout'
  const text = (report ?? (await whole?.[stream].text()) ?? '').trimEnd()
  return {
    length: text.length,
    cut: async (length) => {
      const short = text.slice(0, length)
      const [output] = readRecorded(tool, name, (recording) =>
        report === undefined ? { ...recording, [stream]: short } : { ...recording, files: { report: short } },
      )
      return output === undefined ? 'not recorded' : outcomeOf(tool, output)
    },
  }
}

/** The first command of a case, with one change to what it printed or wrote as its report. */
export async function parseChanged(
  tool: Tool | undefined,
  name: string,
  change: (text: string) => string,
): Promise<unknown> {
  if (tool === undefined) throw new Error('no such tool')
  const [output] = readRecorded(tool, name, (recording) => {
    const { report } = recording.files
    const stdout = change(recording.stdout)
    if (report === undefined) {
      expect(stdout).not.toBe(recording.stdout)
      return { ...recording, stdout }
    }
    expect(change(report)).not.toBe(report)
    return { ...recording, files: { report: change(report) } }
  })
  return output && (await tool.parse(output))
}
