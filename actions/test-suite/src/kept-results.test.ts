import { ToolOutputError } from '@ci-actions/shared'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepResults, readKeptResults } from './kept-results.ts'
import type { TestResult } from './results/test-result.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const result: fc.Arbitrary<TestResult> = fc.record(
  {
    id: text,
    name: text,
    status: fc.constantFrom('passed', 'failed', 'error', 'skipped'),
    suites: fc.array(text, { maxLength: 3 }),
    flaky: fc.boolean(),
    failures: fc.array(fc.record({ kind: fc.constantFrom('failure', 'error'), message: text, text }), {
      maxLength: 2,
    }),
    seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    stdout: text,
  },
  { requiredKeys: ['id', 'name', 'status', 'suites', 'flaky', 'failures'] },
)

async function* pieces(content: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(content)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function written(results: readonly TestResult[]): string {
  const kept = keepResults({ test: () => {} })
  for (const each of results) kept.test(each)
  return kept.text()
}

async function read(content: string, size = 7) {
  const found: TestResult[] = []
  const ids = await readKeptResults(pieces(content, size), { test: (each) => void found.push(each) })
  return { ids, found }
}

it('gives back what was kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(result), fc.integer({ min: 1, max: 50 }), async (results, size) => {
      const { ids, found } = await read(written(results), size)
      expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(results)))
      expect(ids).toEqual(results.map(({ id }) => id))
    }),
  )
})

it('takes no file that is cut off, wherever', async () => {
  const whole = written([
    { id: 'a', name: 'a', status: 'passed', suites: [], flaky: false, failures: [] },
    { id: 'b', name: 'b', status: 'failed', suites: [], flaky: false, failures: [] },
  ])
  for (let end = 0; end < whole.length; end++)
    await expect(read(whole.slice(0, end)), `cut at ${end}`).rejects.toThrow(ToolOutputError)
})

it.each(['[]\n', '{"id":1,"name":"a","status":"passed"}\n', '{"id":"a","name":"a","status":"odd"}\n', 'x\n'])(
  'takes no line that is none of ours: %j',
  async (line) => {
    await expect(read(`${line}{"tests":1}\n`)).rejects.toThrow(ToolOutputError)
  },
)
