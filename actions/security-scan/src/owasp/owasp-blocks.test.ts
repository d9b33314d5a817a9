import { describe, expect, it } from 'vitest'
import { sampleRisk } from '../test/sample-risk.ts'
import { tools as adapters } from '../tools/index.ts'
import { owasp2021, owasp2025 } from './categories.ts'
import { looksFor } from './looked-for.ts'
import { categoryResults, owaspBlocks } from './owasp-blocks.ts'

const ran = (id: string, status: 'clean' | 'findings' | 'failed' = 'clean') => ({ id, name: id, status })

function rows(findings: Parameters<typeof owaspBlocks>[0], tools: Parameters<typeof owaspBlocks>[1]) {
  const [newest] = owaspBlocks(findings, tools)
  const table = newest?.kind === 'details' ? newest.blocks.find((each) => each.kind === 'table') : undefined
  return new Map((table?.rows ?? []).map(([category = '', ...rest]) => [category.slice(0, 3), rest]))
}

describe.each([owasp2025, owasp2021])('the list of $year', ({ categories }) => {
  it('has ten categories, and no weakness twice', () => {
    expect(categories.map(({ id }) => id)).toEqual([
      ...['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09', 'A10'],
    ])
    const all = categories.flatMap(({ cwe }) => cwe)
    expect(new Set(all).size).toBe(all.length)
  })
})

/** "CWEs Mapped" in OWASP's own tables. */
it.each([
  [owasp2025, [40, 16, 6, 32, 37, 39, 36, 14, 5, 24]],
  [owasp2021, [34, 29, 33, 40, 20, 3, 22, 10, 4, 1]],
])('has as many as OWASP counts', ({ categories }, counts) => {
  expect(categories.map(({ cwe }) => cwe.length)).toEqual(counts)
})

it('knows what every scanner of this action looks for', () => {
  expect(adapters.map(({ id }) => id).filter((id) => !Object.hasOwn(looksFor, id))).toEqual([])
})

it('tells what was not found from what nobody looked for', () => {
  const table = rows([], [ran('bandit'), ran('pip-audit', 'failed')])
  expect(table.get('A05')).toEqual(['not found', '', 'bandit'])
  expect(table.get('A03')).toEqual(['not looked for', '', ''])
  expect(table.get('A09')).toEqual(['not looked for', '', ''])
})

it('does not take a look at lists and locks for one at vulnerabilities', () => {
  const hygiene = [ran('dependency-hygiene'), ran('dependency-conflicts')]
  const [outdated] = categoryResults(owasp2021, [], hygiene).filter(({ category }) => category.components)
  expect(outdated?.tools).toEqual([])
  expect(rows([], hygiene).get('A03')).toEqual(['not looked for', '', ''])
})

it('counts a finding where its weakness belongs, and its family where it has no place of its own', () => {
  const template = sampleRisk({ tool: 'semgrep', security: { cwe: [1336] } })
  const sql = sampleRisk({ witnesses: [{ tool: 'semgrep', rule: 'sql' }], security: { cwe: [89] } })
  const table = rows([template, sql, sql], [ran('bandit', 'findings'), ran('semgrep', 'findings')])
  expect(table.get('A05')).toEqual(['3 findings', 'CWE-89, CWE-1336', 'bandit, semgrep'])
})

it('counts vulnerabilities as those of components alone, and what is fixed or suppressed not at all', () => {
  const inside = sampleRisk({ tool: 'pip-audit', security: { kind: 'vulnerability', cwe: [89] } })
  const fixed = sampleRisk({ state: 'fixed', security: { cwe: [89] } })
  const suppressed = sampleRisk({ suppression: { reason: 'r', source: 'policy' }, security: { cwe: [89] } })
  const table = rows([inside, fixed, suppressed], [ran('pip-audit', 'findings'), ran('bandit')])
  expect(table.get('A03')?.[0]).toBe('1 finding')
  expect(table.get('A05')?.[0]).toBe('not found')
})

it('counts secrets, and misconfigurations without a number', () => {
  const secret = sampleRisk({ tool: 'other', security: { kind: 'secret' } })
  const image = sampleRisk({ tool: 'hadolint', security: { kind: 'misconfiguration' } })
  const table = rows([secret, image], [ran('hadolint', 'findings')])
  const found = [...table].filter(([, [word]]) => String(word).endsWith('finding')).map(([id]) => id)
  expect(found).toEqual(['A02', 'A07'])
})

it('promises nothing', () => {
  expect(JSON.stringify(owaspBlocks([], [ran('bandit')]))).not.toMatch(/complian|\bsecure\b|passed/i)
})
