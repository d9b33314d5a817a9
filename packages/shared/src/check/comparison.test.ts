import { describe, expect, it } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import type { FileChange } from './comparison.ts'
import { compareOutcome, filesToCompare } from './comparison.ts'

function finding(path: string, line: number, fingerprint = `${path}${line}`): Finding {
  return {
    tool: 'ruff',
    rule: 'F401',
    level: 'error',
    message: 'm',
    location: { path, line },
    fingerprint,
    state: 'unknown',
    metric: 'lint-errors',
  }
}

function outcome(findings: readonly Finding[], version = '1.0'): ToolOutcome {
  return {
    tool: {
      id: 'ruff',
      name: 'Ruff',
      homepage: 'https://example.com',
      scope: 'file',
      kind: 'lint',
      metrics: ['lint-errors'],
      install: { kind: 'present', executable: 'ruff' },
      configuredBy: () => [],
      applies: () => ({ runs: true, files: [] }),
      invocations: () => [],
      parse: () => ({ findings: [] }),
    },
    project: {
      name: '',
      root: '/p',
      folder: '',
      pythonFiles: ['a.py', 'b.py'],
      files: [],
      configuration: [],
      firstParty: [],
    },
    run: {
      id: 'ruff',
      name: 'Ruff',
      status: 'findings',
      version,
      seconds: 1,
      findings: findings.length,
      files: 2,
      remembered: 0,
      notices: [],
      commands: [],
    },
    findings,
    measurements: [],
  }
}

function states(findings: readonly Finding[]): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ fingerprint, state }) => [fingerprint, state]))
}

const changed: FileChange = { path: 'a.py', kind: 'modified', lines: [{ start: 5, end: 6 }] }

describe('compareOutcome', () => {
  it('takes the files that were not run on the base as they are', () => {
    const run = outcome([finding('a.py', 5), finding('b.py', 1)])
    const knowledge = {
      how: 'run',
      files: new Set(['a.py']),
      findings: [finding('a.py', 9)],
      measurements: [],
    } as const
    expect(states(compareOutcome(run, knowledge, [changed]).part.findings)).toEqual({
      'a.py5': 'new',
      'b.py1': 'unchanged',
      'a.py9': 'fixed',
    })
  })

  it('does not charge a rename', () => {
    const run = outcome([finding('new.py', 5, 'same')])
    const change: FileChange = { path: 'new.py', oldPath: 'old.py', kind: 'renamed', lines: [] }
    const knowledge = {
      how: 'run',
      files: new Set(['old.py']),
      findings: [finding('old.py', 5, 'same')],
      measurements: [],
    } as const
    expect(states(compareOutcome(run, knowledge, [change]).part.findings)).toEqual({ same: 'unchanged' })
  })

  it('counts what only the new version of a tool finds apart, unless the line changed', () => {
    const run = outcome([finding('a.py', 5), finding('a.py', 50)], '2.0')
    const compared = compareOutcome(run, { how: 'stored', findings: [], measurements: [], version: '1.0' }, [
      changed,
    ])
    expect(states(compared.part.findings)).toEqual({ 'a.py5': 'new', 'a.py50': 'tool-changed' })
  })

  it('knows nothing without a base', () => {
    const compared = compareOutcome(outcome([finding('a.py', 5)]), { how: 'nothing' }, [])
    expect(compared.part.compared).toBe('none')
    expect(states(compared.part.findings)).toEqual({ 'a.py5': 'unknown' })
  })

  it('judges by lines where that is all there is, and then has no total of the base', () => {
    const compared = compareOutcome(outcome([finding('a.py', 5), finding('a.py', 50)]), { how: 'lines' }, [
      changed,
    ])
    expect(compared.part.compared).toBe('lines')
    expect(states(compared.part.findings)).toEqual({ 'a.py5': 'new', 'a.py50': 'unchanged' })
  })
})

describe('filesToCompare', () => {
  const files = ['a.py', 'b.py', 'old.py', 'p/c.py']
  it('is the base side of what changed', () => {
    const changes: readonly FileChange[] = [
      changed,
      { path: 'new.py', oldPath: 'old.py', kind: 'renamed', lines: [] },
      { path: 'fresh.py', kind: 'added', lines: [] },
    ]
    expect(filesToCompare(changes, files, true)).toEqual(['a.py', 'old.py'])
  })
  it('is everything when packages or first-party names move', () => {
    expect(filesToCompare([{ path: 'p/__init__.py', kind: 'added', lines: [] }], files, true)).toEqual(files)
    expect(filesToCompare([changed], files, false)).toEqual(files)
  })
})

describe('a secret, which is known by its line without the value', () => {
  const secret = (line: number, secretDigest?: string): Finding => ({
    ...finding('.env', line, 'same'),
    metric: 'secrets',
    security: { kind: 'secret', claims: [], severity: 'high', severitySource: 's', secretDigest },
  })
  const edited: FileChange = { path: '.env', kind: 'modified', lines: [{ start: 4, end: 4 }] }
  const states = (head: Finding, base: Finding, how: 'run' | 'stored') => {
    const findings = [base]
    const knowledge =
      how === 'run' ? { how, files: new Set(['.env']), findings, measurements: [] } : { how, findings }
    return compareOutcome(outcome([head]), knowledge, [edited]).part.findings.map(({ state }) => state)
  }

  it.each([
    ['new where its line is edited and nothing tells the values', secret(4), secret(4), 'new'],
    ['new where its value is another one', secret(4, 'b'), secret(4, 'a'), 'new'],
    ['old where its value is the same', secret(4, 'a'), secret(4, 'a'), 'unchanged'],
    ['old on a line that is as it was', secret(5), secret(5), 'unchanged'],
  ] as const)('is %s', (_, head, base, state) => {
    expect(states(head, base, 'run')).toEqual([state])
    expect(states(head, base, 'stored')).toEqual([state])
  })
})
