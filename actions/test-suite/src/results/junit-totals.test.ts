/** What a JUnit file says of itself, and where it ends. */
import { describe, expect, test } from 'vitest'
import { readText } from './test/read.ts'

describe('what a file says of itself', () => {
  test.for([
    ['<testsuite name="s" tests="3"><testcase name="a"/></testsuite>', true],
    ['<testsuite name="s" tests="1" failures="1"><testcase name="a"/></testsuite>', false],
    ['<testsuite name="s" tests="0" errors="1"/>', false],
    [
      '<testsuite name="s" tests="2" failures="2"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>',
      false,
    ],
    [
      '<testsuites><testsuite name="s" tests="4"/><testsuite><testcase name="a"/></testsuite></testsuites>',
      false,
    ],
  ] as const)('%s: a problem; complete: %s', async ([text, complete]) => {
    const read = await readText(text)
    expect(read.complete).toBe(complete)
    expect(read.problems).toHaveLength(1)
  })

  test.for([
    '<testsuites tests="2" failures="1"><testsuite tests="2" failures="1"><testcase/><testcase><failure/></testcase></testsuite></testsuites>',
    '<testsuite tests="1"><testcase/><testcase><skipped/></testcase></testsuite>',
    '<testsuite tests="1"><testcase/><testsuite tests="1"><testcase/></testsuite></testsuite>',
    '<testsuite tests="1" failures="1"><testcase><flakyFailure/></testcase></testsuite>',
    // Failures, and errors among them; every failure of one test; the last try alone.
    '<testsuite tests="2" failures="2" errors="1"><testcase><failure/></testcase><testcase><error/></testcase></testsuite>',
    '<testsuite tests="1" failures="3"><testcase><failure/><failure/><failure/></testcase></testsuite>',
    '<testsuite tests="1" failures="1"><testcase/><testcase><failure/><rerunFailure/></testcase></testsuite>',
    '<testsuite tests="" failures="-1" errors="x"><testcase/></testsuite>',
    '<testsuites/>',
  ])('%s: nothing to say', async (text) => {
    expect(await readText(text)).toMatchObject({ complete: true, problems: [] })
  })

  test('problems are bounded', async () => {
    const { problems } = await readText(
      `<testsuites>${'<testsuite tests="5"><testcase/></testsuite>'.repeat(1000)}</testsuites>`,
    )
    expect(problems).toHaveLength(21)
    expect(problems.at(-1)).toMatch(/^And 980 /)
  })
})

function inSuite(cases: string): string {
  return `<testsuite name="s">${cases}</testsuite>`
}

describe('a file that is cut off', () => {
  const whole = inSuite(
    '<testcase name="a"/><testcase name="b"><failure message="m">text</failure></testcase><testcase name="c"/>',
  )

  test('is never green, wherever', async () => {
    for (let length = whole.indexOf('>') + 1; length < whole.length; length++) {
      const read = await readText(whole.slice(0, length))
      expect(read.complete, whole.slice(0, length)).toBe(false)
    }
  })

  test('a failure counts as soon as it began, a test in the middle does not count as passed', async () => {
    const names = async (end: string) => {
      const { results } = await readText(whole.slice(0, whole.indexOf(end) + end.length))
      return results.map(({ name, status }) => `${name} ${status}`)
    }
    expect(await names('<testsuite name="s">')).toEqual([])
    expect(await names('<failure message="m">te')).toEqual(['a passed', 'b failed'])
    expect(await names('<testcase name="b">')).toEqual(['a passed'])
    expect(await names('name="c"/')).toEqual(['a passed', 'b failed'])
  })
})
