import { expect, test } from 'vitest'
import { scriptTool } from '../tool/test/stage.ts'
import type { ComparedOutcome } from './comparison.ts'
import { describeComparison } from './describe.ts'

function compared(name: string, knowledge: ComparedOutcome['knowledge']): ComparedOutcome {
  const run = {
    id: name,
    name,
    status: 'clean',
    seconds: 0,
    findings: 0,
    files: 0,
    remembered: 0,
    notices: [],
    commands: [],
  } as const
  const project = {
    name: '',
    root: '/w',
    folder: '',
    pythonFiles: [],
    files: [],
    configuration: [],
    firstParty: [],
  }
  return {
    knowledge,
    outcome: { tool: scriptTool('', { name }), project, run, findings: [], measurements: [] },
    part: { tool: name, metrics: [], findings: [], measurements: [], compared: 'none' },
  }
}

const change = { path: 'a.py', kind: 'modified', lines: [] } as const

test('each way of knowing the base names its tools once', () => {
  const all = [
    compared('Ruff', 'run'),
    compared('Ruff', 'run'),
    compared('mypy', 'lines'),
    compared('Pylint', 'stored'),
    compared('Black', 'nothing'),
  ]
  const { message, sha, ref } = describeComparison(
    { kind: 'found', sha: 'abc', ref: 'main', message: 'Base is `main`.' },
    all,
    [change],
  )
  expect(message).toMatch(
    /^Base is `main`\. What is new was found: Ruff by .* 1 changed file; Pylint from .*; mypy from/,
  )
  expect(message).not.toContain('Black')
  expect([sha, ref]).toEqual(['abc', 'main'])
})

test('where no file differs there is nothing to explain', () => {
  const base = { kind: 'found', sha: 'abc', message: 'Base is `main`.' } as const
  const { message } = describeComparison(base, [compared('Ruff', 'run')], [])
  expect(message).toBe('Base is `main`. No file differs from it.')
})

test.each([
  ['nothing is new that is not known', [compared('Ruff', 'nothing')], /what is new is not known/],
  ['the baseline stands in', [compared('Ruff', 'baseline')], /Ruff compared with the baseline file/],
])('without a base %s', (_, all, words) => {
  const { message } = describeComparison({ kind: 'none', why: 'This is no git repository.' }, all, [])
  expect(message).toMatch(/^No base: This is no git repository/)
  expect(message).toMatch(words)
})
