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
import { scannerLocks } from './scanner-locks.ts'

const fixtures = resolve(import.meta.dirname, '../../../../test/fixtures/tools')
const empty = projectOf({ name: 'empty', files: {} }, '/project')
const all = tools.map((tool) => [tool.id, tool] as const)

it('names each tool once', () => {
  const ids = tools.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(all)('%s', (id, tool) => {
  it('says who it is', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(tool.homepage).toMatch(/^https:\/\//)
    expect(tool.metrics).not.toHaveLength(0)
    expect(Object.keys(metrics)).toEqual(expect.arrayContaining([...tool.metrics]))
  })

  it('is locked', () => {
    const { install } = tool
    if (install.kind === 'present') return
    const lock = scannerLocks[id] ?? scannerLocks[install.kind === 'binary' ? install.name : install.package]
    const known =
      lock?.requirements ?? lock?.npm?.packageLock ?? lock?.binaries?.map(({ sha256 }) => sha256).join()
    expect(known).toMatch(/sha256:|"integrity"|[0-9a-f]{64}/)
  })

  it('does not apply where there is nothing', () => {
    expect(tool.applies(empty)).toMatchObject({ runs: false, status: 'not-applicable' })
    expect(tool.configuredBy(empty)).toEqual([])
  })
})

describe.each(all.filter(([id]) => casesOf(id).length > 0))('%s, as recorded', (id, tool) => {
  it('has a recording of each case', () => {
    const missing = casesOf(id).filter(({ name }) => !existsSync(resolve(fixtures, id, `${name}.1.json`)))
    expect(missing).toEqual([])
  })

  it('says what each finding is, and no secret', async () => {
    for (const output of readRecorded(tool, 'findings')) {
      const { findings } = await tool.parse(output)
      for (const { metric, security, message, rule, help, related } of findings) {
        expect(tool.metrics).toContain(metric)
        expect(metric === 'secrets').toBe(security?.kind === 'secret')
        const value = security?.secret?.value
        if (value !== undefined) expect(JSON.stringify([message, rule, help, related])).not.toContain(value)
      }
    }
  })

  it.each(['garbage', '', '{', '[]', '{}', 'null', '<html>Bad gateway</html>', 'Traceback:\n  boom\n'])(
    'never takes %j with a failing exit code for a clean result',
    async (garbage) => {
      expect(await outcomesOfGarbage(tool, 'findings', garbage)).not.toContain('clean')
    },
  )

  it('never takes output that was cut off for a clean result', async () => {
    const { cut, length } = await cutReport(tool, 'findings')
    const neverClean = fc.asyncProperty(fc.nat(length - 1), async (end) => {
      expect(await cut(end)).not.toBe('clean')
    })
    await fc.assert(neverClean, { numRuns: 40 })
  })
})
