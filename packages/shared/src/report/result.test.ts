import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderResult, resultOutput } from './result.ts'
import { manyFindings, sampleFinding } from './test/builders.ts'
import { failedReport, manyReport, sampleReports } from './test/sample-reports.ts'
import { utf8Bytes } from './visible.ts'

const schemaFile = join(import.meta.dirname, '../../../../schemas/result.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')))

/** The same schema, but nothing may be there that it does not name: so no member is written undocumented. */
const validateClosed = new Ajv2020({ allErrors: true }).compile(
  closed(JSON.parse(readFileSync(schemaFile, 'utf8'))),
)

function closed<T>(schema: T): T
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item: unknown) => closed(item))
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return 'properties' in inner ? { ...inner, additionalProperties: false } : inner
}

function problemsOf(text: string): unknown {
  const result = JSON.parse(text)
  validate(result)
  validateClosed(result)
  return [...(validate.errors ?? []), ...(validateClosed.errors ?? [])]
}

describe('the schema', () => {
  it.each(Object.entries(sampleReports))('takes %s, with findings and without', (_, report) => {
    expect(problemsOf(renderResult(report))).toEqual([])
    expect(problemsOf(resultOutput(report, 60_000))).toEqual([])
  })

  it('takes a finding with everything', () => {
    const finding = sampleFinding({
      related: [{ path: 'b.py', line: 2 }],
      fix: [{ path: 'a.py', line: 1, column: 1, endLine: 2, endColumn: 1, text: '' }],
      security: {
        kind: 'vulnerability',
        claims: [{ source: 'osv', by: 'score', severity: 'high', score: 7.5 }],
        severity: 'high',
        severitySource: 'osv',
        identity: 'vulnerability pypi/jinja2 CVE-1',
        score: 7.5,
        cwe: [79],
        ids: ['CVE-1'],
        dependency: { ecosystem: 'pypi', name: 'x', version: '1', direct: false, via: ['y', 'x'] },
        purl: 'pkg:pypi/x@1',
        fixedVersions: ['2'],
        resource: 'r',
        exploited: true,
        epss: 0.5,
        verified: false,
      },
      witnesses: [{ tool: 'pylint', rule: 'W0611' }],
      suppression: {
        ...{ reason: 'r', owner: 'o', expires: '2027-01-01', source: 'policy' },
        ...{ status: 'not-affected', justification: 'component_not_present' },
      },
      package: 'p',
      symbol: 's',
    })
    expect(problemsOf(renderResult({ ...failedReport, findings: [finding] }))).toEqual([])
  })

  it.each([
    ['verdict', 'green'],
    ['schema-version', 2],
    ['rules', [{ rule: 'score > 80' }]],
  ])('refuses another %s', (key, value) => {
    const result = { ...JSON.parse(renderResult(failedReport)), [key]: value }
    expect(problemsOf(JSON.stringify(result))).not.toEqual([])
  })
})

describe('renderResult', () => {
  it('is the same for the same report, with seconds to the millisecond', () => {
    const report = { ...failedReport, seconds: 11.000_400_1 }
    expect(JSON.parse(renderResult(report)).seconds).toBe(11)
    expect(renderResult(report)).toBe(renderResult({ ...report, seconds: 11.000_400_2 }))
  })

  it('has plain texts and kebab-case keys', () => {
    const result = JSON.parse(renderResult(failedReport))
    expect(result.reasons[0]).toEqual({
      code: 'rule-failed',
      rule: 'score > 80',
      message: 'score is 71.4, must be above 80',
    })
    expect(result.tools[0]).toMatchObject({
      id: 'ruff',
      'version-source': 'project-lock',
      'version-from': 'uv.lock',
    })
    expect(result.counts).toEqual({
      counting: 14,
      places: 13,
      notes: 0,
      older: 212,
      new: 14,
      fixed: 0,
      suppressed: 0,
    })
    const keys = [...JSON.stringify(result).matchAll(/"(\w[\w-]*)":/g)].map((match) => match[1] ?? '')
    expect(keys.filter((key) => /[A-Z_]/.test(key))).toEqual([])
  })

  it('is the same object with and without findings', () => {
    const { findings, ...rest } = JSON.parse(renderResult(failedReport))
    expect(findings).toHaveLength(failedReport.findings.length)
    expect(JSON.parse(resultOutput(failedReport, 60_000))).toEqual(rest)
  })

  it('takes from one list only as long as that is enough', () => {
    const report = { ...failedReport, notices: Array(200).fill('n'.repeat(40)) }
    for (let maxBytes = 9000; maxBytes < 9100; maxBytes++) {
      const result = JSON.parse(resultOutput(report, maxBytes))
      expect(result.inputs.length).toBe(0)
      expect(Object.keys(result['left-out'])).toEqual(['inputs', 'notices'])
    }
  })

  it('fits any room from 2 KB on, on one line, and counts what it left out', () => {
    const big = {
      ...manyReport,
      findings: manyFindings(200),
      notices: Array(300).fill('ü'.repeat(50)),
      inputs: Array(200).fill({ name: 'n', value: 'v'.repeat(300), from: 'f' }),
    }
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 120_000 }), (maxBytes) => {
        const text = resultOutput(big, maxBytes)
        expect(utf8Bytes(text)).toBeLessThanOrEqual(maxBytes)
        expect(text).not.toContain('\n')
        const result = JSON.parse(text)
        expect(result.verdict).toBe('failed')
        expect(result.notices.length + (result['left-out']?.notices ?? 0)).toBe(300)
        expect(problemsOf(text)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
