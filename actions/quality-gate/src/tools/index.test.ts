import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ToolOutputError } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { readRecorded } from '../../../../test/tools/recorded.ts'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { metrics } from '../metrics.ts'
import { tools } from './index.ts'
import { locks } from './locks.ts'

const kinds = ['formatting', 'lint', 'types', 'complexity', 'duplication', 'documentation']
const fixtures = resolve(import.meta.dirname, '../../../../test/fixtures/tools')
const empty = projectOf({ name: 'empty', files: {} }, '/project')

it('names each tool once', () => {
  const ids = tools.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(tools.map((tool) => [tool.id, tool] as const))('%s', (id, tool) => {
  it('says who it is', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(tool.homepage).toMatch(/^https:\/\//)
    expect(kinds).toContain(tool.kind)
    expect(tool.metrics).not.toHaveLength(0)
    expect(Object.keys(metrics)).toEqual(expect.arrayContaining([...tool.metrics]))
  })

  it('is locked', () => {
    if (tool.install.kind === 'present') return expect(tool.install.executable).toBe('python')
    const lock = locks[id] ?? (tool.install.kind === 'binary' ? undefined : locks[tool.install.package])
    expect(lock?.requirements ?? lock?.npm?.packageLock).toMatch(/sha256:|"integrity"/)
  })

  it('has a recording of each case', () => {
    const missing = casesOf(id).filter(({ name }) => !existsSync(resolve(fixtures, id, `${name}.1.json`)))
    expect(missing).toEqual([])
  })

  it('does not apply where there is no Python', () => {
    expect(tool.applies(empty)).toMatchObject({ runs: false, status: 'not-applicable' })
    expect(tool.configuredBy(empty)).toEqual([])
  })

  it('feeds only the metrics that it declares', async () => {
    for (const { name } of casesOf(id).filter((each) => each.name !== 'usage-error')) {
      for (const output of readRecorded(tool, name)) {
        if (!output.invocation.exitCodes.includes(output.exitCode)) continue
        const result = await Promise.resolve(tool.parse(output)).catch(() => undefined)
        const fed = [...(result?.findings ?? []), ...(result?.measurements ?? [])].flatMap(
          ({ metric }) => metric ?? [],
        )
        expect(tool.metrics).toEqual(expect.arrayContaining(fed))
      }
    }
  })

  it.each(['garbage', '', '{', '[]', 'Traceback (most recent call last):\n  boom\n'])(
    'never takes %j with a failing exit code for a clean result',
    async (garbage) => {
      for (const [index, exitCode] of failingCodes(id).entries()) {
        const outputs = readRecorded(tool, 'clean', (recording) => ({
          ...recording,
          exitCode,
          stdout: garbage,
          stderr: garbage,
          files: {},
        }))
        const output = outputs[0]
        expect(output, `command ${index}`).toBeDefined()
        if (output !== undefined) expect(await outcome(tool, output)).not.toBe('clean')
      }
    },
  )

  it('never takes output that was cut off for a clean result', async () => {
    const name = id === 'duplication' ? 'duplicates' : 'findings'
    const [whole] = readRecorded(tool, name)
    const report = await whole?.files['report']?.text()
    const text = (report ?? (await whole?.stdout.text()) ?? '').trimEnd()
    const cut = async (length: number): Promise<string> => {
      const short = text.slice(0, length)
      const [output] = readRecorded(tool, name, (recording) =>
        report === undefined ? { ...recording, stdout: short } : { ...recording, files: { report: short } },
      )
      return output === undefined ? 'clean' : outcome(tool, output)
    }
    const neverClean = fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
      expect(await cut(length)).not.toBe('clean')
    })
    await fc.assert(neverClean, { numRuns: 40 })
  })
})

/** Codes that the first command declares and that come with findings or failures. */
function failingCodes(id: string): readonly number[] {
  const tool = tools.find((each) => each.id === id)
  const codes = tool === undefined ? [] : (readRecorded(tool, 'clean')[0]?.invocation.exitCodes ?? [])
  const failing = codes.filter((code) => code !== 0)
  return failing.length > 0 ? failing : [0]
}

/** `measured` where there are measurements but no findings, which is no clean result of a linter. */
async function outcome(
  tool: (typeof tools)[number],
  output: Parameters<(typeof tools)[number]['parse']>[0],
): Promise<string> {
  try {
    const { findings, measurements = [], notices = [] } = await tool.parse(output)
    if (notices.some(({ level }) => level === 'failed')) return 'failed'
    if (findings.length > 0) return 'findings'
    return measurements.some(({ value }) => value > 0) ? 'measured' : 'clean'
  } catch (error) {
    expect(error).toBeInstanceOf(ToolOutputError)
    return 'failed'
  }
}
