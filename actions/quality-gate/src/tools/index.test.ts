import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { cutReport, outcomesOfGarbage } from '../../../../test/tools/contract.ts'
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
      expect(await outcomesOfGarbage(tool, 'clean', garbage)).not.toContain('clean')
    },
  )

  it('never takes output that was cut off for a clean result', async () => {
    const name = id === 'duplication' ? 'duplicates' : 'findings'
    const { cut, length: whole } = await cutReport(tool, name)
    const neverClean = fc.asyncProperty(fc.nat(whole - 1), async (length) => {
      expect(await cut(length)).not.toBe('clean')
    })
    await fc.assert(neverClean, { numRuns: 40 })
  })
})
