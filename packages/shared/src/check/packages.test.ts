import { describe, expect, it } from 'vitest'
import type { MetricDeclarations } from '../gate/metric.ts'
import { readPackages } from './packages.ts'

const metrics: MetricDeclarations = {
  score: { description: 'A score.', unit: 'points', adds: 'only', better: 'higher' },
}

describe('readPackages', () => {
  it('is the working directory where the policy names none', () => {
    const only = (folder: string) => ({ packages: [{ name: '', folder, rules: [] }], problems: [] })
    expect(readPackages(undefined, '.', metrics)).toEqual(only(''))
    expect(readPackages(undefined, 'services/api', metrics)).toEqual(only('services/api'))
  })

  it('reads a path alone, and a path with rules as list or text', () => {
    const policy = {
      api: 'services/api/',
      web: { path: './web', gate: ['score > 90'] },
      lib: { path: '.', gate: 'score > 70' },
    }
    const { packages, problems } = readPackages(policy, '.', metrics)
    expect(problems).toEqual([])
    expect(packages).toMatchObject([
      { name: 'api', folder: 'services/api', rules: [] },
      { name: 'web', folder: 'web', rules: [{ metric: 'score', limit: 90, labels: { package: 'web' } }] },
      { name: 'lib', folder: '', rules: [{ metric: 'score', limit: 70, labels: { package: 'lib' } }] },
    ])
  })

  it('reports all problems at once', () => {
    const policy = {
      'a b': 'x',
      b: {},
      c: { path: '../x' },
      d: { path: 'd', gates: 'score > 1' },
      e: { path: 'e', gate: ['scor > 1', 'score ~ 1'] },
    }
    const { problems } = readPackages(policy, '.', metrics)
    expect(problems).toHaveLength(6)
    expect(problems[4]).toContain('`packages.e` in the policy file')
    expect(problems[4]).toContain('did you mean `score`?')
  })

  it.each([{}, [], 'api'])('refuses %j', (policy) => {
    expect(readPackages(policy, '.', metrics).problems).toHaveLength(1)
  })
})
