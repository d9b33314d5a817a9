import { describe, expect, it } from 'vitest'
import type { Report } from './report.ts'
import { renderSarif } from './sarif.ts'
import { sarifProblems } from './sarif-problems.ts'
import { sampleFinding } from './test/builders.ts'
import { manyReport } from './test/sample-reports.ts'

const security = { kind: 'weakness', claims: [], severity: 'high', severitySource: 'bandit' } as const
const report: Report = {
  ...manyReport,
  tools: [],
  findings: [sampleFinding({ security }), sampleFinding({ tool: 'mypy' })],
}
const good = renderSarif(report)

/** The file with what stands at a path replaced; undefined takes it away. */
function changed(path: string, value: unknown): string {
  const log = JSON.parse(good)
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at = log
  for (const key of keys) at = at[key]
  if (value === undefined) delete at[last]
  else at[last] = value
  return JSON.stringify(log)
}

const run = 'runs.0'
const rule = `${run}.tool.driver.rules.0`
const result = `${run}.results.0`
const place = `${result}.locations.0.physicalLocation`
const uri = `${place}.artifactLocation.uri`
const severity = `${rule}.properties.security-severity`
const many = (length: number, value: unknown) => Array.from({ length }, () => value)

describe('sarifProblems', () => {
  it('has nothing to say of a good file', () => {
    expect(sarifProblems(good)).toEqual([])
  })

  it.each<[string, string, unknown]>([
    ['`version` is not 2.1.0', 'version', '2.0.0'],
    ['`$schema` is missing', '$schema', undefined],
    ['21 runs, where 20 are taken', 'runs', many(21, {})],
    ['the tool has no name', `${run}.tool.driver.name`, ''],
    ['101 extensions', `${run}.tool.extensions`, many(101, {})],
    ['`rules` is missing', `${run}.tool.driver.rules`, undefined],
    ['`results` is missing', `${run}.results`, undefined],
    ['25001 results', `${run}.results`, many(25_001, {})],
    ['25001 rules', `${run}.tool.driver.rules`, many(25_001, {})],
    ['has no category', `${run}.automationDetails.id`, 'security-scan'],
    ['it has no id', `${rule}.id`, ''],
    ['`name` is longer than 255', `${rule}.name`, 'x'.repeat(256)],
    ['`shortDescription` is missing', `${rule}.shortDescription`, undefined],
    ['`fullDescription` is longer than 1024', `${rule}.fullDescription.text`, 'x'.repeat(1025)],
    ['`help` is missing', `${rule}.help.text`, ' '],
    ['21 tags', `${rule}.properties.tags`, many(21, 'x')],
    ...['undefined', 'null', 'Medium', '0.0', '10.1', '', '-1', 7.5, null].map(
      (value): [string, string, unknown] => ['`security-severity` is no number', severity, value],
    ),
    ['`ruleIndex` is not that of `ruleId`', `${result}.ruleId`, 'other'],
    ['it has no message', `${result}.message.text`, ''],
    ['`level` is none of SARIF', `${result}.level`, 'high'],
    ['it has no location', `${result}.locations`, []],
    ['1001 locations', `${result}.locations`, many(1001, {})],
    ['too many thread flow', `${result}.codeFlows`, [{ threadFlows: [{ locations: many(10_001, {}) }] }]],
    ['a location has no artifact', `${place}.artifactLocation`, undefined],
    ['an address is not encoded', uri, 'a b.py'],
    ['the scheme of an address', uri, 'git://host/a.py'],
    ['an address leaves the repository', uri, '../a.py'],
    ['an address leaves the repository', uri, '/a.py'],
    ['a region has no line', `${place}.region`, undefined],
    ['not counted from 1', `${place}.region.startLine`, 0],
    ['ends before it starts', `${place}.region`, { startLine: 3, endLine: 2 }],
    ['fingerprint ciActions/v1 is empty', `${result}.partialFingerprints`, { 'ciActions/v1': '' }],
  ])('%s', (problem, path, value) => {
    expect(sarifProblems(changed(path, value)).join('\n')).toContain(problem)
  })

  it('knows runs that GitHub would take for one', () => {
    const [first, second] = JSON.parse(good).runs
    const same = {
      ...second,
      tool: first.tool,
      results: [],
      automationDetails: { id: 'Quality.gate/default/Ruff/' },
    }
    const log = { ...JSON.parse(good), runs: [first, same] }
    expect(sarifProblems(JSON.stringify(log))).toContain('runs[1] has the tool and category of another run')
  })

  it.each(['', '<html>', '[]', 'null', '{}', '{"runs":[{"results":[{}]}]}'])(
    'finds fault with %j',
    (text) => {
      expect(sarifProblems(text)).not.toEqual([])
    },
  )
})
