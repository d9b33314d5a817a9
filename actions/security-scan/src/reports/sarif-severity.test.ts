import type { RawFinding } from '@ci-actions/shared'
import { resolveSeverity } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { readSarifReport } from './sarif-report.ts'

function findingsOf(run: object): readonly RawFinding[] {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Scan' } }, results: [], ...run }] }
  return readSarifReport(log).flatMap(({ findings }) => findings)
}

function severityOf({ security }: RawFinding): string {
  return resolveSeverity(security?.claims ?? []).severity
}

describe('severity', () => {
  const rated = (properties: object, rest: object = {}) => {
    const driver = { name: 'Scan', rules: [{ id: 'R', properties: { tags: ['security'], ...properties } }] }
    const [finding] = findingsOf({
      tool: { driver },
      results: [{ ruleId: 'R', message: { text: 'm' }, ...rest }],
    })
    return finding === undefined ? 'left out' : severityOf(finding)
  }

  it.each([
    [{ 'security-severity': '9.1' }, {}, 'critical'],
    [{ 'security-severity': 7 }, {}, 'high'],
    [{ 'security-severity': 'null' }, { level: 'note' }, 'low'],
    [{ 'security-severity': 'undefined' }, { level: 'error' }, 'high'],
    [{ 'security-severity': null }, { level: 'warning' }, 'medium'],
    [{ 'security-severity': 'Medium' }, { level: 'error' }, 'medium'],
    [{ 'security-severity': '7 days' }, { level: 'note' }, 'unknown'],
    [{ 'security-severity': '9,8' }, { level: 'note' }, 'unknown'],
    [{ 'security-severity': '11' }, { level: 'note' }, 'unknown'],
    [{ 'security-severity': '-1' }, { level: 'note' }, 'unknown'],
    [{ 'security-severity': -1 }, { level: 'note' }, 'unknown'],
    [{ severity: 'KRITISCH' }, { level: 'note' }, 'unknown'],
    [{ severity: 'KRITISCH' }, { level: 'note', properties: { severity: 'high' } }, 'high'],
    [{ severity: 'warning' }, { level: 'warning' }, 'medium'],
    [{ severity: 'NONE' }, { level: 'note' }, 'low'],
    [{ 'security-severity': '' }, { level: 'note' }, 'low'],
    [{ 'security-severity': '0.0', tags: ['security', 'UNKNOWN'] }, { level: 'note' }, 'unknown'],
    [{ 'security-severity': '0.0' }, { level: 'error' }, 'high'],
    [{ 'security-severity': '99' }, { level: 'note' }, 'unknown'],
    [{}, { properties: { 'security-severity': '9.8' } }, 'critical'],
    [{ severity: 'CRITICAL' }, { level: 'note' }, 'critical'],
    [{}, {}, 'medium'],
    [{}, { level: 'none' }, 'unknown'],
    [{}, { level: 'fatal' }, 'unknown'],
  ])('%j with %j is %s', (properties, rest, severity) => {
    expect(rated(properties, rest)).toBe(severity)
  })
})

describe('tools with words of their own', () => {
  it.each<[string, string, object, string]>([
    [
      'Bandit',
      'B602',
      { level: 'error', properties: { issue_severity: 'HIGH', issue_confidence: 'LOW' } },
      'medium',
    ],
    ['Hadolint', 'DL3002', { level: 'warning' }, 'high'],
    ['Hadolint', 'DL3059', { level: 'note' }, 'low'],
    ['zizmor', 'template-injection', { level: 'error', properties: { 'zizmor/severity': 'High' } }, 'high'],
    ['ESLint', 'security/detect-object-injection', { level: 'error' }, 'low'],
    ['checkov', 'CKV_AWS_1', { level: 'error', properties: { severity: 'LOW' } }, 'low'],
    ['trufflehog', 'AWS', { message: { text: 'Found verified AWS result' } }, 'critical'],
    ['trufflehog', 'AWS', { message: { text: 'Found unverified AWS result' } }, 'high'],
  ])('%s %s %j is %s', (name, ruleId, result, severity) => {
    const results = [{ ruleId, message: { text: 'm' }, ...result }]
    const [finding] = findingsOf({ tool: { driver: { name } }, results })
    expect(finding && severityOf(finding)).toBe(severity)
  })
})
