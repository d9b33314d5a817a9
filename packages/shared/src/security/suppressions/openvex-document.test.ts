import { describe, expect, test } from 'vitest'
import type { Finding, Suppression } from '../../finding/finding.ts'
import { risk } from '../test/risk.ts'
import { readIgnoreFile } from './ignore-files/index.ts'
import { renderOpenVex } from './openvex-document.ts'

const about = { product: 'pkg:pypi/orders@1.2.0', author: 'orders', today: '2026-01-01' }

function vulnerability(name: string, suppression?: Partial<Suppression>): Finding {
  const dependency = { ecosystem: 'pypi', name, version: '3.1.2' }
  return {
    ...risk('vulnerability', 'p', { about: { dependency, ids: ['GHSA-h5c8-rqwp-cp95', 'CVE-2024-22195'] } }),
    ...(suppression && {
      suppression: { reason: 'no filter', expires: '2026-02-01', source: 'f', ...suppression },
    }),
  }
}

const render = (...findings: readonly Finding[]) => renderOpenVex({ ...about, findings })
const statements = (...findings: readonly Finding[]) => JSON.parse(render(...findings) ?? '{}').statements

describe('an OpenVEX document', () => {
  test('says of each suppressed vulnerability what the decision is', () => {
    const justification = 'vulnerable_code_not_present'
    expect(statements(vulnerability('Jinja2', { status: 'not-affected', justification }))).toEqual([
      {
        vulnerability: { name: 'CVE-2024-22195', aliases: ['GHSA-h5c8-rqwp-cp95'] },
        products: [{ '@id': 'pkg:pypi/orders@1.2.0', subcomponents: [{ '@id': 'pkg:pypi/jinja2@3.1.2' }] }],
        ...{ status: 'not_affected', justification, impact_statement: 'no filter' },
      },
    ])
  })

  test.each<[Suppression['status'], object]>([
    [undefined, { status: 'affected', action_statement: 'Accepted until 2026-02-01: no filter' }],
    ['accepted', { status: 'affected', action_statement: 'Accepted until 2026-02-01: no filter' }],
    ['will-be-fixed', { status: 'affected', action_statement: 'To be fixed until 2026-02-01: no filter' }],
    ['false-positive', { status: 'not_affected', impact_statement: 'False positive: no filter' }],
  ])('%s: an accepted risk is not called harmless', (status, answer) => {
    expect(statements(vulnerability('a', { status }))).toEqual([expect.objectContaining(answer)])
  })

  test('is the same for the same decisions, in any order, each once', () => {
    const [a, b] = [vulnerability('a', {}), vulnerability('b', {})]
    expect(render(a, b, a)).toBe(render(b, a))
    expect(render(a)).not.toBe(render(b))
    expect(statements(a, b, a)).toHaveLength(2)
  })

  test('is not made where there is nothing to say', () => {
    const secret = { ...risk('secret', 's'), suppression: { reason: 'r', source: 'f' } }
    expect(render(vulnerability('a'), secret)).toBeUndefined()
  })

  test('can be imported again', () => {
    const text = render(vulnerability('Jinja2', { status: 'not-affected' })) ?? ''
    expect(readIgnoreFile('openvex.json', text)?.proposals).toMatchObject([
      {
        about: { ids: ['CVE-2024-22195', 'GHSA-h5c8-rqwp-cp95'], component: 'pypi/jinja2' },
        ...{ reason: 'no filter', status: 'not-affected' },
      },
    ])
  })
})
