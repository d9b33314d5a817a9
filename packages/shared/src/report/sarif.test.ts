import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderSarif } from './sarif.ts'
import { manyFindings, sampleFinding, sampleTool } from './test/builders.ts'
import { failedReport, incompleteReport, manyReport, sampleReports } from './test/sample-reports.ts'
import { sarifProblems } from './test/sarif-schema.ts'

const parse = (report: typeof failedReport) => JSON.parse(renderSarif(report))
const one = (finding: ReturnType<typeof sampleFinding>) =>
  parse({ ...manyReport, tools: [], findings: [finding] }).runs[0].results[0]

describe('renderSarif', () => {
  it.each(Object.entries(sampleReports))('%s is SARIF 2.1.0', (_, report) => {
    expect(sarifProblems(parse(report))).toEqual([])
  })

  it('has one run a tool, each a category of its own', () => {
    const { runs } = parse(failedReport)
    const names = runs.map((run: { tool: { driver: { name: string } } }) => run.tool.driver.name)
    expect(names).toEqual(['Ruff', 'Black', 'isort', 'Pylint', 'mypy', 'Flake8', 'complexity'])
    const categories = runs.map((run: { automationDetails: { id: string } }) => run.automationDetails.id)
    expect(new Set(categories).size).toBe(runs.length)
    expect(categories[0]).toBe('quality-gate/default/ruff/')
  })

  it('names places as SARIF wants them', () => {
    const location = { path: 'a b/ü#%.py', line: 3, endLine: 4, column: 2, endColumn: 1 }
    expect(one(sampleFinding({ location })).locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/%C3%BC%23%25.py', uriBaseId: 'SRCROOT' },
      region: { startLine: 3, startColumn: 2, endLine: 4, endColumn: 1 },
    })
  })

  it.each([
    ['/usr/lib/a b.py', 'file:///usr/lib/a%20b.py'],
    ['C:\\python\\x.py', 'file:///C%3A/python/x.py'],
    ['../x.py', '../x.py'],
  ])('%s outside the repository is %s', (path, uri) => {
    const { artifactLocation } = one(sampleFinding({ location: { path, outside: true } })).locations[0]
      .physicalLocation
    expect(artifactLocation).toEqual({ uri })
  })

  it('gives a finding without a place one that GitHub takes', () => {
    expect(one({ ...sampleFinding(), location: undefined }).locations).toHaveLength(1)
  })

  it('has states only where all findings of the tool have one', () => {
    const states = (findings: ReturnType<typeof manyFindings>) =>
      parse({ ...manyReport, findings }).runs.flatMap((run: { results: { baselineState?: string }[] }) =>
        run.results.map((result) => result.baselineState),
      )
    expect(states([sampleFinding(), sampleFinding({ state: 'tool-changed' })]).toSorted()).toEqual([
      'new',
      'unchanged',
    ])
    expect(states([sampleFinding(), sampleFinding({ state: 'unknown' })])).toEqual([undefined, undefined])
  })

  it('leaves out what an uploader would open alerts for, and says so', () => {
    const findings = [
      sampleFinding({ state: 'fixed' }),
      sampleFinding({ suppression: { reason: 'r', source: 'policy' } }),
      sampleFinding(),
    ]
    const [run] = parse({ ...failedReport, findings, tools: [sampleTool('ruff', 'Ruff')] }).runs
    expect(run.results).toHaveLength(1)
    const notes = run.invocations[0].toolExecutionNotifications.map(
      (note: { message: { text: string } }) => note.message.text,
    )
    expect(notes).toEqual([
      '1 fixed finding of all tools together is left out.',
      '1 suppressed finding of all tools together is left out.',
    ])
  })

  it('keeps the 25,000 most important results and tells how many there are', () => {
    const findings = manyFindings(25_003).map((finding) => ({ ...finding, tool: 'ruff' }))
    const [run] = parse({ ...manyReport, findings }).runs
    expect(run.results).toHaveLength(25_000)
    const levels = run.results.map((result: { level: string }) => result.level)
    expect(levels.filter((level: string) => level === 'error')).toHaveLength(6251)
    expect(run.invocations[0].toolExecutionNotifications[0]).toEqual({
      level: 'warning',
      message: { text: 'Showing the 25,000 most important of 25,003 results.' },
    })
  })

  it('stays far below what GitHub takes, and counts what that leaves out', () => {
    const message = 'x '.repeat(2000)
    const findings = manyFindings(60_000).map((finding, index) => ({
      ...finding,
      message,
      tool: `t${index % 3}`,
    }))
    const text = renderSarif({ ...manyReport, tools: [], findings })
    expect(text.length).toBeLessThan(65 * 1024 * 1024)
    for (const run of JSON.parse(text).runs) {
      expect(run.results.length).toBeLessThan(20_000)
      expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
        `Showing the ${run.results.length.toLocaleString('en')} most important of 20,000 results.`,
      )
      expect(run.results[0].message.text).toHaveLength(1000)
    }
  })

  it('names each rule once, whether its findings are sent or not', () => {
    const { runs } = parse(failedReport)
    for (const { tool, results } of runs) {
      const used = new Set(results.map((result: { ruleId: string }) => result.ruleId))
      expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([...used])
    }
  })

  it('tells that a tool failed', () => {
    const run = parse(incompleteReport).runs.find(
      (found: { tool: { driver: { name: string } } }) => found.tool.driver.name === 'mypy',
    )
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false })
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('MemoryError')
  })

  it('is valid for any texts and numbers', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    const number = fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined })
    const location = fc.record({
      path: text,
      line: number,
      endLine: number,
      column: number,
      endColumn: number,
      outside: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(fc.record({ message: text, rule: text, tool: text, help: text, location }), {
          maxLength: 5,
        }),
        (given) => {
          expect(
            sarifProblems(parse({ ...manyReport, findings: given.map((parts) => sampleFinding(parts)) })),
          ).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})
