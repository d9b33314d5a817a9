import { describe, expect, test } from 'vitest'
import type { Finding, RawFinding } from './finding.ts'
import { matchFindings } from './match.ts'
import { toFinding } from './to-finding.ts'

type Sources = Readonly<Record<string, readonly string[]>>

/** Findings of a made-up linter that reports every line with a `!`. */
function lint(files: Sources, message = 'found 1 mark'): readonly Finding[] {
  return Object.entries(files).flatMap(([path, lines]) =>
    lines.flatMap((text, index) => {
      if (!text.includes('!')) return []
      const raw: RawFinding = { rule: 'R1', level: 'error', message, location: { path, line: index + 1 } }
      return [toFinding(raw, { tool: 'lint', workspace: '/w', cwd: '/w', source: (each) => files[each] })]
    }),
  )
}

const noRenames = { renames: new Map<string, string>() }

function summary(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ location, state }) => `${location?.path}:${location?.line} ${state}`)
}

describe('pairs', () => {
  test('what was there before, wherever it has moved to', () => {
    const base = lint({ 'a.py': ['x!', 'y'], 'b.py': ['z!'] })
    const head = lint({ 'a.py': ['', '', 'x!', 'y'], 'c.py': ['z!', 'new!'] })
    expect(summary(matchFindings(head, base, noRenames))).toEqual([
      'a.py:3 unchanged',
      'c.py:1 unchanged',
      'c.py:2 new',
    ])
  })

  test('reports what is gone as fixed, under the name that the file has now', () => {
    const base = lint({ 'old.py': ['x!', 'y!'] })
    const head = lint({ 'new.py': ['y!'] })
    const renames = new Map([['old.py', 'new.py']])
    expect(summary(matchFindings(head, base, { renames }))).toEqual(['new.py:1 unchanged', 'new.py:1 fixed'])
  })

  test('the same file before any other', () => {
    const base = lint({ 'b.py': ['x!'] })
    const head = lint({ 'a.py': ['x!'], 'b.py': ['x!'] })
    expect(summary(matchFindings(head, base, noRenames))).toEqual(['a.py:1 new', 'b.py:1 unchanged'])
  })

  test('the renamed file before any other', () => {
    const base = lint({ 'old.py': ['x!'] })
    const head = lint({ 'a.py': ['x!'], 'z.py': ['x!'] })
    const renames = new Map([['old.py', 'z.py']])
    expect(summary(matchFindings(head, base, { renames }))).toEqual(['a.py:1 new', 'z.py:1 unchanged'])
  })

  test('the nearest of equal ones, all together', () => {
    const base = lint({ 'a.py': [...blank(11), 'x!', 'x!'] })
    const head = lint({ 'a.py': [...blank(10), 'x!', 'x!', ...blank(87), 'x!'] })
    expect(summary(matchFindings(head, base, noRenames))).toEqual([
      'a.py:11 unchanged',
      'a.py:12 unchanged',
      'a.py:100 new',
    ])
  })

  test('with the changed lines known, the one on an untouched line is the old one', () => {
    const base = lint({ 'a.py': ['x!'] })
    const head = lint({ 'a.py': ['', 'x!', ...blank(50), 'x!'] })
    const changes = [{ path: 'a.py', kind: 'modified', lines: [{ start: 1, end: 52 }] }]
    expect(summary(matchFindings(head, base, { ...noRenames, changes }))).toEqual([
      'a.py:2 new',
      'a.py:53 unchanged',
    ])
  })

  test('the same message before the nearer line', () => {
    const finding = (message: string, line: number) => ({
      ...one(),
      message,
      location: { path: 'a.py', line },
    })
    const base = [finding('os unused', 9)]
    const head = [finding('sys unused', 9), finding('os unused', 1)]
    expect(matchFindings(head, base, noRenames).map(({ state }) => state)).toEqual(['new', 'unchanged'])
  })

  test('a finding at the top of a file although its line is another one now', () => {
    const raw: RawFinding = {
      rule: 'D100',
      level: 'note',
      message: 'no docstring',
      location: { path: 'a.py', line: 1, column: 1 },
    }
    const at = (lines: readonly string[]) =>
      toFinding(raw, { tool: 'lint', workspace: '/w', cwd: '/w', source: () => lines })
    const [matched] = matchFindings([at(['# licence', 'import os'])], [at(['import os'])], noRenames)
    expect(matched?.state).toBe('unchanged')
    const entry = { ...at(['import os']), message: 'known from the baseline', location: { path: 'a.py' } }
    expect(matchFindings([at(['# licence', 'import os'])], [entry], noRenames)[0]?.state).toBe('unchanged')
    const other = matchFindings([{ ...at(['# licence']), rule: 'D104' }], [at(['import os'])], noRenames)
    expect(other.map(({ state }) => state)).toEqual(['new', 'fixed'])
  })

  test('nothing of another tool or rule', () => {
    const states = (change: Partial<Finding>) =>
      matchFindings([{ ...one(), ...change }], [one()], noRenames).map(({ state }) => state)
    expect(states({})).toEqual(['unchanged'])
    expect(states({ tool: 'other' })).toEqual(['new', 'fixed'])
    expect(states({ fingerprint: 'other' })).toEqual(['new', 'fixed'])
  })
})

describe('a tool in another version', () => {
  const base = lint({ 'a.py': ['x!', 'y'] })
  const head = lint({ 'a.py': ['x!', 'y!', 'z!'] })
  const changes = [{ path: 'a.py', kind: 'modified', lines: [{ start: 3, end: 3 }] }]

  test('is what brings findings outside of changed lines', () => {
    const toolChanged = new Set(['lint'])
    expect(summary(matchFindings(head, base, { ...noRenames, changes, toolChanged }))).toEqual([
      'a.py:1 unchanged',
      'a.py:2 tool-changed',
      'a.py:3 new',
    ])
  })

  test('excuses nothing of other tools, and nothing where the changed lines are not known', () => {
    const states = (toolChanged: string, known: typeof changes | undefined) =>
      matchFindings(head, base, { ...noRenames, changes: known, toolChanged: new Set([toolChanged]) }).map(
        ({ state }) => state,
      )
    expect(states('other', changes)).toEqual(['unchanged', 'new', 'new'])
    expect(states('lint', undefined)).toEqual(['unchanged', 'new', 'new'])
  })
})

function blank(count: number): readonly string[] {
  return Array.from({ length: count }, () => '')
}

function one(): Finding {
  return {
    tool: 'lint',
    rule: 'R1',
    level: 'error',
    message: 'm',
    fingerprint: 'f',
    state: 'unknown',
    location: { path: 'a.py', line: 3 },
  }
}
