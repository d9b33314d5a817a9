import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestResult } from '../results/test-result.ts'
import { partsOf } from './recorded-test.ts'
import { readRecording } from './recording.ts'

async function read(text: string, size = 1000) {
  const bytes = new TextEncoder().encode(text)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const tests: TestResult[] = []
  const recording = await readRecording(chunks(), { test: (result) => tests.push(result) })
  return { ...recording, tests, statuses: tests.map(({ status }) => status) }
}

const lines = (...records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('')
const start = (id: string) => ({ kind: 'start', id, file: 'a.py', line: 3 })
const call = (id: string, outcome: string, more = {}) => ({
  kind: 'report',
  id,
  when: 'call',
  outcome,
  ...more,
})
const finish = (id: string) => ({ kind: 'finish', id, seconds: 0.5 })

describe('readRecording', () => {
  it('takes a test that pytest itself ran again for flaky', async () => {
    const { tests } = await read(
      lines(
        start('a'),
        call('a', 'rerun', { message: 'first', type: 'OSError' }),
        call('a', 'passed'),
        finish('a'),
      ),
    )
    expect(tests).toMatchObject([
      {
        id: 'a',
        status: 'passed',
        flaky: true,
        seconds: 0.5,
        failures: [{ message: 'first', type: 'OSError' }],
      },
    ])
  })

  it('takes the tries of pytest-rerunfailures together, each with a start and an end of its own', async () => {
    const tries = [start('a'), call('a', 'rerun', { message: 'no' }), finish('a'), start('a')]
    expect((await read(lines(...tries, call('a', 'passed'), finish('a')))).tests).toMatchObject([
      { status: 'passed', flaky: true },
    ])
    expect((await read(lines(...tries, call('a', 'failed'), finish('a')))).statuses).toEqual(['failed'])
    expect((await read(lines(...tries))).statuses).toEqual(['error'])
  })

  it('never takes a failure for a skip', async () => {
    const { statuses } = await read(
      lines(start('a'), call('a', 'failed'), { ...call('a', 'skipped'), when: 'teardown' }, finish('a')),
    )
    expect(statuses).toEqual(['failed'])
  })

  it('takes what was running for an error, and names it', async () => {
    const { statuses, running, finished } = await read(
      lines(start('a'), call('a', 'passed'), finish('a'), start('b')),
    )
    expect(statuses).toEqual(['passed', 'error'])
    expect(running).toEqual(['b'])
    expect(finished).toBe(1)
  })

  it('passes over a last line that was cut off, and reports any other damage', async () => {
    const whole = lines(start('a'), call('a', 'passed'), finish('a'))
    expect((await read(`${whole}{"kind":"sta`)).damaged).toBe(false)
    expect((await read(`{"kind":"sta\n${whole}`)).damaged).toBe(true)
    expect((await read(`${whole}null\n`)).damaged).toBe(true)
    expect((await read(`${lines({ kind: 'report', id: 'a', outcome: 'splendid' })}${whole}`)).damaged).toBe(
      true,
    )
  })

  it('says the same however the file is cut into pieces', async () => {
    const text = lines(start('ä::ö'), call('ä::ö', 'failed', { message: 'ü' }), finish('ä::ö'), start('b'))
    const whole = await read(text)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (size) => {
        expect(await read(text, size)).toEqual(whole)
      }),
    )
  })

  it('survives any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string())), async (texts) => {
        expect((await read(texts.join('\n'))).failed).toBe(0)
      }),
    )
  })
})

describe('partsOf', () => {
  it.each([
    ['tests/test_a.py::test_b', 'tests.test_a', 'test_b'],
    ['tests/test_a.py::TestA::test_b[x::y/z]', 'tests.test_a.TestA', 'test_b[x::y/z]'],
    ['tests/test_a.py', '', 'tests/test_a.py'],
    ['README.md::README.md', 'README.md', 'README.md'],
  ])('%s', (id, classname, name) => {
    expect(partsOf(id)).toEqual({ classname, name })
  })
})
