/** Looks up all components of bills of materials, at the service of OSV or in its local databases. */
import type { Dependency, JsonRecord, Notice, Tool } from '@ci-actions/shared'
import { isRecord, maybeText, parseJson, ToolOutputError } from '@ci-actions/shared'
import { records } from '../reports/loose-lists.ts'
import { ecosystemOfOsv } from '../tools/ecosystem.ts'
import { ageOf, failureOf, refreshedBy, withDownload } from '../tools/osv-databases.ts'
import { failed, found, noPackages, osvScanner, scanOf } from '../tools/osv-scanner.ts'
import { readOsvScannerReport } from '../tools/osv-scanner-report.ts'
import { nameSome } from '../tools/risk-finding.ts'
import type { Sbom } from './sbom-file.ts'
import { unnamedNotices } from './sbom-notices.ts'

/**
 * Each document is written anew, with nothing but what is looked up: OSV-Scanner knows the format by the file's name alone,
 * and takes an `osv-scanner.toml` beside the file for its configuration.
 */
export function sbomOsvScanner(sboms: readonly Sbom[]): Tool {
  return {
    ...osvScanner,
    configuredBy: () => [],
    applies: () => ({ runs: true, files: sboms.map(({ path }) => path) }),
    notices: () => sboms.flatMap(unnamedNotices),
    invocations: (request) =>
      sboms.map((sbom, index) => {
        const target = targetOf(request.outputFolder, index)
        return { ...scanOf(request, [`:${target}`]), inputs: { [target]: documentOf(sbom) } }
      }),
    async parse(output) {
      const { request, invocation, exitCode, stdout } = output
      const said = await output.stderr.text()
      const again = withDownload(output, said)
      if (again !== undefined) return { findings: [], followUp: [again] }
      if (exitCode === failed) throw failureOf(output, said)
      const sbom = sboms.find(
        (_, index) => invocation.args.at(-1) === `:${targetOf(request.outputFolder, index)}`,
      )
      if (sbom === undefined || exitCode === noPackages)
        throw new ToolOutputError('OSV-Scanner understood none of the components that it was given.')
      const report = parseJson(await stdout.text(), 'OSV-Scanner')
      const known = new Map(sbom.components.map((each) => [keyOf(each.dependency), each]))
      const { findings } = readOsvScannerReport(report, ({ dependency }) => {
        const component = known.get(keyOf(dependency))
        const location = { path: sbom.path, line: component?.line }
        return { dependency: component?.dependency ?? dependency, location }
      })
      if (exitCode === found && findings.length === 0)
        throw new ToolOutputError('OSV-Scanner says that it found something, and printed nothing.')
      return {
        findings,
        notices: unreadNotices(sbom, report),
        measurements: [ageOf(output, said)],
        refreshed: refreshedBy(output, said),
        filesChecked: 1,
      }
    },
  }
}

function targetOf(folder: string, index: number): string {
  return `${folder}/sbom-${index}.cdx.json`
}

/**
 * Of a package URL without a namespace it asks about the name that the component has beside it, which may be any; of others
 * it prints that name alone, and then no fixed version is known to be of this package. So all names are those of the URLs.
 */
function documentOf({ components }: Sbom): string {
  const list = components.map(({ purl, dependency }) => ({
    ...{ type: 'library', name: osvName(dependency), version: dependency.version, purl },
  }))
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components: list })
}

/** Distributions, which stand in front of names in package URLs. */
const distributions = new Set(['apk', 'deb', 'rpm'])

/** As advisories write it. https://ossf.github.io/osv-schema/#defined-ecosystems */
function osvName({ ecosystem, name }: Dependency): string {
  if (distributions.has(ecosystem)) return name.split('/').at(-1) ?? name
  return ecosystem === 'maven' ? name.replace('/', ':') : name
}

function keyOf(dependency: Dependency): string {
  const name = osvName(dependency)
    .toLowerCase()
    .replaceAll(/[-_.:]+/g, '-')
  return `${dependency.ecosystem} ${name} ${(dependency.version ?? '').replace(/^v/, '')}`
}

/** It leaves out what it knows no ecosystem of. */
function unreadNotices({ path, components }: Sbom, report: unknown): readonly Notice[] {
  const results = isRecord(report) ? records(report['results']) : []
  const listed = new Set(results.flatMap((result) => records(result['packages'])).flatMap(keysOf))
  const unread = components.filter(({ dependency }) => !listed.has(keyOf(dependency)))
  if (unread.length === 0) return []
  const message = `${path}: OSV-Scanner did not look up ${nameSome(unread.map(({ purl }) => purl))}.`
  return [{ level: 'warning', message }]
}

function keysOf({ package: about }: JsonRecord): readonly string[] {
  if (!isRecord(about)) return []
  const ecosystem = ecosystemOfOsv(maybeText(about, 'ecosystem') ?? '')
  const name = maybeText(about, 'name') ?? ''
  const dependency = {
    ecosystem,
    name: ecosystem === 'maven' ? name.replace(':', '/') : name,
    version: maybeText(about, 'version'),
  }
  return ecosystem === '' ? [] : [keyOf(dependency)]
}
