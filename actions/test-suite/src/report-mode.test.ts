import { runAction } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, it } from 'vitest'
import { testSuite } from './action.ts'

const passing = '<testcase classname="tests.test_a" name="test_one" file="tests/test_a.py" time="0.2"/>'
const failing = `<testcase classname="tests.test_a" name="test_two" file="tests/test_a.py" line="7" time="1.5">
<failure message="assert 1 == 2" type="AssertionError">tests/test_a.py:8: AssertionError</failure></testcase>`
const broken = `<testcase classname="tests.test_b" name="test_three"><error message="no fixture"/></testcase>`

function junit(...cases: readonly string[]): string {
  return `<?xml version="1.0"?><testsuites><testsuite name="all">${cases.join('\n')}</testsuite></testsuites>`
}

const cobertura = (hits: number) => `<?xml version="1.0"?><coverage><sources><source>.</source></sources>
<packages><package><classes><class filename="tests/test_a.py"><lines>
<line number="1" hits="1"/><line number="2" hits="${hits}"/></lines></class></classes></package></packages></coverage>`

async function report(
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
) {
  const inWorkspace = Object.entries({ 'tests/test_a.py': '', ...files }).map(
    ([path, text]) => [`/workspace/${path}`, text] as const,
  )
  const host = recordingHost({
    facts: { kind: 'local', workspace: '/workspace' },
    files: Object.fromEntries(inWorkspace),
    inputs: { reports: 'results/*.xml', ...inputs },
  })
  const { report, verdict } = await runAction(testSuite, host)
  const value = (name: string) => report.metrics.find((metric) => metric.name === name)?.value
  return { report, verdict, value, host }
}

describe('results that others wrote', () => {
  it('pass where all passed', async () => {
    const { verdict, value } = await report({ 'results/a.xml': junit(passing) })
    expect(verdict).toBe('passed')
    expect([value('tests'), value('failures'), value('pass-rate')]).toEqual([1, 0, 100])
  })

  it('fail with the tests that failed, at their places', async () => {
    const {
      report: found,
      verdict,
      value,
    } = await report({ 'results/a.xml': junit(passing, failing, broken) })
    expect(verdict).toBe('failed')
    expect([value('failures'), value('errors'), value('slowest-test')]).toEqual([1, 1, 1.5])
    expect(found.findings[0]).toMatchObject({
      level: 'error',
      rule: 'AssertionError',
      location: { path: 'tests/test_a.py', line: 8 },
    })
    expect(found.findings[0]?.message).toContain('assert 1 == 2')
  })

  it('are never green where a file is cut off', async () => {
    const cut = junit(passing, failing).slice(0, -90)
    const { verdict, report: found } = await report({
      'results/a.xml': junit(passing),
      'results/b.xml': cut.replace(failing, ''),
    })
    expect(verdict).toBe('incomplete')
    expect(found.reasons[0]).toMatchObject({ code: 'results-damaged' })
  })

  it('are never green where a file is something else', async () => {
    const page = '<!doctype html><html><body>502 Bad Gateway</body></html>'
    const { verdict } = await report({ 'results/a.xml': junit(passing), 'results/b.xml': page })
    expect(verdict).toBe('incomplete')
  })

  it('are an error where a pattern fits nothing, and without tests fail', async () => {
    expect((await report({})).verdict).toBe('error')
    const { verdict, report: found } = await report({}, { 'allow-empty': 'true' })
    expect(verdict).toBe('failed')
    expect(found.reasons.map(({ rule }) => rule)).toContain('tests > 0')
  })

  it.each(['../results/*.xml', '/etc/*', 'a/../../b.xml'])(
    'do not come from outside: %s',
    async (pattern) => {
      const { verdict, report: found } = await report({}, { reports: pattern })
      expect(verdict).toBe('error')
      expect(found.reasons[0]?.message).toContain('leaves the repository')
    },
  )

  it('say what has no effect on reading', async () => {
    const { report: found } = await report(
      { 'results/a.xml': junit(passing) },
      { setup: 'make db', paths: 'tests' },
    )
    expect(found.verdict).toBe('error')
    expect(found.reasons).toHaveLength(2)
  })
})

describe('quarantine', () => {
  const policy = (expires: string, test = '*::test_two') =>
    `test-suite:\n  quarantine:\n    - test: "${test}"\n      reason: race\n      owner: ada\n      expires: ${expires}\n`
  const results = { 'results/a.xml': junit(passing, failing) }

  it('forgives what it names, and shows it', async () => {
    // The standing clock of the tests is at 2026-01-01.
    const { verdict, value } = await report({ ...results, '.github/ci-actions.yml': policy('2026-02-01') })
    expect(verdict).toBe('passed')
    expect([value('failures'), value('quarantined')]).toEqual([0, 1])
  })

  it('fails once it has ended', async () => {
    const { verdict, value } = await report({ ...results, '.github/ci-actions.yml': policy('2025-12-31') })
    expect(verdict).toBe('failed')
    expect([value('failures'), value('quarantine-stale')]).toEqual([1, 1])
  })

  it('fails where it fits no test', async () => {
    const { value } = await report({
      ...results,
      '.github/ci-actions.yml': policy('2026-02-01', '*::test_too'),
    })
    expect(value('quarantine-stale')).toBe(1)
  })
})

describe('coverage', () => {
  const results = { 'results/a.xml': junit(passing) }

  it('that was asked for and is absent makes it incomplete', async () => {
    expect((await report(results, { coverage: 'true' })).verdict).toBe('incomplete')
  })

  it('that nobody asked for is left out', async () => {
    const { report: found } = await report(results)
    expect(found.rules.find(({ rule }) => rule.metric === 'coverage')?.outcome).toBe('left-out')
  })

  it('has floors of its own for parts of the files, which never pass by silence', async () => {
    const inputs = { 'coverage-reports': 'cov/*.xml', 'default-gate': 'off' }
    const files = { ...results, 'cov/a.xml': cobertura(0) }
    const gateOf = (glob: string) => ({ ...inputs, gate: `coverage{path="${glob}"} >= 40%` })
    expect((await report(files, gateOf('tests/**'))).verdict).toBe('passed')
    expect((await report(files, gateOf('src/**'))).verdict).toBe('incomplete')
  })

  it('is united, so that a line that ran anywhere has run', async () => {
    const reports = { 'cov/a.xml': cobertura(0), 'cov/b.xml': cobertura(3) }
    const one = await report({ ...results, 'cov/a.xml': cobertura(0) }, { 'coverage-reports': 'cov/*.xml' })
    expect([one.verdict, one.value('coverage')]).toEqual(['failed', 50])
    const both = await report({ ...results, ...reports }, { 'coverage-reports': 'cov/*.xml' })
    expect([both.verdict, both.value('coverage')]).toEqual(['passed', 100])
  })
})
