/** The dependencies seen, as CycloneDX 1.6. The same files give the same bytes. https://cyclonedx.org/docs/1.6/json/ Pure. */
import { createHash } from 'node:crypto'
import { packageUrl } from '@ci-actions/shared'
import type { LicenseExpression } from '../licenses/expression.ts'
import type { InstalledLicense } from '../licenses/installed-licenses.ts'
import { understood } from '../licenses/judge-license.ts'
import type { Component, Inventory } from './inventory.ts'

/** Its name in the report folder. */
export const sbomName = 'sbom.cdx.json'

export interface SbomOf {
  readonly inventory: Inventory
  /** By normalised name, of Python. */
  readonly installed?: ReadonlyMap<string, InstalledLicense> | undefined
  /** What the components are of, such as the name of the repository. */
  readonly name: string
  /** Of this action. */
  readonly version: string
}

interface Entry {
  readonly component: Component
  readonly purl: string
  readonly places: { readonly location: string; readonly line?: number | undefined }[]
  readonly needs: Set<string>
}

const project = 'project'

/** No time and nothing random: its serial number is a digest of the rest. */
export function renderSbom({ inventory, installed, name, version }: SbomOf): string {
  const { entries, asked } = entriesOf(inventory)
  const sorted = [...entries.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1))
  const rest = {
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'ci-actions security-scan', version }] },
      component: { type: 'application', 'bom-ref': project, name },
    },
    components: sorted.map((entry) => componentOf(entry, installed)),
    dependencies: [
      { ref: project, dependsOn: [...asked].toSorted() },
      ...sorted.map(({ purl, needs }) => ({ ref: purl, dependsOn: [...needs].toSorted() })),
    ],
  }
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(rest))}`
  return `${JSON.stringify({ $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber, ...rest }, undefined, 2)}\n`
}

function entriesOf({ sets }: Inventory): {
  readonly entries: ReadonlyMap<string, Entry>
  readonly asked: ReadonlySet<string>
} {
  const entries = new Map<string, Entry>()
  const asked = new Set<string>()
  for (const set of sets.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const refs = new Map(
      set.components.flatMap((each) => (each.from === 'own' ? [] : [[each.id, packageUrl(each)] as const])),
    )
    for (const id of set.asked ?? []) for (const ref of [refs.get(id) ?? []].flat()) asked.add(ref)
    for (const component of set.components) {
      const purl = refs.get(component.id)
      if (purl === undefined) continue
      const entry = entries.get(purl) ?? { component, purl, places: [], needs: new Set<string>() }
      entries.set(purl, entry)
      // npm has one version in many folders; its place is the lock file, once.
      if (entry.places.at(-1)?.location !== set.path)
        entry.places.push({ location: set.path, line: component.line })
      for (const need of component.needs) {
        const ref = refs.get(need)
        if (ref !== undefined && ref !== purl) entry.needs.add(ref)
      }
    }
  }
  return { entries, asked }
}

function componentOf(
  { component, purl, places }: Entry,
  installed: SbomOf['installed'],
): Readonly<Record<string, unknown>> {
  const { ecosystem, name, version, hashes } = component
  const license = component.license ?? (ecosystem === 'pypi' ? installed?.get(name)?.license : undefined)
  const digests = hashes.flatMap((hash) => digestOf(hash) ?? [])
  const scope = /^(@[^/]+)\/(.+)$/.exec(name)
  return {
    type: 'library',
    'bom-ref': purl,
    ...(scope === null ? { name } : { group: scope[1], name: scope[2] }),
    ...(version !== undefined && { version }),
    // Of a release of several files, none of the digests is that of the component.
    ...(digests.length === 1 && { hashes: digests }),
    ...(license !== undefined && { licenses: licensesOf(license) }),
    purl,
    ...(digests.length > 1 && {
      externalReferences: digests.map((digest) => ({ type: 'distribution', url: purl, hashes: [digest] })),
    }),
    evidence: { occurrences: places },
  }
}

/** `sha256:<hex>` and `sha512-<base64>`. */
function digestOf(hash: string): { readonly alg: string; readonly content: string } | undefined {
  const [, name, hex] = /^(sha256|sha512):([0-9a-f]+)$/.exec(hash) ?? []
  const [, own, base64] = /^(sha1|sha256|sha384|sha512)-([A-Za-z0-9+/]+=*)$/.exec(hash) ?? []
  const content = hex ?? (base64 === undefined ? '' : Buffer.from(base64, 'base64').toString('hex'))
  const alg = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }[name ?? own ?? '']
  const length = { 'SHA-1': 40, 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 }[alg ?? '']
  return alg === undefined || content.length !== length ? undefined : { alg, content }
}

/** An identifier alone would have to be one of the list of SPDX; an expression need not. */
function licensesOf(license: string): readonly unknown[] {
  const expression = understood(license)
  if (expression !== undefined) return [{ expression: written(expression, 'top') }]
  return [{ license: { name: license.slice(0, 200) } }]
}

function written(expression: LicenseExpression, within: 'top' | 'and' | 'or'): string {
  if (expression.kind === 'license')
    return expression.exception === undefined
      ? expression.id
      : `${expression.id} WITH ${expression.exception}`
  const { kind, parts } = expression
  const text = parts.map((part) => written(part, kind)).join(` ${kind.toUpperCase()} `)
  return kind === 'or' && within === 'and' ? `(${text})` : text
}

/** Of version 8, which is for digests such as this one (RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return parts.join('-')
}
