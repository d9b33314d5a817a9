import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isGreen, readText } from './test/read.ts'

function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
}

function events(...all: readonly Readonly<Record<string, unknown>>[]): string {
  return all.map((event) => `${JSON.stringify({ Package: 'p', ...event })}\n`).join('')
}

test('a real run in which a test ends the process', async () => {
  const read = await readText(fixture('go-exits.json'))
  expect(read).toMatchObject({ format: 'go-test', complete: true, problems: [] })
  expect(read.results.map(({ id, status, failures }) => [id, status, failures[0]?.message])).toEqual([
    ['example.com/orders/bad::TestFine', 'passed', undefined],
    ['example.com/orders/bad::TestDies', 'error', 'exit status 3'],
    ['example.com/orders/ok::TestPass', 'passed', undefined],
    ['example.com/orders/ok::TestSkip', 'skipped', undefined],
    ['example.com/orders/ok::TestTable/one', 'passed', undefined],
    ['example.com/orders/ok::TestTable/two', 'failed', 'ok_test.go:5: got 2'],
  ])
  expect(read.results[3]?.skipReason).toBe('ok_test.go:4: no database')
})

test('a real run with a package that does not compile', async () => {
  const read = await readText(fixture('go-build-fails.json'))
  const failed = read.results.filter(({ status }) => status === 'error')
  expect(failed.map(({ id, failures }) => [id, failures[0]?.message])).toEqual([
    ['example.com/orders/bad', 'build/build_test.go:3:28: undefined: undefined'],
    ['example.com/orders/build', 'build/build_test.go:3:28: undefined: undefined'],
  ])
})

describe('what is not whole is not green', () => {
  const passes = events(
    { Action: 'start' },
    { Action: 'run', Test: 'T' },
    { Action: 'pass', Test: 'T', Elapsed: 0.5 },
  )

  test('the package has no end', async () => {
    expect(await readText(passes)).toMatchObject({ complete: false, results: [{ id: 'p::T', seconds: 0.5 }] })
    expect(isGreen(await readText(passes + events({ Action: 'pass' })))).toBe(true)
  })

  test('a line is damaged or cut off', async () => {
    const end = events({ Action: 'pass' })
    expect(isGreen(await readText(`${passes}{"Action":"fa\n${end}`))).toBe(false)
    expect(isGreen(await readText(`${passes}${end}{"Action":"sta`))).toBe(false)
  })

  test('a package fails and no test does', async () => {
    expect(
      isGreen(await readText(passes + events({ Action: 'output', Output: 'race\n' }, { Action: 'fail' }))),
    ).toBe(false)
  })

  test('a test around others fails by itself', async () => {
    const read = await readText(
      events(
        { Action: 'run', Test: 'T' },
        { Action: 'run', Test: 'T/a' },
        { Action: 'pass', Test: 'T/a' },
        { Action: 'fail', Test: 'T' },
        { Action: 'fail' },
      ),
    )
    expect(read.results.map(({ name, status }) => `${name} ${status}`)).toEqual(['T/a passed', 'T failed'])
  })
})

test('benchmarks have no end, and unknown actions mean nothing', async () => {
  const text = events({ Action: 'run', Test: 'BenchmarkX' }, { Action: 'new', Test: 'T' }, { Action: 'pass' })
  expect((await readText(text)).results).toMatchObject([{ name: 'BenchmarkX', status: 'passed' }])
})

test('lines of the build between are passed over, and a line of any length read past', async () => {
  const long = events({ Action: 'output', Test: 'T', Output: 'x'.repeat(3_000_000) })
  const text = `go: downloading x\n${events({ Action: 'run', Test: 'T' })}${long}# pkg\n${events({ Action: 'pass', Test: 'T' }, { Action: 'pass' })}`
  expect(isGreen(await readText(text))).toBe(true)
})

test('a subtest whose name has slashes of its own', async () => {
  const events = ['TestA', 'TestA/of books/one', 'TestA/of books'].flatMap((name) => [
    { Action: 'run', Package: 'p', Test: name },
  ])
  const ends = ['TestA/of books/one', 'TestA/of books', 'TestA'].map((name) => ({
    ...{ Action: 'pass', Package: 'p', Test: name },
  }))
  const lines = (all: readonly object[]) =>
    [...all, { Action: 'pass', Package: 'p' }].map((event) => JSON.stringify(event)).join('\n')
  const names = async (text: string) => (await readText(`${text}\n`)).results.map(({ name }) => name)
  expect(await names(lines([...events, ...ends]))).toEqual(['TestA/of books/one'])
  const without = (all: readonly { readonly Test: string }[]) =>
    all.filter(({ Test }) => Test !== 'TestA/of books')
  expect(await names(lines([...without(events), ...without(ends)]))).toEqual(['TestA/of books/one'])
})

test('the message is what the test reported, not what it printed', async () => {
  const output = (Output: string) => ({ Action: 'output', Package: 'p', Test: 'TestA', Output })
  const events = [
    { Action: 'run', Package: 'p', Test: 'TestA' },
    ...['=== RUN   TestA\n', 'printed\n', '    a_test.go:7: one is not two\n'].map(output),
    { Action: 'fail', Package: 'p', Test: 'TestA' },
    { Action: 'fail', Package: 'p' },
  ]
  const { results } = await readText(`${events.map((event) => JSON.stringify(event)).join('\n')}\n`)
  expect(results[0]?.failures[0]?.message).toBe('a_test.go:7: one is not two')
})
