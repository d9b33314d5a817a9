/** The file that a test is in, in the repository's terms, however its runner names it. Pure. */
import { normalisePath, ownCopy } from '@ci-actions/shared'
import { parsePrintedPath } from '../coverage/printed-path.ts'
import type { RepositoryPaths } from '../coverage/repository-paths.ts'
import { repositoryPaths } from '../coverage/repository-paths.ts'
import type { TestResult } from '../results/test-result.ts'

export interface TestFolders {
  /** Absolute path of the repository. */
  readonly top: string
  /** Absolute path that printed paths are relative to. */
  readonly cwd: string
  /** Repository-relative. */
  readonly files: readonly string[]
}

type NamedTest = Pick<TestResult, 'file' | 'classname' | 'suites'>

/** Files of classes that runners name with dots. */
const suffixes = ['.py', '.java', '.kt', '.scala']
const mostKnown = 50_000

/**
 * Repository-relative. A path as it was printed where the repository has no such file (there may be no checkout);
 * undefined where a test names none, or one that lies elsewhere. Remembers what it found, in bounded memory.
 */
export function testFiles(folders: TestFolders): (test: NamedTest) => string | undefined {
  const repository = repositoryPaths(folders.files)
  const names = namesOf(folders.files)
  const find = (name: string, isPath: boolean) => {
    if (name === '') return undefined
    if (isPath || /[\\/]/.test(name)) return fileOfPath(name, folders, repository)
    const file = names.whole.has(name) ? fileOfEnding(name, repository) : undefined
    return file ?? fileOfClass(name, repository, names)
  }
  const known = new Map<string, string | undefined>()
  // Tests of one file mostly follow each other.
  let last: { readonly name: string; readonly isPath: boolean; readonly file: string | undefined } | undefined
  return ({ file, classname, suites }) => {
    const name = file ?? (classname || (suites.at(-1) ?? ''))
    const isPath = file !== undefined
    if (last?.name === name && last.isPath === isPath) return last.file
    const key = isPath ? `/${name}` : name
    if (!known.has(key)) {
      if (known.size >= mostKnown) known.clear()
      known.set(ownCopy(key), find(name, isPath))
    }
    // No copy of its own: the very same string is compared fastest, and it holds on to one chunk at most.
    last = { name, isPath, file: known.get(key) }
    return last.file
  }
}

function fileOfPath(
  printed: string,
  { top, cwd }: TestFolders,
  repository: RepositoryPaths,
): string | undefined {
  const { path, outside } = normalisePath(printed, { workspace: top, cwd })
  if (!outside && repository.has(path)) return path
  return fileOfEnding(printed, repository) ?? (outside ? undefined : path)
}

/** A path of another machine, or relative to another folder, where exactly one file can be meant. */
function fileOfEnding(printed: string, repository: RepositoryPaths): string | undefined {
  const { segments, windows, absolute } = parsePrintedPath(printed)
  const { length, count, paths } = repository.longest(segments, windows)
  const [only] = paths
  if (count !== 1 || only === undefined) return undefined
  // A name alone is too little for a file that lies at the top here, and below a folder there.
  const whole = absolute && length > 1 && length === only.split('/').length
  return whole || length === segments.length ? only : undefined
}

/** Most of what could be meant is not there, and a path is not looked up for nothing. */
interface FileNames {
  readonly whole: ReadonlySet<string>
  /** Up to the first dot. */
  readonly stems: ReadonlySet<string>
}

function namesOf(files: readonly string[]): FileNames {
  const whole = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)))
  return { whole, stems: new Set([...whole].map((name) => name.split('.', 1)[0] ?? '')) }
}

/** `tests.unit.test_a.TestA` is in `tests/unit/test_a.py`, if there is such a file. */
function fileOfClass(name: string, repository: RepositoryPaths, names: FileNames): string | undefined {
  const parts = name.split(/[.$]/, 50)
  for (let length = parts.length; length > 0; length--) {
    const last = parts[length - 1] ?? ''
    if (!names.stems.has(last)) continue
    for (const suffix of suffixes) {
      if (!names.whole.has(last + suffix)) continue
      const ending = repository.longest([...parts.slice(0, length - 1), last + suffix], false)
      if (ending.count === 1 && ending.length === length) return ending.paths[0]
    }
  }
  return undefined
}
