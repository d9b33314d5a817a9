import { ToolOutputError } from '@ci-actions/shared'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepResults, readKeptResults } from './kept-results.ts'
import type { TestResult } from './results/test-result.ts'
import { problem } from './run/problem.ts'

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
    kind: fc.constantFrom('unit', 'performance'),
    package: text,
    order: fc.record(
      {
        kind: fc.constantFrom('after', 'without', 'chance'),
        test: text,
        several: fc.constant(true),
        command: text,
      },
      { requiredKeys: ['kind', 'command'] },
    ),
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
  return kept.text([problem('crashed', 'It crashed.')])
}

async function read(content: string, size = 7) {
  const found: TestResult[] = []
  const sink = { test: (each: TestResult) => void found.push(each) }
  return { ...(await readKeptResults(pieces(content, size), sink)), found }
}

it('gives back what was kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(result), fc.integer({ min: 1, max: 50 }), async (results, size) => {
      const { ids, found, problems } = await read(written(results), size)
      expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(results)))
      expect(ids).toEqual(results.map(({ id }) => id))
      expect(problems).toEqual(['It crashed.'])
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

it('takes no file that does not say whether its run can be trusted', async () => {
  await expect(read('{"tests":0}\n')).rejects.toThrow(ToolOutputError)
  expect((await read('{"tests":0,"problems":[]}\n')).problems).toEqual([])
})

it.each(['[]\n', '{"id":1,"name":"a","status":"passed"}\n', '{"id":"a","name":"a","status":"odd"}\n', 'x\n'])(
  'takes no line that is none of ours: %j',
  async (line) => {
    await expect(read(`${line}{"tests":1,"problems":[]}\n`)).rejects.toThrow(ToolOutputError)
  },
)

it('stays within a bound: later failures in short, then a file that is known to be cut off', async () => {
  const long = 'x'.repeat(5000)
  const failed = (id: string): TestResult => {
    const failures = [{ kind: 'failure', message: long, text: long } as const]
    return { id, name: id, status: 'failed', suites: [], flaky: false, failures, stdout: long }
  }
  const sink = { test: () => {} }
  const short = keepResults(sink, { text: 12_000 })
  for (const id of ['a', 'b', 'c']) short.test(failed(id))
  const { found } = await read(short.text([]), 1000)
  expect(found.map(({ failures }) => failures[0]?.text.length)).toEqual([5000, 0, 0])
  expect(found[1]).toMatchObject({ id: 'b', status: 'failed', failures: [{ message: long.slice(0, 300) }] })
  const cut = keepResults(sink, { all: 40_000 })
  for (const id of ['a', 'b', 'c']) cut.test(failed(id))
  expect(cut.text([]).length).toBeLessThan(41_000)
  await expect(read(cut.text([]), 1000)).rejects.toThrow('cut off')
})
