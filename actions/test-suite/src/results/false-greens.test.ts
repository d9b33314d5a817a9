/** Where other reporters say green and should not: each of them fails here. */
import { describe, expect, test } from 'vitest'
import { createTally } from './tally.ts'
import { isGreen, readText } from './test/read.ts'

test('failures in nested suites, which a reader of one level does not see', async () => {
  const nested = (levels: number) =>
    `<testsuites>${'<testsuite name="s">'.repeat(levels)}<testcase name="a"/><testcase name="b"><failure message="no"/></testcase>${'</testsuite>'.repeat(levels)}</testsuites>`
  for (const levels of [1, 2, 3, 7]) {
    const read = await readText(nested(levels))
    expect(read.tests).toBe(2)
    expect(isGreen(read)).toBe(false)
  }
})

test('a test beside a suite', async () => {
  const read = await readText(
    '<testsuite name="outer"><testsuite name="inner"><testcase name="a"/></testsuite><testcase name="b"><error/></testcase></testsuite>',
  )
  expect(isGreen(read)).toBe(false)
})

test.for(['<skipped/><failure/>', '<skipped message="x"/><error message="y"/>', '<failure/><skipped/>'])(
  'a test that says it was skipped and failed: %s',
  async (inner) => {
    expect(isGreen(await readText(`<testsuite><testcase name="a">${inner}</testcase></testsuite>`))).toBe(
      false,
    )
  },
)

test('disabled tests do not count as passed', async () => {
  const { results } = await readText(
    '<testsuite disabled="1"><testcase name="a" status="notrun"/></testsuite>',
  )
  expect(results.map(({ status }) => status)).toEqual(['skipped'])
})

test('half a million tests with their failures, no deeper than the stack', async () => {
  const tally = createTally()
  const { readResults } = await import('./read-results.ts')
  const encoder = new TextEncoder()
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield encoder.encode('<testsuites><testsuite name="s">')
    for (let block = 0; block < 500; block++) {
      const cases = Array.from({ length: 1000 }, (_, at) => {
        const start = `<testcase classname="c${block}" name="t${at}"`
        return at % 100 === 0 ? `${start}><failure message="m${at}"/></testcase>` : `${start}/>`
      })
      yield encoder.encode(cases.join(''))
    }
    yield encoder.encode('</testsuite></testsuites>')
  }
  const read = await readResults({ path: 'x', chunks }, tally)
  const { tests, failures, failed, moreFailed } = tally.finish()
  expect({ tests, failures, complete: read.complete }).toEqual({
    tests: 500_000,
    failures: 5000,
    complete: true,
  })
  expect(failed.length + moreFailed).toBe(5000)
})

test('all failures are counted, not the first fifty', async () => {
  const cases = Array.from({ length: 200 }, (_, at) => `<testcase name="t${at}"><failure/></testcase>`).join(
    '',
  )
  const { results } = await readText(`<testsuite>${cases}</testsuite>`)
  expect(results.filter(({ status }) => status === 'failed')).toHaveLength(200)
})

describe('files that others crash on or refuse', () => {
  test.for<[string, string]>([
    ['suites without names', '<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>'],
    [
      'a control character',
      '<testsuite><testcase name="a"><system-out>\u0001\u001b[31m</system-out></testcase></testsuite>',
    ],
    [
      'a line break before the declaration',
      '\n<?xml version="1.0"?><testsuite><testcase name="a"/></testsuite>',
    ],
    ['a test without time, file or class', '<testsuite><testcase name="a"/></testsuite>'],
    ['a suite as the root', '<testsuite name="s"><testcase name="a"/></testsuite>'],
    [
      'lines of the runner before',
      '> jest --ci\n\n<?xml version="1.0"?><testsuite><testcase name="a"/></testsuite>\n',
    ],
  ])('%s', async ([, text]) => {
    expect(isGreen(await readText(text))).toBe(true)
  })

  test('a damaged file gives what is there, and is not green', async () => {
    const read = await readText(
      '<testsuites><testsuite name="s"><testcase name="a"/><testcase name="b"></testsuite></testsuites>',
    )
    expect(read.results.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(isGreen(read)).toBe(false)
    expect(read.problems.join()).toMatch(/damaged/)
  })
})

describe('what is no results file is an error, not no failures', () => {
  test.for<[string, RegExp]>([
    ['', /is empty/],
    [' \n\t', /is empty/],
    ['<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', /an HTML page/],
    ['<html></html>', /an HTML page/],
    ['<coverage line-rate="1"/>', /root is <coverage>/],
    ['<?xml version="1.0"?>', /without any element/],
    ['{"numTotalTests": 3}', /begins with "\{"numTotalTests/],
    ['all tests passed', /begins with "all tests passed"/],
    [
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>',
      /of its own/,
    ],
    [
      '<testsuite><testcase name="a"/><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]></testsuite>',
      /of its own/,
    ],
  ])('%s', async ([text, why]) => {
    await expect(readText(text)).rejects.toMatchObject({
      name: 'ToolOutputError',
      message: expect.stringMatching(why),
    })
  })
})
