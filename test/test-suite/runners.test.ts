/** Real output of real runners, against what their projects hold. Recorded by `make record runner=jest`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readResults } from '../../actions/test-suite/src/results/read-results.ts'
import type { TestResult } from '../../actions/test-suite/src/results/test-result.ts'
import { recordedRunners } from './runners.ts'

const folder = resolve(import.meta.dirname, '../fixtures/runners')

async function read(id: string) {
  const file = readdirSync(join(folder, id)).find((name) => name.startsWith('recorded.')) ?? ''
  const bytes = readFileSync(join(folder, id, file))
  const results: TestResult[] = []
  const chunks = async function* () {
    yield bytes
  }
  const found = await readResults({ path: file, chunks }, { test: (result) => results.push(result) })
  return { ...found, results }
}

describe.for(recordedRunners)('$id', ({ id, format, expected }) => {
  test('comes to what its project holds', async () => {
    const { results, complete, format: found } = await read(id)
    const count = (status: TestResult['status']) => results.filter((each) => each.status === status).length
    expect({
      ...{
        passed: count('passed'),
        failed: count('failed'),
        error: count('error'),
        skipped: count('skipped'),
      },
      ...{ flaky: results.filter(({ flaky }) => flaky).length, complete },
    }).toEqual(expected)
    expect(found).toBe(format)
  })

  test('names every test, and says why it did not pass', async () => {
    const { results } = await read(id)
    for (const { name, status, failures } of results) {
      expect(name).not.toBe('(no name)')
      const [failure] = failures
      // Cucumber has no word for a step that is pending or that nobody wrote.
      if (status === 'passed' || status === 'skipped' || id === 'cucumber') continue
      expect(failure?.message, name).toMatch(/\w.*\w/)
      expect(failure?.message, name).not.toMatch(/^(test failure|traceback.*)$/i)
    }
  })
})

test('every recording has its runner', () => {
  expect(readdirSync(folder).sort()).toEqual(recordedRunners.map(({ id }) => id).sort())
})
