/** Which risks an entry of an ignore file is about. Pure. */
import picomatch from 'picomatch'
import type { KnownRisk, Proposal } from './proposal.ts'

/**
 * Identities of the known risks that a proposal fits, sorted; where none is known, the one that the proposal itself comes
 * to: an advisory in a component of a named ecosystem.
 */
export function proposedIdentities({ about }: Proposal, known: readonly KnownRisk[]): readonly string[] {
  const { ids, component, version, paths } = about
  const wanted = new Set(ids?.map((id) => id.toLowerCase()))
  const fits = paths === undefined ? undefined : picomatch([...paths], { dot: true })
  const found = known.filter(
    (risk) =>
      (ids === undefined || risk.names.some((name) => wanted.has(name.toLowerCase()))) &&
      (component === undefined || isComponent(risk.component, component)) &&
      (version === undefined || risk.version === version) &&
      (fits === undefined || (risk.path !== undefined && fits(risk.path))),
  )
  if (found.length > 0) return [...new Set(found.map(({ identity }) => identity))].toSorted()
  const advisory = ids?.find((id) => /^(?:CVE|GHSA|PYSEC)-/i.test(id))
  if (advisory === undefined || paths !== undefined || version !== undefined) return []
  if (component?.includes('/') !== true || ofProducts.test(component)) return []
  return [`vulnerability ${component} ${evenAdvisory(advisory)}`]
}

/** Types of package URLs that name what is built or hosted, not what it depends on. */
const ofProducts = /^(?:oci|docker|generic|github|gitlab|bitbucket)\//

function isComponent(known: string | undefined, wanted: string): boolean {
  if (known === undefined) return false
  return known === wanted || (!wanted.includes('/') && known.slice(known.indexOf('/') + 1) === wanted)
}

function evenAdvisory(id: string): string {
  return /^ghsa-/i.test(id) ? `GHSA-${id.slice(5).toLowerCase()}` : id.toUpperCase()
}
