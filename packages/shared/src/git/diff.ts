/** What changed between a commit and the working tree, from git itself and not from an API that gives up. */
import { join } from 'node:path'
import { UnavailableError } from '../action/errors.ts'
import { listUntracked } from './files.ts'
import type { LineRange } from './patch.ts'
import { readPatch } from './patch.ts'
import type { GitAnswer, Repository } from './repository.ts'
import { gitReason, isObjectId } from './repository.ts'

export interface FileChange {
  /** Repository-relative, POSIX. For a deleted file the path it had. */
  readonly path: string
  /** The path at the base, where the file was renamed. */
  readonly oldPath?: string
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed'
  /**
   * Added or changed lines of the new version, 1-based, inclusive, ascending, not touching each other. Empty for
   * deletions, binaries, links, changes of mode only, and where nothing but line endings changed. They may go on
   * behind the end of a large file that git does not track.
   */
  readonly lines: readonly LineRange[]
}

/** Settings of the user that would change what git prints are overruled one by one. */
const diffOptions: readonly string[] = [
  ...['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules=all'],
  ...['--find-renames=50%', '-l1000', '--diff-algorithm=histogram', '--no-indent-heuristic'],
]

const patchOptions: readonly string[] = [
  ...['-U0', '--inter-hunk-context=0', '--ignore-cr-at-eol', '--src-prefix=a/', '--dst-prefix=b/'],
  ...['--output-indicator-new=+', '--output-indicator-old=-'],
]

/**
 * Changes from the commit to the working tree: what is committed since, staged, not staged and not tracked
 * (unless ignored). Submodules are left out. Sorted by path.
 *
 * A line whose only change is its line ending is not a changed line: a file that switches to CRLF does not make
 * its author answer for all that was in it.
 */
export async function readChanges(repository: Repository, baseSha: string): Promise<readonly FileChange[]> {
  if (!isObjectId(baseSha)) throw new TypeError(`not a commit id: ${baseSha}`)
  const tracked = await diff(repository, baseSha, [], {})
  const untracked = await listUntracked(repository)
  const mayBeMoved = tracked.some(({ kind }) => kind === 'deleted')
  const large = mayBeMoved ? new Set<string>() : await largeAmong(repository, untracked)
  const rest = untracked.filter((path) => !large.has(path))
  const changes = rest.length === 0 ? tracked : await withUntracked(repository, baseSha, tracked, rest)
  const added = [...large].map((path) => ({ path, kind: 'added', lines: everyLine }) as const)
  return [...changes, ...added].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

const mostCounted = 1024 * 1024
const everyLine: readonly LineRange[] = [{ start: 1, end: Number.MAX_SAFE_INTEGER }]

/** Such as reports of other tools: git would take a second for each 100 MB to count lines that are all new anyway. */
async function largeAmong(
  { files, top }: Repository,
  untracked: readonly string[],
): Promise<ReadonlySet<string>> {
  const large = new Set<string>()
  for (const path of untracked) {
    const status = await files.status(join(top, ...path.split('/')))
    if (status?.kind === 'file' && status.bytes > mostCounted) large.add(path)
  }
  return large
}

type Environment = Readonly<Record<string, string>>

async function diff(
  repository: Repository,
  baseSha: string,
  paths: readonly string[],
  env: Environment,
): Promise<readonly FileChange[]> {
  const options = { env, network: 'token', timeoutMs: 5 * 60_000 } as const
  const list = await repository.git([...diffOptions, '--raw', '-z', baseSha, '--', ...paths], options)
  const records = parseRaw(required(list, baseSha))
  const withText = records.filter(hasText)
  if (withText.length === 0) return records.map((record) => changeOf(record, []))
  if (withText.every(({ isCreated }) => isCreated)) {
    const counted = await repository.git(
      [...diffOptions, '--numstat', '-z', baseSha, '--', ...paths],
      options,
    )
    const counts = parseCounts(required(counted, baseSha))
    return records.map((record) =>
      changeOf(record, hasText(record) ? wholeFile(counts.get(record.path)) : []),
    )
  }
  const file = repository.temporaryPath('patch')
  try {
    const args = [...diffOptions, ...patchOptions, baseSha, '--', ...paths]
    required(await repository.git(args, { ...options, stdoutFile: file }), baseSha)
    const ranges = await readPatch(repository.files.stream(file))
    return records.map((record) => changeOf(record, hasText(record) ? (ranges.get(record.path) ?? []) : []))
  } finally {
    await repository.files.remove(file)
  }
}

function required(answer: GitAnswer, baseSha: string): string {
  if (answer.exitCode === 0) return answer.stdout
  throw new UnavailableError(`the changes since ${baseSha.slice(0, 7)}`, gitReason(answer))
}

interface RawRecord {
  readonly path: string
  readonly oldPath?: string
  readonly kind: FileChange['kind']
  readonly mode: string
  /** All of its lines are added: what is not tracked is often large, such as a report, and its patch says no more. */
  readonly isCreated: boolean
}

function changeOf(record: RawRecord, lines: readonly LineRange[]): FileChange {
  const { path, kind, oldPath } = record
  return oldPath === undefined ? { path, kind, lines } : { path, oldPath, kind, lines }
}

const submodule = '160000'
const link = '120000'

function hasText(record: RawRecord): boolean {
  return record.kind !== 'deleted' && record.mode !== link
}

/** `:100644 100755 <old> <new> R085`, old path, new path, each ended by NUL. */
function parseRaw(output: string): readonly RawRecord[] {
  const fields = output.split('\0')
  const records = new Map<string, RawRecord>()
  for (let index = 0; index + 1 < fields.length; ) {
    const [oldMode = '', mode = '', , , status = ''] = (fields[index] ?? '').replace(/^:/, '').split(' ')
    const moved = /^[RC]/.test(status)
    const first = fields[index + 1] ?? ''
    const path = moved ? (fields[index + 2] ?? '') : first
    index += moved ? 3 : 2
    const kind = kindOf(status, oldMode, mode)
    if (kind !== undefined)
      records.set(path, {
        ...{ path, kind, mode, isCreated: status === 'A' },
        ...(kind === 'renamed' ? { oldPath: first } : {}),
      })
  }
  return [...records.values()]
}

/** `12`, a tab, `0`, a tab, and the path, ended by NUL; hyphens in place of the numbers of a binary file. */
function parseCounts(output: string): ReadonlyMap<string, number> {
  const counts = output.split('\0').flatMap((record) => {
    const [, added, path] = /^(\d+)\t\d+\t(.+)$/s.exec(record) ?? []
    return path === undefined ? [] : [[path, Number(added)] as const]
  })
  return new Map(counts)
}

function wholeFile(lines: number | undefined): readonly LineRange[] {
  return lines === undefined || lines === 0 ? [] : [{ start: 1, end: lines }]
}

/** A file that becomes a submodule is gone, one that was a submodule is new. */
function kindOf(status: string, oldMode: string, mode: string): FileChange['kind'] | undefined {
  const was = oldMode !== submodule && oldMode !== '000000'
  const is = mode !== submodule && mode !== '000000'
  if (status.startsWith('U')) return 'modified'
  if (!was && !is) return undefined
  if (!was || !is) return is ? 'added' : 'deleted'
  return status.startsWith('R') ? 'renamed' : status.startsWith('C') ? 'added' : 'modified'
}

/** Bytes of paths in one command; Windows allows 32,767 characters in all. */
const pathBudget = 24_000

/**
 * Files that git does not track are compared through an index of their own that holds nothing else, together
 * with the deleted ones, so that a file moved without `git mv` is a rename here too.
 */
async function withUntracked(
  repository: Repository,
  baseSha: string,
  tracked: readonly FileChange[],
  untracked: readonly string[],
): Promise<readonly FileChange[]> {
  const index = repository.temporaryPath('index')
  const env = { GIT_INDEX_FILE: index }
  const deleted = tracked.filter((change) => change.kind === 'deleted').map((change) => change.path)
  const together = sizeOf([...deleted, ...untracked]) <= pathBudget
  const groups = together ? [[...deleted, ...untracked]] : inGroups(untracked)
  try {
    const entries = untracked.map((path) => `100644 ${'1'.repeat(baseSha.length)} 0\t${path}\0`).join('')
    required(await repository.git(['update-index', '-z', '--index-info'], { env, stdin: entries }), baseSha)
    const found: FileChange[] = []
    for (const paths of groups) found.push(...(await diff(repository, baseSha, paths, env)))
    const replaced = new Set([...untracked, ...found.flatMap(({ path, oldPath = path }) => [path, oldPath])])
    return [...tracked.filter((change) => !replaced.has(change.path)), ...found]
  } finally {
    await repository.files.remove(index)
  }
}

function sizeOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + Buffer.byteLength(path) + 1, 0)
}

function inGroups(paths: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = []
  let room = 0
  for (const path of paths) {
    const size = sizeOf([path])
    if (size > room) {
      groups.push([])
      room = pathBudget
    }
    groups.at(-1)?.push(path)
    room -= size
  }
  return groups
}
