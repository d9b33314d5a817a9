import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ToolRun } from '../tool/tool.ts'
import { renderSarif, sarifFiles } from './sarif.ts'
import { sarifProblems } from './sarif-problems.ts'
import { anyFinding } from './test/any-finding.ts'
import { manyFindings, sampleFinding, sampleTool } from './test/builders.ts'
import { failedReport, incompleteReport, manyReport, sampleReports } from './test/sample-reports.ts'
import { sarifSchemaProblems } from './test/sarif-schema.ts'

const problemsOf = (text: string) => [...sarifSchemaProblems(JSON.parse(text)), ...sarifProblems(text)]
const parse = (report: typeof failedReport) => JSON.parse(renderSarif(report))
const one = (finding: ReturnType<typeof sampleFinding>) =>
  parse({ ...manyReport, tools: [], findings: [finding] }).runs[0].results[0]

describe('renderSarif', () => {
  it.each(Object.entries(sampleReports))('%s is SARIF 2.1.0', (_, report) => {
    expect(problemsOf(renderSarif(report))).toEqual([])
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
    ['../x.py', 'no-file'],
    ['https://shop.example/login', 'no-file'],
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

  it('names in the message the place that it cannot link', () => {
    const text = (path: string, outside: boolean) =>
      one(sampleFinding({ message: 'x', location: { path, outside } })).message.text
    expect(text('../x.py', true)).toBe('x It is in ../x.py.')
    expect(text('/usr/x.py', true)).toBe('x')
    expect(text('a.py', false)).toBe('x')
  })

  it('says of a finding that it is milder than the rule by which GitHub shows it', () => {
    const risk = (severity: 'high' | 'low', line: number) =>
      sampleFinding({
        message: 'x',
        line,
        security: { kind: 'vulnerability', claims: [], severity, severitySource: 's' },
      })
    const { results } = parse({ ...manyReport, tools: [], findings: [risk('low', 1), risk('high', 2)] })
      .runs[0]
    const texts = results.map((result: { message: { text: string } }) => result.message.text)
    expect(texts).toEqual(['x', 'x Here its severity is low.'])
  })

  it('names the other tools that found the same', () => {
    const witnesses = ['trivy', 'osv', 'ruff', 'osv'].map((tool) => ({ tool, rule: 'r' }))
    const found = sampleFinding({ message: 'x', tool: 'ruff', witnesses })
    const tools = [sampleTool('ruff', 'Ruff'), sampleTool('osv', 'OSV-Scanner (Google)')]
    const { results } = parse({ ...manyReport, tools, findings: [found] }).runs[0]
    expect(results[0].message.text).toBe('x Also reported by OSV-Scanner and trivy.')
  })

  it('has suppressed findings, marked, where that is asked for', () => {
    const suppression = {
      reason: 'No input gets there.',
      owner: 'Ada',
      expires: '2027-01-01',
      source: 'policy',
    }
    const findings = [sampleFinding({ suppression }), sampleFinding({ line: 2 })]
    const report = { ...failedReport, findings, tools: [sampleTool('ruff', 'Ruff')] }
    const text = renderSarif(report, { suppressed: true })
    expect(problemsOf(text)).toEqual([])
    const [run] = JSON.parse(text).runs
    expect(run.results.map((result: { suppressions?: unknown }) => result.suppressions)).toEqual([
      undefined,
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'No input gets there. Owner: Ada. Until 2027-01-01.',
        },
      ],
    ])
    expect(run.invocations[0].toolExecutionNotifications).toBeUndefined()
  })

  it('has hashes of lines where they are known, and else tells findings apart by what they are', () => {
    const lineHashes = new Map([['orders/api.py', new Map([[3, 'abc:1']])]])
    const key = (found: ReturnType<typeof sampleFinding>) =>
      JSON.parse(
        renderSarif({ ...manyReport, tools: [], findings: [found, found] }, { lineHashes }),
      ).runs[0].results.map(
        (result: { partialFingerprints: Record<string, string> }) =>
          result.partialFingerprints['primaryLocationLineHash'],
      )
    expect(key(sampleFinding({ line: 3 }))).toEqual(['abc:1', 'abc:1'])
    expect(key(sampleFinding({ line: 4, fingerprint: 'f0' }))).toEqual(['f0:1', 'f0:2'])
    expect(key(sampleFinding({ location: { path: 'orders/api.py' }, fingerprint: 'f1' }))).toEqual([
      'f1:1',
      'f1:2',
    ])
    const security = { kind: 'secret', claims: [], severity: 'high', severitySource: 's' } as const
    expect(key(sampleFinding({ line: 3, fingerprint: 'f2', security }))).toEqual(['f2:1', 'f2:2'])
  })

  it('has every tool, or, where they are more than GitHub takes, those that had something to do', () => {
    const ran = sampleTool('ruff', 'Ruff')
    const idle = Array.from({ length: 20 }, (_, index) => ({
      ...sampleTool(`idle-${index}`, `Idle ${index}`),
      status: index % 2 === 0 ? ('skipped' as const) : ('not-applicable' as const),
    }))
    const findings = [sampleFinding({ tool: 'idle-0' })]
    const runsOf = (tools: readonly ToolRun[]) =>
      parse({ ...manyReport, tools, findings }).runs.map(
        (run: { tool: { driver: { name: string } } }) => run.tool.driver.name,
      )
    expect(runsOf([ran, ...idle.slice(0, 19)])).toHaveLength(20)
    expect(runsOf([ran, ...idle])).toEqual(['Ruff', 'Idle 0'])
  })

  it('is valid for any texts and numbers', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 5 }), fc.string(), (findings, id) => {
        const report = { ...manyReport, id, findings }
        expect(problemsOf(renderSarif(report))).toEqual([])
        expect(problemsOf(renderSarif(report, { suppressed: true, lineHashes: new Map() }))).toEqual([])
        for (const file of sarifFiles(report, { leg: id }, () => true).files) {
          expect(problemsOf(file)).toEqual([])
        }
      }),
      { numRuns: 200 },
    )
  })
})
