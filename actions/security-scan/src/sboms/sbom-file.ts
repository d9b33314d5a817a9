/** A CycloneDX document that says what was deployed, and nothing of vulnerabilities. Pure. */
import type { Dependency } from '@ci-actions/shared'
import { maybeText, packageUrl, recordOf, ToolOutputError } from '@ci-actions/shared'
import { componentsIn } from '../reports/cyclonedx-report.ts'
import type { ReportDocument } from '../reports/report-document.ts'
import { componentOf } from '../tools/ecosystem.ts'

export interface SbomComponent {
  /** As the document writes it. */
  readonly purl: string
  readonly dependency: Dependency & { readonly version: string }
  readonly line?: number | undefined
}

export interface Sbom {
  /** Repository-relative. */
  readonly path: string
  /** Each package and version once. */
  readonly components: readonly SbomComponent[]
  /** Names of components that nobody can look up: they have no package URL, or no version in it. */
  readonly unnamed: readonly string[]
}

/** No packages, so that no advisory is about them. */
const noPackages = new Set(['file', 'operating-system', 'device', 'firmware', 'data', 'cryptographic-asset'])

/**
 * Undefined where it lists vulnerabilities: somebody looked. An empty list says nothing, since some tools write it without
 * looking. Throws a `ToolOutputError`, the end of a sentence about the file, where there is nothing to look up.
 */
export function readSbom(
  { value, text }: Pick<ReportDocument, 'value' | 'text'>,
  path: string,
): Sbom | undefined {
  const bom = recordOf(value, 'CycloneDX')
  const { vulnerabilities } = bom
  if (Array.isArray(vulnerabilities) && vulnerabilities.length > 0) return undefined
  const lines = linesOfPurls(text)
  const components = new Map<string, SbomComponent>()
  const unnamed: string[] = []
  for (const component of componentsIn(bom)) {
    const purl = maybeText(component, 'purl') ?? ''
    const dependency = componentOf(purl)
    if (dependency?.version !== undefined) {
      const known = { ...dependency, version: dependency.version }
      const key = packageUrl(known)
      if (!components.has(key)) components.set(key, { purl, dependency: known, line: lines.get(purl) })
    } else if (!noPackages.has(maybeText(component, 'type') ?? ''))
      unnamed.push(maybeText(component, 'name') ?? '?')
  }
  if (components.size === 0)
    throw new ToolOutputError(
      'is a CycloneDX document without vulnerabilities, and none of its components has a package URL with a version, so there is nothing to look up.',
    )
  return { path, components: [...components.values()], unnamed }
}

/** The first line with each. */
function linesOfPurls(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>()
  let line = 1
  let end = 0
  for (const { 1: literal = '', index } of text.matchAll(/"purl"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    for (let at = text.indexOf('\n', end); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++
    end = index
    const purl: unknown = JSON.parse(literal)
    if (typeof purl === 'string' && !lines.has(purl)) lines.set(purl, line)
  }
  return lines
}
