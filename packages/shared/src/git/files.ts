/** The files of the working tree. */
import { resolve, sep } from 'node:path'
import { UnavailableError } from '../action/errors.ts'
import type { Files } from '../host/ports.ts'
import type { Repository } from './repository.ts'
import { gitReason } from './repository.ts'

export interface Tree {
  /**
   * Tracked files and untracked ones that are not ignored, as far as they exist: repository-relative, POSIX,
   * sorted. Without submodules, and without links other than those to a file of the working tree.
   */
  readonly files: readonly string[]
  /** Where those of `files` end that are links, through however many others: repository-relative. */
  readonly links: ReadonlyMap<string, string>
}

/** `files` of {@link listTree}. */
export async function listFiles(repository: Repository): Promise<readonly string[]> {
  return (await listTree(repository)).files
}

export async function listTree(repository: Repository): Promise<Tree> {
  const [tracked, untracked, deleted] = await Promise.all([
    listTracked(repository),
    listUntracked(repository),
    namesOf(repository, ['ls-files', '-z', '--deleted']),
  ])
  const gone = new Set(deleted)
  const links = new Set(tracked.filter(isLink).map((file) => file.path))
  const doubtful = new Set([
    ...untracked,
    ...tracked.filter((file) => isLink(file) || file.sparse).map((file) => file.path),
  ])
  const ends = new Map<string, string>()
  const paths = new Set([...tracked.map((file) => file.path), ...untracked].filter((path) => !gone.has(path)))
  for (const path of doubtful) {
    const kind = (await repository.files.status(resolve(repository.top, path)))?.kind
    if (kind === 'link') links.add(path)
    const end = kind === 'link' ? await fileAtEnd(repository, path) : undefined
    if (end !== undefined) ends.set(path, end)
    else if (kind !== 'file') paths.delete(path)
  }
  return { files: [...paths].filter((path) => !isBehind(links, path)).sort(), links: ends }
}

/** Untracked and not ignored; a repository inside this one counts as its submodule, not as files. */
export async function listUntracked(repository: Repository): Promise<readonly string[]> {
  const names = await namesOf(repository, ['ls-files', '-z', '--others', '--exclude-standard'])
  return names.filter((name) => !name.endsWith('/'))
}

/** Links whose end is no part of the working tree, sorted: outside of it, or nothing on this machine. */
export async function listLinksOutside(repository: Repository): Promise<readonly string[]> {
  const { files, top } = repository
  const root = await files.realPath(top)
  const tracked = (await listTracked(repository)).filter(isLink).map(({ path }) => path)
  const outside = new Set<string>()
  for (const path of [...tracked, ...(await listUntracked(repository))]) {
    const absolute = resolve(top, path)
    if ((await files.status(absolute))?.kind !== 'link') continue
    const end = await endOfLink(files, absolute)
    if (root === undefined || end === undefined || !isInTree(root, end)) outside.add(path)
  }
  return [...outside].sort()
}

/** What the index names and the working tree does not hold, each sorted. */
export interface AbsentFiles {
  /** Tracked files that a sparse checkout leaves out. */
  readonly sparse: readonly string[]
  /** Paths of repositories that this one names a commit of, whether they are checked out or not. */
  readonly submodules: readonly string[]
}

export async function listAbsent(repository: Repository): Promise<AbsentFiles> {
  const entries = await listEntries(repository)
  const [submodules, files] = [entries.filter(isSubmodule), entries.filter((each) => !isSubmodule(each))]
  return { sparse: pathsOf(files.filter(({ sparse }) => sparse)), submodules: pathsOf(submodules) }
}

function pathsOf(entries: readonly IndexEntry[]): readonly string[] {
  return [...new Set(entries.map(({ path }) => path))].sort()
}

interface IndexEntry {
  readonly path: string
  /** Of git, such as `100644`. */
  readonly mode: string
  /** Left out by a sparse checkout, probably. */
  readonly sparse: boolean
}

function isSubmodule({ mode }: IndexEntry): boolean {
  return mode === '160000'
}

function isLink({ mode }: IndexEntry): boolean {
  return mode === '120000'
}

/** Without submodules. */
async function listTracked(repository: Repository): Promise<readonly IndexEntry[]> {
  return (await listEntries(repository)).filter((entry) => !isSubmodule(entry))
}

/** `H 100644 <object> 0<tab>path`; `S` in front marks what a sparse checkout leaves out. */
async function listEntries(repository: Repository): Promise<readonly IndexEntry[]> {
  return (await namesOf(repository, ['ls-files', '-z', '-t', '--stage'])).map((line) => {
    const tab = line.indexOf('\t')
    const [tag, mode = ''] = line.slice(0, tab).split(' ')
    return { path: line.slice(tab + 1), mode, sparse: tag === 'S' }
  })
}

async function namesOf(repository: Repository, args: readonly string[]): Promise<readonly string[]> {
  const answer = await repository.git(args)
  if (answer.exitCode !== 0) throw new UnavailableError('the list of files', gitReason(answer))
  return answer.stdout.split('\0').filter((name) => name !== '')
}

/** Undefined for a link that ends at no file of the working tree. */
async function fileAtEnd(repository: Repository, path: string): Promise<string | undefined> {
  const { files, top } = repository
  const [end, root] = [await endOfLink(files, resolve(top, path)), await files.realPath(top)]
  if (end === undefined || root === undefined) return undefined
  if (!isInTree(root, end) || (await files.status(end))?.kind !== 'file') return undefined
  return end.slice(root.length + 1).replaceAll(sep, '/')
}

function isInTree(root: string, end: string): boolean {
  if (end === root) return true
  return end.startsWith(root + sep) && !end.startsWith(`${root}${sep}.git${sep}`)
}

/** Undefined where a link leads nowhere, in a circle, or to what may not be read. */
export async function endOfLink(files: Files, path: string): Promise<string | undefined> {
  return files.realPath(path).catch(() => undefined)
}

/** A folder that was replaced by a link after its files were tracked: they are no longer there. */
function isBehind(links: ReadonlySet<string>, path: string): boolean {
  for (let slash = path.indexOf('/'); links.size > 0 && slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (links.has(path.slice(0, slash))) return true
  }
  return false
}

const marks = ['linguist-generated', 'linguist-vendored']

/** Those of `paths` that `.gitattributes` marks as generated or vendored. */
export async function generatedFiles(
  repository: Repository,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set()
  const stdin = paths.map((path) => `${path}\0`).join('')
  const answer = await repository.git(['check-attr', '--stdin', '-z', ...marks], { stdin })
  if (answer.exitCode !== 0) throw new UnavailableError('the attributes of files', gitReason(answer))
  const fields = answer.stdout.split('\0')
  const found = new Set<string>()
  for (let index = 0; index + 2 < fields.length; index += 3) {
    const [path, , value] = fields.slice(index, index + 3)
    if (path !== undefined && (value === 'set' || value === 'true')) found.add(path)
  }
  return found
}
