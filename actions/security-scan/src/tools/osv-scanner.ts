import { posix } from 'node:path'
import type { Invocation, Notice, Project, Tool, ToolRequest } from '@ci-actions/shared'
import { filesInScope, lastLines, ToolOutputError, UnavailableError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { factsOfLock, npmLockIn } from './npm-lock-facts.ts'
import type { AboutPackage, OsvPackage } from './osv-scanner-report.ts'
import { parseOsvScannerReport } from './osv-scanner-report.ts'
import type { PythonAudit } from './python-audits.ts'
import { pythonAudits } from './python-audits.ts'
import { nameSome } from './risk-finding.ts'
import { withoutRoot } from './scope.ts'

/** Files that say which versions are installed. */
const lockNames = new Set([
  ...['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pdm.lock', 'pylock.toml'],
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'],
  ...['Cargo.lock', 'go.mod', 'Gemfile.lock', 'gems.locked', 'composer.lock', 'mix.lock', 'pubspec.lock'],
  ...['gradle.lockfile', 'buildscript-gradle.lockfile', 'packages.lock.json', 'conan.lock', 'renv.lock'],
  ...['cabal.project.freeze', 'stack.yaml.lock'],
])

export const found = 1
export const failed = 127
export const noPackages = 128

/**
 * Reads lock files of all languages. Versions that it would have to look up elsewhere (`--no-resolve`) are not asked for:
 * what is scanned is what is locked.
 */
export const osvScanner: Tool = {
  id: 'osv-scanner',
  name: 'OSV-Scanner',
  homepage: 'https://google.github.io/osv-scanner/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings', 'database-age'],
  install: { kind: 'binary', name: 'osv-scanner' },
  configuredBy: (project) => project.files.filter((file) => posix.basename(file) === 'osv-scanner.toml'),
  applies: (project) => {
    const files = lockFiles(project)
    if (files.length > 0) return { runs: true, files }
    return {
      runs: false,
      status: 'not-applicable',
      why: 'There is no lock file or requirements file in scope.',
    }
  },
  invocations: (request) => [invocationOf(request)],
  async parse(output) {
    const { request, exitCode, stdout, stderr } = output
    const said = withoutRoot(await stderr.text(), request.project)
    if (exitCode === failed) throw failureOf(said)
    const read = [...said.matchAll(/^Scanned (.*) file and found \d+ packages?/gm)].map(
      ([, path = '']) => path,
    )
    refuseUnread(request, read)
    const notices = noticesOf(said)
    const filesChecked = read.length
    const measurements = [{ metric: 'database-age', value: ageOf(request) }]
    if (exitCode === noPackages)
      return { findings: [], notices: [...notices, nothingLocked(request)], measurements, filesChecked }
    const unpinned = new Set<string>()
    const { findings } = parseOsvScannerReport(await stdout.text(), (each) =>
      aboutOf(each, request.project, unpinned),
    )
    if (exitCode === found && findings.length === 0 && unpinned.size === 0)
      throw new ToolOutputError('OSV-Scanner says that it found something, and printed nothing.')
    return {
      findings,
      notices: [...notices, ...unpinnedNotice(request.project)],
      measurements,
      filesChecked,
    }
  },
}

/** In seconds, of the local database; a service that is asked is of today. */
export function ageOf({ settings }: ToolRequest): number {
  const age = settings['osv-database-age']
  return typeof age === 'number' ? Math.round(age) : 0
}

/** Those that `pip-audit` reads too, and all others by their names, in any folder. */
function lockFiles(project: Project): readonly string[] {
  const python = audits(project).map(({ file }) => pathOf(project, file))
  const others = filesInScope(project).filter((path) => isLockFile(path))
  return [...new Set([...python, ...others])].sort()
}

function isLockFile(path: string): boolean {
  const name = posix.basename(path)
  return lockNames.has(name) || /^pylock\.[\w-]+\.toml$/.test(name) || /^requirements[\w.-]*\.txt$/.test(name)
}

/** Those of which there is a list of versions. */
function audits(project: Project): readonly Exclude<PythonAudit, { kind: 'project' }>[] {
  return pythonAudits(project).filter((each) => each.kind !== 'project')
}

function invocationOf(request: ToolRequest): Invocation {
  return scanOf(
    request,
    request.files.map((file) => `${readAs(file)}:${file}`),
  )
}

/** `lists`: values of the option for a lock file. */
export function scanOf({ args, settings }: ToolRequest, lists: readonly string[]): Invocation {
  const database = settings['osv-database']
  const local = typeof database === 'string' && database !== ''
  return {
    args: [
      ...['scan', 'source', '--format=json', '--no-resolve', '--all-packages'],
      ...(local || settings['offline'] === true ? ['--offline'] : []),
      ...args,
      ...lists.flatMap((list) => ['-L', list]),
    ],
    ...(local && { env: { OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY: database } }),
    exitCodes: [0, found, failed, noPackages],
  }
}

/** Before the colon; nothing there means by the file's name, and lets colons stand in the path. */
function readAs(file: string): string {
  const name = posix.basename(file)
  if (name === 'npm-shrinkwrap.json') return 'package-lock.json'
  return file.endsWith('.txt') ? 'requirements.txt' : ''
}

/** With 127 the report is empty and looks clean. */
export function failureOf(stderr: string): Error {
  const last = lastLines(stderr, 3)
  const database = /could not load db for (.*?) ecosystem/.exec(stderr)?.[1]
  if (database !== undefined)
    return new UnavailableError(
      `the local database of ${database}`,
      'OSV-Scanner looked at nothing without it. Download it first, or leave `offline` out.',
    )
  if (/request failed|max retries exceeded|dial tcp|TLS handshake/.test(stderr))
    return new UnavailableError('the service of OSV', last)
  return new ToolOutputError(`OSV-Scanner could not read what it was given: ${last}`)
}

/** It goes on without a file that it does not know. */
function refuseUnread({ files }: ToolRequest, read: readonly string[]): void {
  const unread = files.filter((file) => !read.some((path) => endsWith(path, file)))
  if (unread.length > 0)
    throw new ToolOutputError(`OSV-Scanner did not look at ${nameSome(unread)}, which it was given.`)
}

/** Printed paths are absolute, with links resolved. */
function endsWith(printed: string, file: string): boolean {
  const path = printed.replaceAll('\\', '/')
  return path === file || path.endsWith(`/${file.replace(/^(?:\.\.\/)+/, '')}`)
}

function nothingLocked({ files }: ToolRequest): Notice {
  return { level: 'notice', message: `There are no packages in ${nameSome(files)}.` }
}

/** `osv-scanner.toml` beside a lock file can make findings disappear; whatever it does is said. */
function noticesOf(stderr: string): readonly Notice[] {
  // The list of unused entries has a line for each.
  const whole = stderr.replaceAll(/\r?\n - /g, ' ')
  return whole.split(/\r?\n/).flatMap((line): readonly Notice[] => {
    if (/has unused ignores:|^Warning/.test(line)) return [{ level: 'warning', message: line }]
    if (/ filtered out because: |^Filtered \d+ /.test(line)) return [{ level: 'notice', message: line }]
    return []
  })
}

/** What the project's own files say about a Python package; undefined where its version is not the one installed. */
function aboutOf(each: OsvPackage, project: Project, unpinned: Set<string>): AboutPackage | undefined {
  const { dependency, source } = each
  const audit = audits(project).find(({ file }) => endsWith(source, pathOf(project, file)))
  if (audit === undefined || dependency.ecosystem !== 'pypi')
    return npmPackage(each, project) ?? { dependency, location: { path: source } }
  if (audit.kind === 'requirements' && isUnpinned(audit, dependency.name)) {
    unpinned.add(dependency.name)
    return undefined
  }
  return {
    dependency: dependencyOf(audit, dependency, project),
    location: placeOf(audit, dependency.name, project),
  }
}

function npmPackage({ dependency, source }: OsvPackage, project: Project): AboutPackage | undefined {
  const lock = npmLockIn(project, '.')
  if (lock === undefined || dependency.ecosystem !== 'npm' || !endsWith(source, pathOf(project, lock)))
    return undefined
  return factsOfLock(
    project,
    lock,
  )(({ name, version }) => name === dependency.name.toLowerCase() && version === dependency.version)
}

/** It takes `flask>=1` for Flask 1, which nobody installs. */
function isUnpinned(audit: Extract<PythonAudit, { kind: 'requirements' }>, name: string): boolean {
  const own = audit.list.requirements.filter(
    (each) => each.name === name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
  )
  return own.length > 0 && own.every(({ version }) => version === undefined)
}

function unpinnedNotice(project: Project): readonly Notice[] {
  return audits(project).flatMap((audit): readonly Notice[] => {
    if (audit.kind !== 'requirements') return []
    const names = audit.list.requirements
      .filter(({ version }) => version === undefined)
      .map(({ name }) => name)
    if (names.length === 0) return []
    const message = `${audit.file.path}: ${nameSome(names)} ${names.length === 1 ? 'has' : 'have'} no exact version, so OSV-Scanner cannot look at ${names.length === 1 ? 'it' : 'them'}. A lock file would name one.`
    return [{ level: 'warning', message }]
  })
}
