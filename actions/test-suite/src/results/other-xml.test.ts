/** TRX, NUnit 2 and 3, xUnit.net. */
import { describe, expect, test } from 'vitest'
import { isGreen, readText } from './test/read.ts'

describe('TRX', () => {
  function trx(results: string, rest = ''): string {
    return `\ufeff<?xml version="1.0" encoding="utf-8"?><TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>${results}</Results>${rest}</TestRun>`
  }

  test('classes stand behind the results, and are found', async () => {
    const definitions =
      '<TestDefinitions><UnitTest name="Adds" id="t1"><TestMethod className="Acme.Sums, Acme, Version=1.0.0.0" name="Adds"/></UnitTest>' +
      '<UnitTest name="Acme.Sums.Fails(x: 1)" id="t2"><TestMethod className="Acme.Sums" name="Fails"/></UnitTest></TestDefinitions>'
    const read = await readText(
      trx(
        '<UnitTestResult testId="t1" testName="Adds" outcome="Passed" duration="00:00:01.2500000"/>' +
          '<UnitTestResult testId="t2" testName="Acme.Sums.Fails(x: 1)" outcome="Failed"><Output><StdOut>said</StdOut><ErrorInfo><Message>Expected 1&#xD;\nbut 2</Message><StackTrace>at Acme.Sums</StackTrace></ErrorInfo></Output></UnitTestResult>',
        `${definitions}<ResultSummary outcome="Failed"><Counters total="2"/></ResultSummary>`,
      ),
    )
    expect(read).toMatchObject({ format: 'trx', complete: true, problems: [] })
    expect(read.results).toMatchObject([
      { id: 'Acme.Sums::Adds', status: 'passed', seconds: 1.25 },
      {
        id: 'Acme.Sums::Fails(x: 1)',
        status: 'failed',
        failures: [{ kind: 'failure', message: 'Expected 1', text: 'Expected 1\r\nbut 2\nat Acme.Sums' }],
        stdout: 'said',
      },
    ])
  })

  test.for([
    ['Passed', 'passed'],
    ['Failed', 'failed'],
    ['NotExecuted', 'skipped'],
    ['Inconclusive', 'skipped'],
    ['Timeout', 'error'],
    ['Aborted', 'error'],
    ['PassedButRunAborted', 'error'],
    ['InProgress', 'error'],
    ['Whatever', 'error'],
    ['', 'error'],
  ])('outcome %s is %s', async ([outcome, status]) => {
    const { results } = await readText(trx(`<UnitTestResult testName="a" outcome="${outcome}"/>`))
    expect(results).toMatchObject([{ id: 'a', status }])
  })

  test('of a data-driven test the rows count', async () => {
    const rows = (outer: string, inner: string) =>
      `<UnitTestResult testName="a" outcome="${outer}"><InnerResults><UnitTestResult testName="a (1)" outcome="Passed"/><UnitTestResult testName="a (2)" outcome="${inner}"/></InnerResults></UnitTestResult>`
    const names = async (text: string) =>
      (await readText(trx(text))).results.map(({ name, status }) => `${name} ${status}`)
    expect(await names(rows('Failed', 'Failed'))).toEqual(['a (1) passed', 'a (2) failed'])
    expect(await names(rows('Passed', 'Passed'))).toEqual(['a (1) passed', 'a (2) passed'])
    expect(await names(rows('Failed', 'Passed'))).toEqual(['a (1) passed', 'a (2) passed', 'a failed'])
  })

  test('a run that failed without a test is not green', async () => {
    const summary =
      '<ResultSummary outcome="Failed"><RunInfos><RunInfo outcome="Error"><Text>The active test run was aborted. Test host process crashed</Text></RunInfo></RunInfos></ResultSummary>'
    const read = await readText(trx('<UnitTestResult testName="a" outcome="Passed"/>', summary))
    expect(isGreen(read)).toBe(false)
    expect(read.results[1]?.failures[0]?.message).toMatch(/aborted/)
  })
})

describe('NUnit 3', () => {
  test('outcomes, reasons, classes', async () => {
    const read = await readText(
      '<test-run total="4" result="Failed"><test-suite type="TestFixture" name="Sums" fullname="Acme.Sums" result="Failed" site="Child"><failure><message><![CDATA[One or more child tests had errors]]></message></failure>' +
        '<test-case name="Adds" fullname="Acme.Sums.Adds" classname="Acme.Sums" result="Passed" duration="0.5"><output>x</output></test-case>' +
        '<test-case name="Fails(1.5)" fullname="Acme.Sums.Fails(1.5)" classname="Acme.Sums" result="Failed"><properties/><failure><message>no</message><stack-trace>at A</stack-trace></failure><assertions><assertion result="Failed"><message>no</message></assertion></assertions></test-case>' +
        '<test-case name="Dies" fullname="Acme.Sums.Dies" classname="Acme.Sums" result="Failed" label="Error"><failure><message>System.Exception</message></failure></test-case>' +
        '<test-case name="Later" fullname="Acme.Sums.Later" classname="Acme.Sums" result="Skipped" label="Ignored"><reason><message>not yet</message></reason></test-case>' +
        '</test-suite></test-run>',
    )
    expect(read).toMatchObject({ format: 'nunit3', complete: true, tests: 4 })
    expect(read.results).toMatchObject([
      { id: 'Acme.Sums::Adds', status: 'passed', seconds: 0.5, suites: ['Sums'] },
      { id: 'Acme.Sums::Fails(1.5)', status: 'failed', failures: [{ message: 'no', text: 'no\nat A' }] },
      { id: 'Acme.Sums::Dies', status: 'error' },
      { id: 'Acme.Sums::Later', status: 'skipped', skipReason: 'not yet' },
    ])
  })

  test('a fixture that failed after its tests is not green', async () => {
    const read = await readText(
      '<test-run result="Failed"><test-suite name="Sums" fullname="Acme.Sums" result="Failed" site="TearDown"><failure><message>could not close</message></failure><test-case name="Adds" result="Passed"/></test-suite></test-run>',
    )
    expect(isGreen(read)).toBe(false)
    expect(read.results.at(-1)).toMatchObject({ status: 'error', failures: [{ message: 'could not close' }] })
    expect(read.tests).toBe(2)
  })
})

describe('NUnit 2', () => {
  test('with and without a result', async () => {
    const read = await readText(
      '<test-results total="5"><test-suite type="Assembly" name="acme.dll" executed="True" success="False"><results>' +
        '<test-case name="Acme.Sums.Adds" executed="True" result="Success" success="True" time="1,5"/>' +
        '<test-case name="Acme.Sums.Fails(&quot;a.b&quot;)" executed="True" result="Failure" success="False"><failure><message>no</message><stack-trace>at A</stack-trace></failure></test-case>' +
        '<test-case name="Acme.Sums.Old" executed="True" success="False"><failure><message>old</message></failure></test-case>' +
        '<test-case name="Acme.Sums.Off" executed="False"><reason><message>off</message></reason></test-case>' +
        '<test-case name="Acme.Sums.Gone"/></results></test-suite></test-results>',
    )
    expect(read.format).toBe('nunit2')
    expect(read.results).toMatchObject([
      { id: 'Acme.Sums::Adds', status: 'passed', seconds: 1.5 },
      { id: 'Acme.Sums::Fails("a.b")', status: 'failed' },
      { id: 'Acme.Sums::Old', status: 'failed' },
      { id: 'Acme.Sums::Off', status: 'skipped', skipReason: 'off' },
      { id: 'Acme.Sums::Gone', status: 'error' },
    ])
  })
})

describe('xUnit.net', () => {
  function assembly(inner: string, attributes = ''): string {
    return `<assemblies><assembly name="acme.dll" ${attributes}>${inner}</assembly></assemblies>`
  }

  test('outcomes, reasons, places', async () => {
    const read = await readText(
      assembly(
        '<errors/><collection name="c" total="3" failed="1">' +
          '<test name="Acme.Sums.Adds(x: 1)" type="Acme.Sums" method="Adds" time="0.25" result="Pass" source-file="S.cs" source-line="7"/>' +
          '<test name="Acme.Sums.Fails" type="Acme.Sums" result="Fail"><failure exception-type="Xunit.EqualException"><message><![CDATA[Assert.Equal() Failure]]></message><stack-trace>at S</stack-trace></failure><output>said</output></test>' +
          '<test name="named" type="Acme.Sums" result="Skip"><reason>later</reason></test></collection>',
        'total="3" failed="1" errors="0"',
      ),
    )
    expect(read).toMatchObject({ format: 'xunit', complete: true, problems: [] })
    expect(read.results).toMatchObject([
      { id: 'Acme.Sums::Adds(x: 1)', status: 'passed', seconds: 0.25, file: 'S.cs', line: 7 },
      {
        id: 'Acme.Sums::Fails',
        status: 'failed',
        failures: [{ type: 'Xunit.EqualException', message: 'Assert.Equal() Failure' }],
        stdout: 'said',
      },
      { id: 'Acme.Sums::named', status: 'skipped', skipReason: 'later' },
    ])
  })

  test('what went wrong outside of a test is not green', async () => {
    const error =
      '<errors><error type="assembly-cleanup" name="Acme"><failure exception-type="E"><message>disk</message></failure></error></errors>'
    const read = await readText(
      assembly(`${error}<collection><test name="a" result="Pass"/></collection>`, 'total="1" errors="1"'),
    )
    expect(isGreen(read)).toBe(false)
    expect(read.complete).toBe(true)
  })

  test('a failure counts, whatever the result says, and counts without a test are not green', async () => {
    expect(isGreen(await readText(assembly('<test name="a" result="Pass"><failure/></test>')))).toBe(false)
    expect(isGreen(await readText(assembly('<test name="a" result="Pass"/>', 'failed="1"')))).toBe(false)
    expect(isGreen(await readText(assembly('<test name="a" result="Odd"/>')))).toBe(false)
  })
})
