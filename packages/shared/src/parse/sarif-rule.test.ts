import { describe, expect, test } from 'vitest'
import type { RawFinding } from '../finding/finding.ts'
import { parseSarif } from './sarif.ts'

function only(run: object): RawFinding {
  const { findings } = parseSarif(JSON.stringify({ version: '2.1.0', runs: [run] }))
  expect(findings).toHaveLength(1)
  return findings[0] ?? expect.unreachable()
}

describe('rule', () => {
  test('of an extension', () => {
    const extensions = [{ name: 'x', rules: [{ id: 'X1', helpUri: 'https://x/1' }] }]
    const tool = { driver: { name: 'scan', rules: [{ id: 'R' }] }, extensions }
    const results = [{ rule: { index: 0, toolComponent: { index: 0 } } }]
    expect(only({ tool, results })).toMatchObject({ rule: 'X1', help: 'https://x/1' })
  })

  test.each([
    ['by its place', { index: 0 }],
    ['by its GUID', { guid: 'x-1' }],
    ['by its name', { name: 'x' }],
  ])('of an extension that is named %s', (_, toolComponent) => {
    const extensions = [{ name: 'x', guid: 'x-1', rules: [{ id: 'R', helpUri: 'https://x/1' }] }]
    const tool = { driver: { name: 'scan', rules: [{ id: 'R', helpUri: 'https://r' }] }, extensions }
    expect(only({ tool, results: [{ rule: { index: 0, toolComponent } }] }).help).toBe('https://x/1')
    expect(only({ tool, results: [{ rule: { id: 'R', toolComponent } }] }).help).toBe('https://x/1')
    expect(only({ tool, results: [{ ruleId: 'R' }] }).help).toBe('https://r')
  })

  test('by its name, where the index is that of another list', () => {
    const rules = [
      { id: 'A', helpUri: 'https://a' },
      { id: 'B', helpUri: 'https://b' },
    ]
    const help = (result: object) =>
      only({ tool: { driver: { name: 'scan', rules } }, results: [result] }).help
    expect(help({ ruleId: 'A', ruleIndex: 1 })).toBe('https://a')
    expect(help({ ruleId: 'B/sub/1', ruleIndex: 1 })).toBe('https://b')
    expect(help({ ruleId: 'C', ruleIndex: 1 })).toBeUndefined()
  })

  test('risk from security-severity and CWE tags', () => {
    const rated = (severity: unknown) => {
      const properties = { 'security-severity': severity, tags: ['security', 'external/cwe/cwe-079'] }
      const tool = { driver: { name: 'scan', rules: [{ id: 'R', properties }] } }
      return only({ tool, results: [{ ruleId: 'R' }] }).security
    }
    const severity = (given: unknown) => rated(given)?.claims[0]?.severity
    expect(rated('9.0')).toMatchObject({ claims: [{ severity: 'critical', score: 9 }], cwe: [79] })
    expect(severity(7.4)).toBe('high')
    expect(severity('6.9')).toBe('medium')
    expect(severity('0.1')).toBe('low')
    expect(severity('0.0')).toBe('unknown')
    expect(rated('high')).toBeUndefined()
    expect(rated('11')).toBeUndefined()
  })
})
