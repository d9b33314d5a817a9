import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isGreen, readText } from './test/read.ts'

function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
}

/** One suite around the cases. */
function suite(cases: string): string {
  return `<testsuite name="s">${cases}</testsuite>`
}

async function only(cases: string): Promise<unknown> {
  const { results } = await readText(suite(cases))
  expect(results).toHaveLength(1)
  return results[0]
}

describe('a real pytest run', async () => {
  const read = await readText(fixture('pytest.xml'))
  const byId = new Map(read.results.map((result) => [result.id, result]))

  test('is whole, each test once', () => {
    expect(read).toMatchObject({ format: 'junit', complete: true, tests: 10, problems: [] })
    expect(byId.size).toBe(10)
  })

  test('says what passed on a later try', () => {
    expect(byId.get('test_flaky::test_flaky')).toMatchObject({ status: 'passed', flaky: true })
    expect(byId.get('test_flaky::test_always')).toMatchObject({ status: 'failed', flaky: false })
    expect(byId.get('test_flaky.TestC::test_ok')).toMatchObject({ status: 'passed', flaky: false })
  })

  test('puts a failure and the error of its fixture together', () => {
    const double = byId.get('test_flaky::test_double')
    expect(double?.status).toBe('failed')
    expect(double?.failures.map(({ kind, message }) => [kind, message])).toEqual([
      ['failure', 'assert 1 == 2'],
      ['error', 'failed on teardown with "RuntimeError: teardown"'],
    ])
    expect(byId.get('test_flaky::test_td')?.status).toBe('error')
  })

  test('has reasons, outputs and odd names', () => {
    expect(byId.get('test_flaky.TestC::test_s')).toMatchObject({ status: 'skipped', skipReason: 'why not' })
    expect(byId.get('test_flaky::test_x')?.status).toBe('skipped')
    expect(byId.get('test_flaky::test_p[]]>]')?.failures[0]?.text).toContain("assert ']]>' == 'q'")
    expect(byId.get('test_flaky::test_always')?.failures[0]?.message).toBe('AssertionError: no')
    expect(byId.get('test_flaky.TestC::test_ok')?.stdout).toBeUndefined()
  })
})

test('pytest counts lines from 0, others from 1', async () => {
  const testcase = '<testcase classname="c" name="n" file="f.py" line="2"/>'
  const lines = await Promise.all(
    ['pytest', 'other'].map(async (name) => {
      const { results } = await readText(
        `<testsuites><testsuite name="${name}">${testcase}</testsuite></testsuites>`,
      )
      return results[0]?.line
    }),
  )
  expect(lines).toEqual([3, 2])
})

test('a real run of Node, with suites beside tests', async () => {
  const { results, complete, problems } = await readText(fixture('node-junit.xml'))
  expect({ complete, problems }).toEqual({ complete: true, problems: [] })
  expect(results.map(({ id, status, suites }) => [id, status, suites.join(' ')])).toEqual([
    ['outer::passes', 'passed', 'outer'],
    ['outer::fails # hash', 'failed', 'outer'],
    ['outer.inner::deep', 'passed', 'outer inner'],
    ['test::skip me', 'skipped', ''],
    // It says both, and a failure is never taken back.
    ['test::todo', 'failed', ''],
  ])
  expect(results[0]?.file).toBe('/srv/app/a.test.mjs')
})

describe('status', () => {
  test.for<[string, string]>([
    ['<testcase name="t"/>', 'passed'],
    ['<testcase name="t"><failure/></testcase>', 'failed'],
    ['<testcase name="t"><error/></testcase>', 'error'],
    ['<testcase name="t"><error/><failure/></testcase>', 'failed'],
    ['<testcase name="t"><skipped/></testcase>', 'skipped'],
    ['<testcase name="t"><skipped/><failure/></testcase>', 'failed'],
    ['<testcase name="t"><failure/><skipped/></testcase>', 'failed'],
    ['<testcase name="t"><skipped/><error/></testcase>', 'error'],
    ['<testcase name="t"><disabled/></testcase>', 'skipped'],
    ['<testcase name="t" status="disabled"/>', 'skipped'],
    ['<testcase name="t" status="notrun"/>', 'skipped'],
    ['<testcase name="t" status="run" result="suppressed"/>', 'skipped'],
    ['<testcase name="t" status="run" result="completed"/>', 'passed'],
    ['<testcase name="t" status="failed"/>', 'failed'],
    ['<testcase name="t" status="failed"><flakyFailure/></testcase>', 'failed'],
    ['<testcase name="t" status="disabled"><failure/></testcase>', 'failed'],
    ['<testcase name="t"><rerunFailure/></testcase>', 'failed'],
    ['<testcase name="t"><properties><property name="a"/></properties></testcase>', 'passed'],
  ])('%s is %s', async ([cases, status]) => {
    expect(await only(cases)).toMatchObject({ status })
  })
})

test('Surefire: failed tries before one that passed make it flaky, not failed', async () => {
  const tries =
    '<flakyFailure message="m1" type="T"><stackTrace><![CDATA[at x]]></stackTrace><system-out>no</system-out></flakyFailure>' +
    '<flakyError type="E">at y</flakyError><system-out>last try</system-out>'
  expect(await only(`<testcase classname="c" name="t" time="0.1">${tries}</testcase>`)).toMatchObject({
    status: 'passed',
    flaky: true,
    failures: [
      { kind: 'failure', type: 'T', message: 'm1', text: 'at x' },
      { kind: 'error', type: 'E', message: 'at y', text: 'at y' },
    ],
    stdout: 'last try',
  })
})

test('Surefire: one that failed each time has every try', async () => {
  const tries =
    '<failure message="m1">a</failure><rerunFailure message="m2"><stackTrace>b</stackTrace></rerunFailure>'
  const result = await only(`<testcase name="t">${tries}</testcase>`)
  expect(result).toMatchObject({
    status: 'failed',
    flaky: false,
    failures: [{ message: 'm1' }, { message: 'm2', text: 'b' }],
  })
})

test('equal names in other dialects are not tries: a failure does not vanish behind a pass', async () => {
  const read = await readText(suite('<testcase name="t"><failure/></testcase><testcase name="t"/>'))
  expect(read.results.map(({ status, flaky }) => [status, flaky])).toEqual([
    ['failed', false],
    ['passed', false],
  ])
})

test('names, files and places that are missing', async () => {
  const { results } = await readText(
    '<testsuites><testsuite file="f.js"><testcase/><testcase name="a"/></testsuite><testsuite name="s"><testcase name="b"/></testsuite><testcase name="c"/></testsuites>',
  )
  expect(results.map(({ id, file }) => [id, file])).toEqual([
    ['f.js::(no name)', 'f.js'],
    ['f.js::a', 'f.js'],
    ['s::b', undefined],
    ['c', undefined],
  ])
})

test('names of any length stay apart', async () => {
  const long = 'x'.repeat(5000)
  const { results } = await readText(suite(`<testcase name="${long}1"/><testcase name="${long}2"/>`))
  expect(new Set(results.map(({ id }) => id)).size).toBe(2)
  expect(Math.max(...results.map(({ id, name }) => Math.max(id.length, name.length)))).toBeLessThanOrEqual(
    1000,
  )
})

test('suites nest to any depth', async () => {
  const depth = 2000
  const open = Array.from({ length: depth }, (_, level) => `<testsuite name="s${level}">`).join('')
  const { results, complete } = await readText(
    `${open}<testcase name="t"><failure/></testcase>${'</testsuite>'.repeat(depth)}`,
  )
  expect(complete).toBe(true)
  expect(results).toMatchObject([{ id: 's1999::t', status: 'failed' }])
  expect(results[0]?.suites[0]).toBe('s0')
})

test('of a long text the end is kept, of a long message the first line', async () => {
  const text = `${'line\n'.repeat(100_000)}E  the end`
  const result = await readText(
    suite(`<testcase name="t"><failure message="first&#10;second"><![CDATA[${text}]]></failure></testcase>`),
  )
  const [failure] = result.results[0]?.failures ?? []
  expect(failure?.message).toBe('first')
  expect(failure?.text.at(0)).toBe('…')
  expect(failure?.text).toMatch(/E {2}the end$/)
  expect(failure?.text.length).toBeLessThan(20_000)
})

test('output is kept of what did not pass, wherever it stands', async () => {
  const { results } = await readText(
    suite(
      '<system-out>of the suite</system-out><testcase name="a"><system-out>x</system-out></testcase>' +
        '<testcase name="b"><system-out>1</system-out><failure/><system-err>2</system-err><system-out>3</system-out></testcase>',
    ),
  )
  expect(results.map(({ stdout, stderr }) => [stdout, stderr])).toEqual([
    [undefined, undefined],
    ['13', '2'],
  ])
})

test('a failure of a suite is no test that passed', async () => {
  const read = await readText(
    '<testsuites><testsuite name="pkg"><testcase name="a"/><error message="could not compile">x.go:1</error></testsuite></testsuites>',
  )
  expect(read.results.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'passed'].map((part) => (part === 'a' ? 'pkg::a' : part)),
    ['pkg', 'error'],
  ])
  expect(isGreen(read)).toBe(false)
})

test('seconds that are none are left out', async () => {
  const { results } = await readText(
    suite('<testcase time="-1"/><testcase time="NaN"/><testcase time="1,234.5"/><testcase/>'),
  )
  expect(results.map(({ seconds }) => seconds)).toEqual([undefined, undefined, 1234.5, undefined])
})

test.for([
  ['Failed', '=== RUN   TestA\n    a_test.go:7: no\n--- FAIL: TestA (0.01s)', 'a_test.go:7: no'],
  ['test failure', 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n', 'KeyError: 1'],
  ['None', 'None', 'None'],
  ['Failed', '', 'Failed'],
  ['Failed to connect', 'at line 7', 'Failed to connect'],
] as const)('a message that says nothing gives way to the text: %s', async ([message, text, said]) => {
  const { results } = await readText(
    `<testsuite><testcase name="a"><failure message="${message}">${text}</failure></testcase></testsuite>`,
  )
  expect(results[0]?.failures[0]?.message).toBe(said)
})

test.for([
  'name="a" classname="c" file="f.py" line="3" time="0.5"',
  'name="a &amp; b"',
  '',
  'name="a" status="notrun"',
  'name="a" result="failed"',
])('an element without content says the same however it ends: %s', async (attributes) => {
  // Twice and more, since what comes again is read a shorter way.
  const tests = (element: string) => readText(suite(element.repeat(4)))
  const { results } = await tests(`<testcase ${attributes}/>`)
  expect(results).toHaveLength(4)
  expect(results).toEqual((await tests(`<testcase ${attributes}></testcase>`)).results)
})

test('tests without content count within one that is open, and end a failure before them', async () => {
  const within = '<testcase name="outer"><failure message="no"/><testcase name="inner"/></testcase>'
  const { results } = await readText(suite(within))
  expect(results.map(({ name, status }) => [name, status])).toEqual([
    ['inner', 'passed'],
    ['outer', 'failed'],
  ])
})
