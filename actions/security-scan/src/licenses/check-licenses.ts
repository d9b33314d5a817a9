/** Licences of all that the project depends on, against `denied-licenses`. Pure. */
import type { Notice, RawFinding } from '@ci-actions/shared'
import type { Component, DependencySet, Inventory } from '../dependencies/inventory.ts'
import { waysOf } from '../dependencies/inventory.ts'
import type { OwnResult, OwnTool } from '../own-outcome.ts'
import { riskFinding } from '../tools/risk-finding.ts'
import type { InstalledLicense } from './installed-licenses.ts'
import { judgeLicense } from './judge-license.ts'

export const licenseCheck: OwnTool = {
  id: 'licenses',
  name: 'Licences',
  homepage: 'https://spdx.org/licenses/',
  scope: 'project',
  kind: 'licenses',
  metrics: ['licenses'],
}

export interface LicenseSources {
  readonly inventory: Inventory
  /** By normalised name; undefined where there is no environment to look into. */
  readonly installed: ReadonlyMap<string, InstalledLicense> | undefined
}

/** A component with the licence that somebody says it has. */
export interface Licensed {
  readonly component: Component
  readonly license: string | undefined
  /** Who says so, for the reader. */
  readonly evidence: string
}

/** Undefined where no licence is denied, or there is nothing that has one. */
export function checkLicenses(sources: LicenseSources, denied: readonly string[]): OwnResult | undefined {
  if (denied.length === 0) return undefined
  const { sets } = sources.inventory
  const checked = new Set<string>()
  const findings: RawFinding[] = []
  const silent: Component[] = []
  let known = 0
  for (const set of sets) {
    const ways = waysOf(set)
    const names = new Map(set.components.map(({ id, name }) => [id, name]))
    for (const component of set.components) {
      const key = `${component.ecosystem}/${component.name}@${component.version}`
      if (component.from === 'own' || checked.has(key)) continue
      checked.add(key)
      const licensed = licenseOf(component, set, sources)
      if (licensed.license === undefined) silent.push(component)
      else known += 1
      const via = () => ways.to(component.id)?.map((id) => names.get(id) ?? id)
      findings.push(...licenseFinding(licensed, { set, via, denied }))
    }
  }
  if (checked.size === 0) return undefined
  // One line for all of them, where nothing could have been known.
  const nothingKnown = known === 0
  return {
    findings: nothingKnown ? [] : findings,
    notices: nothingKnown ? [nobodyKnows(silent)] : [],
    files: sets.length,
  }
}

function licenseOf(component: Component, set: DependencySet, { installed }: LicenseSources): Licensed {
  if (component.license !== undefined) return { component, license: component.license, evidence: set.path }
  const found = component.ecosystem === 'pypi' ? installed?.get(component.name) : undefined
  if (found === undefined) return { component, license: undefined, evidence: 'no metadata' }
  return { component, license: found.license, evidence: `METADATA of ${found.name} ${found.version}` }
}

interface Place {
  readonly set: DependencySet
  readonly via: () => readonly string[] | undefined
  readonly denied: readonly string[]
}

/** None where it is allowed. */
export function licenseFinding(
  { component, license, evidence }: Licensed,
  { set, via: way, denied }: Place,
): readonly RawFinding[] {
  const judged = judgeLicense(license, denied)
  if (judged.verdict === 'allowed') return []
  const { ecosystem, name, version } = component
  const via = way()
  const direct = set.asked?.has(component.id)
  const what = version === undefined ? name : `${name} ${version}`
  const isDenied = judged.verdict === 'denied'
  const message = isDenied
    ? `${what} has the licence ${license}, which \`denied-licenses\` denies by \`${judged.by}\` (${evidence}). Replace it${via !== undefined && via.length > 1 ? `; it comes through ${via[0]}` : ''}.`
    : `${license === undefined ? `Nothing says which licence ${what} has` : `${what} has the licence \`${license.slice(0, 100)}\`, which is no SPDX identifier`} (${evidence}). Look it up, and suppress this with what you found.`
  return [
    riskFinding(
      {
        kind: 'license',
        claims: isDenied
          ? [{ source: 'denied-licenses', by: 'word', severity: 'high' }]
          : [{ source: 'table of licences', by: 'table', severity: 'medium' }],
        dependency: { ecosystem, name, version, direct, via },
      },
      {
        rule: isDenied ? 'denied' : 'unknown',
        message,
        location: { path: set.path, line: component.line },
        identity: `${ecosystem}/${name}`,
      },
    ),
  ]
}

function nobodyKnows(silent: readonly Component[]): Notice {
  const python = silent.some(({ ecosystem }) => ecosystem === 'pypi')
  const advice = python
    ? 'Install the project before this step, or with `install`, so that their metadata can be read.'
    : 'Use a lock file that names licences, as package-lock.json does.'
  return {
    level: 'failed',
    message: `Nobody knows the licences of the ${silent.length} dependencies. ${advice}`,
  }
}
