import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Severity } from '../finding/finding.ts'
import { commonWords, severityTable, tableClaim } from './severity-table.ts'

describe('what the words of a tool mean', () => {
  test.each<[string, readonly string[], Severity, 'word' | 'table', ('word' | 'table')?]>([
    ['gitleaks', ['unverified'], 'high', 'table', 'word'],
    ['detect-secrets', ['verified'], 'critical', 'table', 'word'],
    ['trufflehog', ['verified'], 'critical', 'table', 'word'],
    ['trufflehog', ['unverified'], 'high', 'table', 'word'],
    ['bandit', ['HIGH/HIGH'], 'high', 'word'],
    ['bandit', ['UNDEFINED/HIGH'], 'unknown', 'word'],
    ['semgrep', ['ERROR'], 'high', 'table'],
    ['semgrep', ['HIGH/HIGH', 'ERROR'], 'critical', 'table'],
    ['eslint-plugin-security', ['detect-eval-with-expression'], 'high', 'table'],
    ['eslint-plugin-security', ['a-rule-of-tomorrow'], 'unknown', 'table'],
    ['zizmor', ['Informational'], 'low', 'word'],
    ['zizmor', ['Unknown'], 'unknown', 'word'],
    ['hadolint', ['DL3002', 'warning'], 'high', 'table'],
    ['hadolint', ['DL3059', 'info'], 'low', 'table'],
    ['actionlint', ['untrusted-input'], 'high', 'table'],
    ['actionlint', ['syntax-check'], 'low', 'table'],
    ['npm', ['moderate'], 'medium', 'word'],
    ['npm', ['info'], 'low', 'word'],
    ['zap', ['3'], 'high', 'word'],
    ['nuclei', ['unknown'], 'unknown', 'word'],
    ['testssl', ['WARN'], 'unknown', 'word'],
    ['grype', ['Negligible'], 'low', 'word'],
    ['pip-audit', [], 'unknown', 'word'],
    ['constructor', ['toString'], 'unknown', 'word'],
    ['gitleaks', ['constructor'], 'unknown', 'table', 'word'],
  ])('%s: %s is %s', (tool, words, severity, source, by = source) => {
    expect(tableClaim(tool, ...words)).toEqual({
      source: source === 'table' ? `table of ${tool}` : tool,
      by,
      severity,
    })
  })
})

describe('docs/severity.md', () => {
  const page = readFileSync(new URL('../../../../docs/severity.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| ([^|]+) \| (tool|ours) \| (.+) \|$/gm)].map((row) => row.slice(1))

  test('has a row for each tool, which says what the code says', () => {
    const expected = [...Object.entries(severityTable), ['any other', commonWords] as const].map(
      ([tool, row]) => {
        const bySeverity = ['critical', 'high', 'medium', 'low'].flatMap((severity) => {
          const words = Object.keys(row.words).filter((word) => row.words[word] === severity)
          const said = words.map((word) => `\`${word}\``)
          if (row.other === severity) said.push('everything else')
          return said.length === 0 ? [] : [`${severity}: ${said.join(', ')}`]
        })
        return [tool, row.whose, bySeverity.join('; ')]
      },
    )
    expect(rows.map((row) => row.map((cell) => cell.trim()))).toEqual(expected)
  })
})
