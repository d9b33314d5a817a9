import type { Finding, Project } from '@ci-actions/shared'
import { describe, expect, test } from 'vitest'
import { projectOf } from './test/sample-project.ts'
import { vexFile } from './vex-file.ts'

const suppressed: Finding = {
  ...{ tool: 't', rule: 'r', level: 'error', message: 'm', fingerprint: 'f', state: 'new' },
  security: {
    ...{ kind: 'vulnerability', claims: [], severity: 'high', severitySource: 's' },
    ...{ ids: ['CVE-2024-1'], dependency: { ecosystem: 'pypi', name: 'a' } },
  },
  suppression: { reason: 'r', source: 'f' },
}

function named(data: Readonly<Record<string, unknown>>): Project {
  return {
    ...projectOf([]),
    configuration: [{ path: 'pyproject.toml', name: 'pyproject.toml', text: '', data }],
  }
}

const event = {
  ...{ name: 'push', payload: {}, repository: 'acme/orders', serverUrl: '', sha: 'abc', ref: '', runId: '' },
  ...{ runAttempt: 1, workflow: '', job: '', action: '', matrix: '', actor: '' },
}

function productsOf(projects: readonly Project[], facts: Parameters<typeof vexFile>[1]['facts']) {
  const text = vexFile([suppressed], { projects, facts, today: '2026-01-01' })['openvex.json'] ?? '{}'
  const { author, statements } = JSON.parse(text)
  return [author, statements[0].products[0]['@id']]
}

describe('openvex.json', () => {
  test('is about what is published', () => {
    const project = named({ project: { name: 'Orders_Service', version: '1.2.0' } })
    expect(productsOf([project], { event })).toEqual(['acme/orders', 'pkg:pypi/orders-service@1.2.0'])
    expect(productsOf([project], { event: undefined })[0]).toBe('pkg:pypi/orders-service@1.2.0')
  })

  test('is about the repository where that is not one thing', () => {
    const one = named({ project: { name: 'a' } })
    const product = 'pkg:github/acme/orders@abc'
    for (const projects of [[], [named({ project: { name: 5 } })], [named({})], [one, one]])
      expect(productsOf(projects, { event })[1]).toBe(product)
    expect(productsOf([], { event: undefined })[1]).toBe('pkg:generic/this-repository')
  })

  test('is not there where nothing is suppressed', () => {
    const { suppression: _, ...counts } = suppressed
    expect(vexFile([counts], { projects: [], facts: { event }, today: '2026-01-01' })).toEqual({})
  })
})
