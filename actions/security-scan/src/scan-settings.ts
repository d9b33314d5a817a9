/** What scanners have to know beside their files: where databases are, and which commits the run is about. */
import { join } from 'node:path'
import type { CommitRange, Host, OpenedCheck, ToolSettings } from '@ci-actions/shared'
import { allTogether, findCommitRange, UserError } from '@ci-actions/shared'
import { safetyDatabase } from './safety-database.ts'
import type { Sbom } from './sboms/sbom-file.ts'
import type { ScanContext } from './scan-context.ts'
import { newestAdvisory } from './tools/osv-archive.ts'

/** Undefined where no commits are looked at: nobody wants it, or there is no repository. */
export async function commitsOfRun(
  { host, inputs }: ScanContext,
  { repository }: OpenedCheck,
): Promise<CommitRange | undefined> {
  if (inputs.mode === 'report' || inputs.history === 'off' || repository === undefined) return undefined
  const { history, offline } = inputs
  return findCommitRange(repository, host, { offline, whole: history === 'all' })
}

interface KnownSettings {
  readonly range: CommitRange | undefined
  readonly sboms: readonly Sbom[]
  /** See {@link givenDatabases}. */
  readonly databases: ToolSettings
}

export function scanSettings({ host, inputs }: ScanContext, facts: KnownSettings): ToolSettings {
  return {
    offline: inputs.offline,
    'semgrep-rules': inputs['semgrep-rules'].join('\n'),
    'verify-secrets': inputs['verify-secrets'] && !inputs.offline,
    'safety-key': (host.facts.projectEnvironment['SAFETY_API_KEY'] ?? '') !== '',
    'safety-listed': inputs.tools.includes('safety'),
    'osv-url': inputs['osv-url'] ?? '',
    'npm-registry': npmRegistry(host),
    'denied-licenses': inputs['denied-licenses'].join('\n'),
    ...facts.databases,
    'osv-download': inputs['osv-download'],
    'trivy-db-repository': inputs['trivy-db-repository'].join('\n'),
    'trivy-java-db-repository': inputs['trivy-java-db-repository'].join('\n'),
    'trivy-checks-bundle-repository': inputs['trivy-checks-bundle-repository'] ?? '',
    // What was found in those is never compared with what was found in files.
    sboms: facts.sboms.map(({ path }) => path).join('\n'),
    ...commitSettings(facts.range),
  }
}

/** As npm reads it, in any case. Settings are written down, so a login in the address is left out. */
function npmRegistry({ facts }: Host): string {
  const [, value = ''] =
    Object.entries(facts.toolEnvironment).find(([name]) => name.toLowerCase() === 'npm_config_registry') ?? []
  const url = URL.parse(value)
  if (url === null) return ''
  url.username = ''
  url.password = ''
  return url.href
}

function commitSettings(range: CommitRange | undefined): ToolSettings {
  if (range?.kind === 'all') return { 'secret-commits': 'all', 'secret-range': '' }
  if (range?.kind !== 'commits') return { 'secret-commits': '', 'secret-range': '' }
  return { 'secret-commits': range.commits.join(' '), 'secret-range': `${range.behind ?? ''}..${range.to}` }
}

/** Throws a `UserError` for those that are missing or are something else. */
export async function givenDatabases({ host, inputs }: ScanContext): Promise<ToolSettings> {
  const settings = await allTogether([
    osvDatabase(host, inputs['osv-database']),
    safetyDatabase(host, inputs['safety-database']),
  ])
  return Object.assign({}, ...settings)
}

/** A database of last month finds nothing of this month, so its age counts. */
export async function osvDatabase(host: Host, path: string | undefined): Promise<ToolSettings> {
  if (path === undefined) return {}
  const folder = join(host.facts.workspace, path)
  const ecosystems = join(folder, 'osv-scalibr')
  const ages: number[] = []
  for (const name of await host.files.list(ecosystems)) {
    const archive = join(ecosystems, name, 'all.zip')
    const status = await host.files.status(archive)
    if (status?.kind !== 'file') continue
    const newest = (await newestAdvisory(host.files, archive, name)) ?? status.modifiedMs
    ages.push((host.clock.now() - Math.min(status.modifiedMs, newest)) / 1000)
  }
  if (ages.length === 0) {
    throw new UserError(
      `\`osv-database\`: there is no database in \`${path}\`; osv-scanner looks for \`osv-scalibr/PyPI/all.zip\` there.`,
    )
  }
  return { 'osv-database': folder, 'osv-database-age': Math.max(0, ...ages) }
}
