import { posix } from 'node:path'
import type { Invocation, Notice, Project, Tool, ToolRequest } from '@ci-actions/shared'
import { filesInScope, ToolOutputError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { factsOfLock, npmLockIn } from './npm-lock-facts.ts'
import { adviceOf, ageOf, failureOf, keptSchema, refreshedBy, withDownload } from './osv-databases.ts'
import type { AboutPackage, OsvPackage } from './osv-scanner-report.ts'
import { parseOsvScannerReport } from './osv-scanner-report.ts'
import type { PythonAudit } from './python-audits.ts'
import { openPythonAudits } from './python-audits.ts'
import { readsPython } from './python-files.ts'
import { normalName } from './python-locks.ts'
import type { RequirementsPart } from './python-requirements-lists.ts'
import { nameSome } from './risk-finding.ts'
import { withoutRoot } from './scope.ts'

/** Files that say which versions are installed. */
const lockNames = new Set([
  ...['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pdm.lock', 'pylock.toml'],
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'],
  ...['Cargo.lock', 'go.mod', 'Gemfile.lock', 'gems.locked', 'composer.lock', 'mix.lock', 'pubspec.lock'],
  ...[
    'gradle.lockfile',
    'buildscript-gradle.lockfile',
    'packages.lock.json',
    'packages.config',
    'conan.lock',
    'renv.lock',
  ],
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
  database: keptSchema,
  configuredBy: (project) => project.files.filter((file) => posix.basename(file) === 'osv-scanner.toml'),
  reads: readsPython,
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
    const again = withDownload(output, said)
    if (again !== undefined) return { findings: [], followUp: [again] }
    if (exitCode === failed) throw failureOf(output, said)
    const read = [...said.matchAll(/^Scanned (.*) file and found \d+ packages?/gm)].map(
      ([, path = '']) => path,
    )
    refuseUnread(request, read)
    const notices = noticesOf(said)
    const about = {
      measurements: [ageOf(output, said)],
      refreshed: refreshedBy(output, said),
      filesChecked: read.length,
    }
    if (exitCode === noPackages)
      return { findings: [], notices: [...notices, nothingLocked(request)], ...about }
    const unpinned = new Set<string>()
    const { findings } = parseOsvScannerReport(await stdout.text(), (each) =>
      aboutOf(each, request.project, unpinned),
    )
    if (exitCode === found && findings.length === 0 && unpinned.size === 0)
      throw new ToolOutputError('OSV-Scanner says that it found something, and printed nothing.')
    return { findings, notices: [...notices, ...unpinnedNotice(request.project)], ...about }
  },
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

/** Those of which there is a list of versions, whether pip-audit looks at it or not: it is known by its name. */
function audits(project: Project): readonly Exclude<PythonAudit, { kind: 'project' }>[] {
  const { audits: all, lists } = openPythonAudits(project)
  return [...all.filter((each) => each.kind === 'lock'), ...lists]
}

function invocationOf(request: ToolRequest): Invocation {
  return scanOf(
    request,
    request.files.map((file) => `${readAs(file)}:${file}`),
  )
}

/** `lists`: values of the option for a lock file. */
export function scanOf(request: ToolRequest, lists: readonly string[]): Invocation {
  const { args, env } = adviceOf(request)
  return {
    args: [
      ...['scan', 'source', '--format=json', '--no-resolve', '--all-packages', ...args],
      ...request.args,
      ...lists.flatMap((list) => ['-L', list]),
    ],
    env,
    exitCodes: [0, found, failed, noPackages],
  }
}

/** Before the colon; nothing there means by the file's name, and lets colons stand in the path. */
function readAs(file: string): string {
  const name = posix.basename(file)
  if (name === 'npm-shrinkwrap.json') return 'package-lock.json'
  return /\.(?:txt|in)$/.test(file) ? 'requirements.txt' : ''
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
  const place = dependency.ecosystem === 'pypi' ? placeIn(source, project) : undefined
  if (place === undefined) return npmPackage(each, project) ?? { dependency, location: { path: source } }
  const { audit, part } = place
  if (part !== undefined && isUnpinned(part, dependency.name)) {
    unpinned.add(dependency.name)
    return undefined
  }
  return {
    dependency: dependencyOf(audit, dependency, project),
    location: placeOf(audit, dependency.name, project),
  }
}

interface Place {
  readonly audit: PythonAudit
  /** Of a list of requirements, the one file. */
  readonly part?: RequirementsPart | undefined
}

/** The longest path that fits: `requirements.txt` is the end of others. */
function placeIn(source: string, project: Project): Place | undefined {
  const places = audits(project).flatMap((audit): readonly (Place & { readonly path: string })[] =>
    audit.kind === 'requirements'
      ? audit.parts.map((part) => ({ audit, part, path: pathOf(project, part.file) }))
      : [{ audit, path: pathOf(project, audit.file) }],
  )
  const fitting = places.filter(({ path }) => endsWith(source, path))
  return fitting.toSorted((a, b) => b.path.length - a.path.length)[0]
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
function isUnpinned({ list }: RequirementsPart, name: string): boolean {
  const own = list.requirements.filter((each) => each.name === normalName(name))
  return own.length > 0 && own.every(({ version }) => version === undefined)
}

function unpinnedNotice(project: Project): readonly Notice[] {
  const parts = audits(project).flatMap((audit) => (audit.kind === 'requirements' ? audit.parts : []))
  return [...new Map(parts.map((part) => [part.file.path, part])).values()].flatMap(
    ({ file, list }): readonly Notice[] => {
      const names = list.requirements.flatMap(({ name, version }) => (version === undefined ? [name] : []))
      if (names.length === 0) return []
      const [have, them] = names.length === 1 ? ['has', 'it'] : ['have', 'them']
      const message = `${file.path}: ${nameSome(names)} ${have} no exact version, so OSV-Scanner cannot look at ${them}. A lock file would name one.`
      return [{ level: 'warning', message }]
    },
  )
}
