import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isGreen, readText } from './test/read.ts'

function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
}

test('a real run of Node: subtests count, what sums them up does not', async () => {
  const read = await readText(fixture('node.tap'))
  expect(read).toMatchObject({ format: 'tap', complete: true, problems: [] })
  expect(read.results.map(({ id, status }) => [id, status])).toEqual([
    ['outer::passes', 'passed'],
    ['outer::fails # hash', 'failed'],
    ['outer > inner::deep', 'passed'],
    ['skip me', 'skipped'],
    ['todo', 'skipped'],
  ])
  expect(read.results[1]?.failures[0]).toMatchObject({ message: 'Expected values to be strictly equal:' })
  expect(read.results[1]?.failures[0]?.text).toContain('1 !== 2')
  expect(read.results[0]?.seconds).toBeCloseTo(0.000859135, 9)
  expect(read.results.slice(3).map(({ skipReason }) => skipReason)).toEqual(['because', 'later'])
})

test('a real run of Perl', async () => {
  const read = await readText(fixture('perl.tap'))
  expect(read).toMatchObject({ complete: true, problems: [] })
  expect(read.results.map(({ id, status, failures }) => [id, status, failures[0]?.message])).toEqual([
    ['foo::x', 'passed', undefined],
    ['foo::y', 'failed', "Failed test 'y'"],
    ['z', 'skipped', undefined],
    ['test 3', 'skipped', undefined],
    ['numbers # odd', 'failed', "Failed test 'numbers # odd'"],
  ])
})

describe('points', () => {
  test.for([
    ['ok 1 - a', 'a', 'passed'],
    ['not ok 1 - a', 'a', 'failed'],
    ['ok 1', 'test 1', 'passed'],
    ['ok 1 a # SKIP', 'a', 'skipped'],
    ['ok 1 - a # skip no net', 'a', 'skipped'],
    ['not ok 1 - a # TODO later', 'a', 'skipped'],
    ['ok 1 - a # TODO later', 'a', 'passed'],
    ['not ok 1 - a # SKIP', 'a', 'failed'],
    ['ok 1 - issue \\#12', 'issue #12', 'passed'],
    ['not ok 1 - issue #12', 'issue #12', 'failed'],
    ['not ok 1 - a \\# TODO', 'a # TODO', 'failed'],
    ['ok 1 - a # time=12.5ms', 'a', 'passed'],
  ])('%s', async ([line, name, status]) => {
    const read = await readText(`TAP version 14\n1..1\n${line}\n`)
    expect(read.results).toMatchObject([{ name, status }])
    expect(read.complete).toBe(true)
  })
})

describe('what is not whole is not green', () => {
  test.for<[string, string]>([
    ['fewer than planned', '1..3\nok 1\nok 2\n'],
    ['more than planned', '1..1\nok 1\nok 2\n'],
    ['no plan', 'TAP version 13\nok 1\nok 2\n'],
    ['given up', '1..2\nok 1\nBail out! Database is down\n'],
    ['given up within', '1..1\n    ok 1\n    Bail out!\nok 1\n'],
    ['two plans', '1..1\nok 1\n1..1\n'],
    ['subtests fewer than planned', '1..1\n    1..2\n    ok 1\nok 1 - outer\n'],
    ['subtests without the test around them', '    ok 1\n    1..1\n'],
    ['details that never end', '1..2\nok 1\n  ---\n  a: 1\nnot ok 2\n'],
    ['a failing subtest of a passing test', '1..1\n    not ok 1 - in\n    1..1\nok 1 - outer\n'],
    ['a second output that is cut off', 'TAP version 13\n1..1\nok 1\nTAP version 13\n1..2\nok 1\n'],
    ['tests failing by themselves', '1..1\n    ok 1 - in\n    1..1\nnot ok 1 - outer\n'],
  ])('%s', async ([, text]) => {
    expect(isGreen(await readText(text))).toBe(false)
  })
})

test('all skipped is whole, and no test', async () => {
  const read = await readText('1..0 # SKIP no database\n')
  expect(read).toMatchObject({ complete: true, tests: 0 })
})

test('lines of the program between are passed over, and details kept in bounds', async () => {
  const trace = '  at somewhere\n'.repeat(100_000)
  const read = await readText(
    `starting…\nTAP version 13\nnoise\nnot ok 1 - a\n  ---\n  message: "it broke"\n  stack: |\n${trace}  ...\n1..1\n`,
  )
  expect(read.results[0]?.failures[0]?.message).toBe('it broke')
  expect(read.results[0]?.failures[0]?.text.length).toBeLessThan(20_000)
  expect(read.complete).toBe(true)
})
