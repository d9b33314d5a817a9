import { expect, it } from 'vitest'
import { requestFor } from '../../../../test/tools/run-case.ts'
import { semgrep } from './semgrep.ts'
import { parseSemgrepReport, semgrepEvidence } from './semgrep-report.ts'

function report(changes: Record<string, unknown>, errors: readonly unknown[] = []): string {
  const result = {
    check_id: 'rule',
    path: 'a.py',
    start: { line: 1, col: 1 },
    end: { line: 1, col: 5 },
    extra: { message: 'Bad.', severity: 'ERROR', metadata: {}, ...changes },
  }
  return JSON.stringify({ results: [result], errors, paths: { scanned: ['a.py'] } })
}

it('takes no identity from what only a login would show', () => {
  const text = report({ fingerprint: 'requires login', lines: 'requires login' })
  expect(JSON.stringify(parseSemgrepReport(text))).not.toContain('requires login')
})

it.each([
  [{ severity: 'WARNING', metadata: { impact: 'HIGH', likelihood: 'HIGH' } }, 'critical'],
  [{ severity: 'ERROR', metadata: { impact: 'LOW', likelihood: 'LOW' } }, 'low'],
  [{ severity: 'ERROR', metadata: { impact: 'HIGH' } }, 'high'],
  [{ severity: 'CRITICAL', metadata: {} }, 'critical'],
  [{ severity: 'EXPERIMENT', metadata: {} }, 'unknown'],
])('%j is %s', (extra, severity) => {
  expect(parseSemgrepReport(report(extra)).findings[0]?.security?.claims[0]?.severity).toBe(severity)
})

it.each([
  ['CWE-89: SQL injection', [89]],
  [
    ['CWE-89: SQL injection', 'CWE-564'],
    [89, 564],
  ],
  [undefined, []],
  ['none', []],
])('reads the weakness %j', (cwe, numbers) => {
  expect(parseSemgrepReport(report({ metadata: { cwe } })).findings[0]?.security?.cwe).toEqual(numbers)
})

it('leaves out what a comment ignores, where it is listed', () => {
  expect(parseSemgrepReport(report({ is_ignored: true })).findings).toEqual([])
})

it('fails by name for a rule that ran out of time', () => {
  const error = {
    type: 'Timeout',
    message: 'Timeout when running rule on a.py:\n ',
    path: 'a.py',
    level: 'warn',
  }
  expect(parseSemgrepReport(report({}, [error])).notices).toEqual([
    { level: 'failed', message: expect.stringContaining('a.py') },
  ])
})

it('fails by name for a file that it does not say to have scanned', () => {
  expect(parseSemgrepReport(report({}), ['a.py', './b.py']).notices).toEqual([
    { level: 'failed', message: expect.stringContaining('b.py') },
  ])
})

it.each(['auto', 'p/python', 'r/rule', 'https://example.org/rules.yaml'])(
  'never asks a service for %s',
  (rules) => {
    const files = { 'a.py': '' }
    const request = requestFor(
      semgrep,
      { name: 'x', files, settings: { 'semgrep-rules': rules } },
      { top: '', installed: { command: ['semgrep'], version: '1' } },
    )
    expect(() => semgrep.invocations(request)).toThrow(/asked from a service/)
  },
)

it('keeps no lines of the sources, nor what a rule of others says of a secret', () => {
  const secret = report({
    message: "Hard-coded 'hunter2'",
    lines: 'key = "hunter2"',
    metavars: { $X: { abstract_content: '"hunter2"' } },
    metadata: { cwe: ['CWE-798: Use of Hard-coded Credentials'] },
  })
  const kept = JSON.stringify(JSON.parse(secret, semgrepEvidence))
  expect(kept).not.toContain('hunter2')
  expect(parseSemgrepReport(kept)).toEqual(parseSemgrepReport(secret))
  const weakness = report({ message: 'Bad.', lines: 'the source' })
  expect(JSON.parse(weakness, semgrepEvidence)).toMatchObject({ results: [{ extra: { message: 'Bad.' } }] })
})

it('says in which files something is ignored', () => {
  expect(parseSemgrepReport(report({ is_ignored: true }), ['a.py'])).toEqual({
    findings: [],
    notices: [{ level: 'notice', message: 'a.py: 1 finding left out by a comment or a triage of Semgrep.' }],
    filesChecked: 1,
  })
})
