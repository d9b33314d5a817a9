import { describe, expect, it } from 'vitest'
import { flag, integer, lines, oneOf, secret, text } from './input.ts'
import type { InputSources } from './merge-inputs.ts'
import { mergeInputs } from './merge-inputs.ts'
import { readPolicy } from './policy-file.ts'

const specs = {
  enforce: flag({ description: 'x', default: 'true' }),
  scope: oneOf(['all', 'new'], { description: 'x', default: 'all' }),
  'complexity-limit': integer({ description: 'x', default: '15', minimum: 1, renamedFrom: 'max-complexity' }),
  tools: lines({ description: 'x' }),
  base: text({ description: 'x' }),
  token: secret({ description: 'x' }),
}

function merge(given: Record<string, string>, policy?: string) {
  const sources: InputSources = {
    given: (name) => given[name] || undefined,
    names: Object.keys(given),
    givenBy: '`with:`',
    metrics: {},
    ...(policy !== undefined && {
      policy: readPolicy({ path: 'p.yml', text: policy }, { name: 'quality-gate', allInputs: specs }),
    }),
  }
  return mergeInputs(specs, sources)
}

describe('mergeInputs', () => {
  it('gives defaults where nothing is given', () => {
    expect(merge({}).values).toEqual({
      enforce: true,
      scope: 'all',
      'complexity-limit': 15,
      tools: [],
      base: undefined,
      token: undefined,
    })
    expect(merge({}).origins).toEqual([])
  })

  it('prefers the workflow to the policy file, and that to the default', () => {
    const policy = 'quality-gate:\n  scope: new\n  complexity-limit: 10\n'
    const { values, origins } = merge({ scope: 'all', 'complexity-limit': '' }, policy)
    expect(values).toMatchObject({ scope: 'all', 'complexity-limit': 10 })
    expect(origins).toEqual([{ name: 'complexity-limit', value: '10', from: 'p.yml:3' }])
  })

  it('takes an empty string, and blanks, as not given', () => {
    expect(merge({ scope: '', enforce: '  ' }).values).toMatchObject({ scope: 'all', enforce: true })
    expect(merge({ scope: '', enforce: '  ' }).problems).toEqual([])
  })

  it('reports everything that is wrong at once, the policy file included', () => {
    const given = { enforce: 'yes', scpe: 'new', 'max-complexity': '3', 'complexity-limit': '0' }
    const { problems } = merge(given, 'quality-gate:\n  scope: neww\n  bsae: main\n')
    const all = problems.join('\n')
    for (const part of [
      '`enforce`: `yes`',
      'There is no input `scpe`. Did you mean `scope`?',
      '`max-complexity` is now called `complexity-limit`',
      '`complexity-limit`: `0` is too small; the least is `1`',
      'p.yml:2: `scope`: `neww` is not one of `all`, `new`. Did you mean `new`?',
      'p.yml:3: `quality-gate` has no input `bsae`. Did you mean `base`?',
    ]) {
      expect(all).toContain(part)
    }
    expect(problems).toHaveLength(6)
  })

  it('leaves unknown names that resemble nothing to GitHub, which warns about them', () => {
    expect(merge({ 'something-else-entirely': 'x' }).problems).toEqual([])
  })

  it('shows origins without secrets', () => {
    const { origins } = merge({ token: 'ghs_secret', tools: 'ruff\nmypy', scope: 'all' })
    expect(origins).toEqual([{ name: 'tools', value: 'ruff mypy', from: '`with:`' }])
  })
})
