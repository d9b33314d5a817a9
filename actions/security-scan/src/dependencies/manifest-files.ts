/** Reads the files that say what a project depends on. Bounded, and never outside the repository. */
import { posix } from 'node:path'
import type { ConfigFile, Host, InsideRequest, JsonRecord, Project } from '@ci-actions/shared'
import {
  filesInScope,
  hiderFor,
  insideFile,
  isRecord,
  messageOf,
  parseConfigFile,
  parseJsonText,
  parseToml,
  parseYaml,
  secretsIn,
} from '@ci-actions/shared'
import { isLockName } from '../tools/python-locks.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import { parseBunLock } from './bun-lock.ts'
import { isRequirementsPath } from './python-sets.ts'

export interface ManifestFiles {
  /** By repository-relative path. */
  readonly files: ReadonlyMap<string, ConfigFile>
  readonly unread: readonly { readonly path: string; readonly why: string }[]
}

const nodeLocks = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
])
const otherNames = new Set(['pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile', 'package.json'])

/** Of all manifests of a project; a repository with more of them holds test data. */
const mostFiles = 2000
/** Of one file. */
export const mostManifestBytes = 32 * 1024 * 1024
const mostBytesInAll = 256 * 1024 * 1024
/** Slow to parse: 8 MiB take some seconds. */
const longestYaml = 8 * 1024 * 1024

export function isManifest(path: string): boolean {
  const name = posix.basename(path)
  if (/(?:^|\/)(?:node_modules|site-packages)\//.test(path)) return false
  return otherNames.has(name) || isLockFile(name) || isRequirementsPath(path) || isConstraints(name)
}

/** Of Python or Node. */
export function isLockFile(name: string): boolean {
  return isLockName(name) || nodeLocks.has(name)
}

/** With lock files that stand above the project, as those of a workspace do. */
export async function readManifests(host: Host, top: string, project: Project): Promise<ManifestFiles> {
  const known = project.files.map((path) => posix.join(project.folder, path))
  const wanted = filesInScope(project)
    .filter(isManifest)
    .map((path) => posix.join(project.folder, path))
  const leftOut = new Set(known).difference(new Set(wanted))
  const files = new Map(
    project.configuration
      .filter(({ path }) => isManifest(path) && !leftOut.has(path))
      .map((file) => [file.path, file.name in parsers ? parseManifest(file.path, file.text) : file]),
  )
  const unread = new Map<string, string>()
  const real = await host.files.realPath(top)
  let left = mostBytesInAll
  const waiting = wanted.slice(0, mostFiles)
  for (const path of wanted.slice(mostFiles)) unread.set(path, `there are more than ${mostFiles} such files`)
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const file =
      files.get(path) ??
      (await readFile(host, { folder: top, path, top: real, maxBytes: Math.min(mostManifestBytes, left) }))
    if ('why' in file) {
      unread.set(path, file.why)
      continue
    }
    hideLogins(host, project, file.text)
    left -= files.has(path) ? 0 : file.text.length
    files.set(path, file)
    const error = file.error ?? notText(file)
    if (error !== undefined) unread.set(path, error)
    if (!isRequirementsPath(path) && !file.name.endsWith('.txt')) continue
    const { includes } = readRequirements(path, file.text)
    const more = includes.filter((each) => !files.has(each) && !unread.has(each) && !waiting.includes(each))
    waiting.push(...more.slice(0, Math.max(0, mostFiles - files.size - waiting.length)))
  }
  return { files, unread: [...unread].map(([path, why]) => ({ path, why })) }
}

/** PowerShell writes UTF-16, which pip reads and scanners do not. */
function notText({ text }: ConfigFile): string | undefined {
  return text.includes('\0') ? 'it is not in UTF-8, so that no scanner reads it; save it as UTF-8' : undefined
}

/** No scanner has to know them, and they would stand in a patch, or in what a package manager prints. */
function hideLogins({ runner }: Host, project: Project, text: string): void {
  const hide = hiderFor(project, runner.hide)
  for (const secret of secretsIn('', text)) hide(secret)
}

async function readFile(
  { files }: Host,
  request: InsideRequest,
): Promise<ConfigFile | { readonly why: string }> {
  try {
    const found = await insideFile(files, request)
    return 'why' in found ? found : parseManifest(request.path, (await files.readText(found.path)) ?? '')
  } catch (error) {
    return { why: messageOf(error) }
  }
}

/** With `error` where it does not parse. */
export function parseManifest(path: string, text: string): ConfigFile {
  const name = posix.basename(path)
  const parse = parsers[name]
  if (parse === undefined) return parseConfigFile(path, text)
  try {
    const data = parse(text)
    if (!isRecord(data)) throw new Error('it holds no table')
    return { name, path, text, data }
  } catch (error) {
    return { name, path, text, error: messageOf(error) }
  }
}

/** Of files that the core does not know, or does not parse. */
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  Pipfile: parseToml,
  'package.json': parseJsonText,
  'package-lock.json': parseJsonText,
  'npm-shrinkwrap.json': parseJsonText,
  'pnpm-lock.yaml': parsePnpmLock,
  'bun.lock': parseBunLock,
}

/** Since version 11 a document before it locks pnpm itself and its plugins. https://pnpm.io/settings#configdependencies */
function parsePnpmLock(text: string): unknown {
  const [, own, main] = /^---\r?\n([\s\S]*?\n)---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (own === undefined || main === undefined) return parseYaml(text, longestYaml)
  const [environment, project] = [own, main].map((each) => parseYaml(each, longestYaml))
  if (!isRecord(environment) || !isRecord(project)) return project
  const both = (key: string) => ({ ...recordAt(environment, key), ...recordAt(project, key) })
  return { ...project, packages: both('packages'), snapshots: both('snapshots') }
}

function recordAt(record: JsonRecord, key: string): JsonRecord {
  const value = record[key]
  return isRecord(value) ? value : {}
}

function isConstraints(name: string): boolean {
  return /^[\w.-]*constraints[\w.-]*\.txt$/.test(name)
}
