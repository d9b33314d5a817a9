import { describe, expect, it } from 'vitest'
import type { Project } from '../tool/project.ts'
import type { Tool } from '../tool/tool.ts'
import type { SelectionRules, ToolWishes } from './select.ts'
import { planPackage, toolNameProblems } from './select.ts'

function tool(id: string, sign?: string): Tool {
  return {
    id,
    name: id,
    homepage: 'https://example.com',
    scope: 'file',
    kind: 'lint',
    metrics: [],
    install: { kind: 'present', executable: id },
    configuredBy: (project) => (sign !== undefined && project.files.includes(sign) ? [sign] : []),
    applies: (project) => ({ runs: true, files: project.pythonFiles }),
    invocations: () => [],
    parse: () => ({ findings: [] }),
  }
}

const rules: SelectionRules = {
  tools: [
    tool('black', 'black.toml'),
    tool('ruff-format', 'ruff.toml'),
    tool('ruff', 'ruff.toml'),
    tool('pylint', 'pylintrc'),
    tool('size'),
  ],
  always: ['size'],
  fallback: ['ruff', 'black'],
  alternatives: [['black', 'ruff-format']],
}
const nothing: ToolWishes = { tools: [], optional: [], args: {}, versions: {}, timeoutSeconds: 60 }

function project(...files: readonly string[]): Project {
  return { name: '', root: '/p', folder: '', pythonFiles: ['a.py'], files, configuration: [], firstParty: [] }
}

function chosen(files: readonly string[], tools: readonly string[] = []): readonly string[] {
  return planPackage(project(...files), rules, { ...nothing, tools }).tools.flatMap((planned) =>
    planned.runs ? [planned.tool.id] : [],
  )
}

describe('planPackage', () => {
  it('lets a tool that needs an environment do without one only where it is listed', () => {
    const conflicts = { ...tool('conflicts'), withoutEnvironment: 'no environment' }
    const own = { ...rules, tools: [conflicts], always: ['conflicts'] }
    const without = (tools: readonly string[]) =>
      planPackage(project('a.py'), own, { ...nothing, tools }).tools.map(
        (planned) => planned.runs && planned.withoutEnvironment,
      )
    expect(without([])).toEqual(['no environment'])
    expect(without(['default'])).toEqual(['no environment'])
    expect(without(['conflicts'])).toEqual([undefined])
    expect(planPackage(project('a.py'), own, nothing).tools).toMatchObject([
      { because: expect.stringMatching(/default, where there is an environment$/) },
    ])
  })

  it('takes what the project configures', () => {
    expect(chosen(['pylintrc'])).toEqual(['pylint', 'size'])
  })
  it('falls back where there is no sign', () => {
    expect(chosen([])).toEqual(['black', 'ruff', 'size'])
  })
  it('does not run two formatters by default', () => {
    expect(chosen(['black.toml', 'ruff.toml'])).toEqual(['black', 'ruff', 'size'])
    expect(chosen(['ruff.toml'])).toEqual(['ruff-format', 'ruff', 'size'])
  })
  it('runs exactly what is listed', () => {
    expect(chosen(['ruff.toml'], ['black', 'ruff-format'])).toEqual(['black', 'ruff-format'])
  })
  it('adds to the defaults', () => {
    expect(chosen(['ruff.toml'], ['default', 'pylint'])).toEqual(['ruff-format', 'ruff', 'pylint', 'size'])
  })
  it('says why a tool is left out', () => {
    const [black] = planPackage(project('ruff.toml'), rules, nothing).tools
    expect(black).toMatchObject({ runs: false, why: 'not configured in this project' })
  })
})

describe('toolNameProblems', () => {
  it('names all unknown tools, with the nearest known one', () => {
    const wishes = {
      ...nothing,
      tools: ['rufff'],
      optional: ['blak'],
      args: { x: [] },
      versions: { ruff: ['1', '2'] },
    }
    const problems = toolNameProblems(rules, wishes)
    expect(problems).toHaveLength(4)
    expect(problems.join('\n')).toContain('Did you mean `ruff`?')
    expect(problems.join('\n')).toContain('Did you mean `black`?')
  })
  it('accepts `default`', () => {
    expect(toolNameProblems(rules, { ...nothing, tools: ['default'] })).toEqual([])
  })
})
