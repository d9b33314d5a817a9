import { expect, it } from 'vitest'
import { readCycloneReport } from '../reports/cyclonedx-report.ts'
import type { Component, DependencySet, Inventory } from './inventory.ts'
import { openDependencyPaths } from './inventory.ts'
import { renderSbom } from './sbom.ts'

const sha = 'b'.repeat(64)

function component(name: string, more: Partial<Component> = {}): Component {
  return { id: name, ecosystem: 'pypi', name, version: '1.0', from: 'index', hashes: [], needs: [], ...more }
}

const python: DependencySet = {
  path: 'uv.lock',
  ecosystem: 'pypi',
  components: [
    component('service', { from: 'own', needs: ['flask'] }),
    component('flask', { line: 3, needs: ['jinja2'], hashes: [`sha256:${sha}`] }),
    component('jinja2', {
      needs: ['flask', 'service'],
      hashes: [`sha256:${sha}`, `sha256:${'c'.repeat(64)}`],
    }),
  ],
  asked: new Set(['flask']),
}
const node: DependencySet = {
  path: 'web/package-lock.json',
  ecosystem: 'npm',
  components: [
    component('a', { ecosystem: 'npm', name: '@scope/a', license: '(MIT or ISC) and Zlib', needs: ['b'] }),
    component('b', {
      ecosystem: 'npm',
      hashes: [`sha512-${Buffer.alloc(64, 1).toString('base64')}`, 'sha512-x'],
    }),
    component('x>b', { ecosystem: 'npm', name: 'b', license: 'See file' }),
  ],
}

function render(sets: readonly DependencySet[]) {
  const installed = new Map([['flask', { name: 'flask', version: '1.0', license: 'BSD' }]])
  return renderSbom({ inventory: { sets, unread: [] }, installed, name: 'acme/service', version: '2.0.0' })
}

interface Bom {
  readonly serialNumber: string
  readonly components: readonly {
    readonly 'bom-ref': string
    readonly purl: string
    readonly [key: string]: unknown
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

function parsed(): Bom {
  return JSON.parse(render([python, node]))
}

it('has what the schema asks for', () => {
  expect(JSON.parse(render([python, node]))).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: 'acme/service' } },
  })
  const { serialNumber, components, dependencies } = parsed()
  expect(serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  const refs = ['project', ...components.map((each) => each['bom-ref'])]
  expect(new Set(refs).size).toBe(refs.length)
  expect(dependencies.map(({ ref }) => ref).toSorted()).toEqual(refs.toSorted())
  for (const { dependsOn } of dependencies) {
    expect(new Set(dependsOn).size).toBe(dependsOn.length)
    for (const ref of dependsOn) expect(refs).toContain(ref)
  }
})

it('names each component once, the project not among them', () => {
  expect(parsed().components.map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40scope/a@1.0',
    'pkg:npm/b@1.0',
    'pkg:pypi/flask@1.0',
    'pkg:pypi/jinja2@1.0',
  ])
})

it('has the graph', () => {
  const graph = new Map(parsed().dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  expect(graph.get('project')).toEqual(['pkg:pypi/flask@1.0'])
  expect(graph.get('pkg:pypi/flask@1.0')).toEqual(['pkg:pypi/jinja2@1.0'])
  expect(graph.get('pkg:pypi/jinja2@1.0')).toEqual(['pkg:pypi/flask@1.0'])
})

it('has licences and digests in the terms of the schema', () => {
  const [a, b, flask, jinja2] = parsed().components
  expect(a).toMatchObject({ group: '@scope', name: 'a', licenses: [{ expression: '(MIT OR ISC) AND Zlib' }] })
  expect(b?.['hashes']).toEqual([{ alg: 'SHA-512', content: '01'.repeat(64) }])
  expect(flask).toMatchObject({
    hashes: [{ alg: 'SHA-256', content: sha }],
    licenses: [{ expression: 'BSD-3-Clause' }],
    evidence: { occurrences: [{ location: 'uv.lock', line: 3 }] },
  })
  expect(jinja2).not.toHaveProperty('hashes')
  expect(jinja2?.['externalReferences']).toHaveLength(2)
})

it('is the same for the same files, in any order, and another for others', () => {
  expect(render([node, python])).toBe(render([python, node]))
  const { serialNumber } = JSON.parse(render([python]))
  expect(serialNumber).not.toBe(parsed().serialNumber)
})

it('reads as a list of components that nobody scanned', () => {
  expect(readCycloneReport(parsed()).notices).toMatchObject([{ level: 'failed' }])
})

it('says of a finding through what its package came', () => {
  const inventory: Inventory = { sets: [python, node], unread: [] }
  const { complete } = openDependencyPaths(inventory)
  const finding = (name: string, more: object = {}) => ({
    tool: 't',
    rule: 'r',
    level: 'error' as const,
    message: 'm',
    fingerprint: 'f',
    state: 'new' as const,
    security: {
      kind: 'vulnerability' as const,
      claims: [],
      severity: 'unknown' as const,
      severitySource: '',
      dependency: { ecosystem: 'pypi', name, version: '1.0', ...more },
    },
  })
  const known = (name: string, more?: object) => complete(finding(name, more)).security?.dependency
  expect(known('Jinja2')).toMatchObject({ direct: false, via: ['flask', 'jinja2'] })
  expect(known('flask')).toMatchObject({ direct: true, via: ['flask'] })
  expect(known('jinja2', { direct: true })).toMatchObject({ direct: true })
  expect(known('jinja2', { version: '9' })?.via).toBeUndefined()
  expect(known('other')?.direct).toBeUndefined()
})
