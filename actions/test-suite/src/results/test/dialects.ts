/** One run of tests, written as several runners would. */
import type { TestStatus } from '../test-result.ts'

export interface PlannedTest {
  readonly name: string
  readonly classname: string
  readonly status: TestStatus
  readonly message: string
  /** Thousandths. */
  readonly milliseconds: number
}

export type Dialect = (tests: readonly PlannedTest[]) => string

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

function count(tests: readonly PlannedTest[], ...statuses: readonly TestStatus[]): number {
  return tests.filter(({ status }) => statuses.includes(status)).length
}

function junitCase({ name, classname, status, message, milliseconds }: PlannedTest): string {
  const start = `<testcase classname="${escaped(classname)}" name="${escaped(name)}" time="${milliseconds / 1000}"`
  if (status === 'passed') return `${start} />`
  const element = status === 'failed' ? 'failure' : status === 'error' ? 'error' : 'skipped'
  return `${start}><${element} message="${escaped(message)}">${cdata(message)}</${element}></testcase>`
}

function junitTotals(tests: readonly PlannedTest[]): string {
  return `tests="${tests.length}" failures="${count(tests, 'failed')}" errors="${count(tests, 'error')}" skipped="${count(tests, 'skipped')}"`
}

const flat: Dialect = (tests) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<testsuites><testsuite name="run" ${junitTotals(tests)}>${tests.map(junitCase).join('')}</testsuite></testsuites>\n`

/** Each test one suite deeper than the one before. */
const nested: Dialect = (tests) => {
  const inner = tests.map((test) => `<testsuite name="level" file="x">\n${junitCase(test)}\n`).join('')
  return `<testsuites ${junitTotals(tests)}>${inner}${'</testsuite>'.repeat(tests.length)}</testsuites>`
}

/** Attributes in another order, outputs everywhere, comments, single quotes. */
const noisy: Dialect = (tests) => {
  const cases = tests.map(({ name, classname, status, message, milliseconds }) => {
    const id = `time='${milliseconds / 1000}' name = "${escaped(name)}"\n  classname="${escaped(classname)}"`
    const element =
      status === 'failed'
        ? 'failure'
        : status === 'error'
          ? 'error'
          : status === 'skipped'
            ? 'skipped'
            : 'other'
    return `<!-- <failure> --><testcase ${id}><system-out>${cdata('<failure/>')}</system-out><${element} message="${escaped(message)}"/><system-err>&lt;error></system-err></testcase>`
  })
  return `\n<?xml version="1.0"?><!DOCTYPE testsuite SYSTEM "junit.dtd"><testsuite>${cases.join('')}</testsuite>`
}

const nunit: Dialect = (tests) => {
  const results = { passed: 'Passed', failed: 'Failed', error: 'Failed" label="Error', skipped: 'Skipped' }
  const cases = tests.map(({ name, classname, status, message, milliseconds }) => {
    const start = `<test-case name="${escaped(name)}" fullname="${escaped(`${classname}.${name}`)}" classname="${escaped(classname)}" result="${results[status]}" duration="${milliseconds / 1000}">`
    const why = status === 'skipped' ? 'reason' : 'failure'
    return `${start}${status === 'passed' ? '' : `<${why}><message>${cdata(message)}</message></${why}>`}</test-case>`
  })
  return `<test-run><test-suite name="s">${cases.join('')}</test-suite></test-run>`
}

const trx: Dialect = (tests) => {
  const outcomes = { passed: 'Passed', failed: 'Failed', error: 'Timeout', skipped: 'NotExecuted' }
  const results = tests.map(({ name, classname, status, message, milliseconds }, index) => {
    const start = `<UnitTestResult testId="t${index}" testName="${escaped(`${classname}.${name}`)}" outcome="${outcomes[status]}" duration="${milliseconds / 1000}">`
    return `${start}<Output><ErrorInfo><Message>${escaped(message)}</Message></ErrorInfo></Output></UnitTestResult>`
  })
  const definitions = tests.map(({ classname }, index) => {
    return `<UnitTest id="t${index}"><TestMethod className="${escaped(classname)}"/></UnitTest>`
  })
  return `<TestRun xmlns="x"><Results>${results.join('')}</Results><TestDefinitions>${definitions.join('')}</TestDefinitions></TestRun>`
}

const goTest: Dialect = (tests) => {
  const actions = { passed: 'pass', failed: 'fail', error: 'output', skipped: 'skip' }
  const packages = Map.groupBy(tests, ({ classname }) => classname)
  const lines = [...packages].flatMap(([name, of]) => [
    ...of.flatMap(({ name: test, status, message, milliseconds }) => [
      { Action: 'run', Package: name, Test: test },
      { Action: 'output', Package: name, Test: test, Output: `${message}\n` },
      { Action: actions[status], Package: name, Test: test, Elapsed: milliseconds / 1000 },
    ]),
    { Action: count(of, 'failed', 'error') > 0 ? 'fail' : 'pass', Package: name },
  ])
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** Knows no errors and no classes. */
export const tap: Dialect = (tests) => {
  const points = tests.map(({ name, status, milliseconds }, index) => {
    const word = status === 'passed' || status === 'skipped' ? 'ok' : 'not ok'
    const skip = status === 'skipped' ? ' # SKIP' : ''
    const description = name.replaceAll(/[\\#]/g, '\\$&')
    return `${word} ${index + 1} - ${description}${skip}\n  ---\n  duration_ms: ${milliseconds}\n  ...\n`
  })
  return `TAP version 14\n${points.join('')}1..${tests.length}\n`
}

export const dialects: Readonly<Record<string, Dialect>> = { flat, nested, noisy, nunit, trx, goTest }
