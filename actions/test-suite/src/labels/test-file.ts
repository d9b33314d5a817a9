/** The file that a test is in, in the repository's terms, however its runner names it. Pure. */
import { normalisePath } from '@ci-actions/shared'
import { parsePrintedPath } from '../coverage/printed-path.ts'
import type { RepositoryPaths } from '../coverage/repository-paths.ts'
import { repositoryPaths } from '../coverage/repository-paths.ts'
import { ownCopy } from '../results/own-copy.ts'
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
  const names = new Set(folders.files.map((file) => file.slice(file.lastIndexOf('/') + 1)))
  const find = (name: string, isPath: boolean) => {
    if (name === '') return undefined
    if (isPath || /[\\/]/.test(name)) return fileOfPath(name, folders, repository)
    return fileOfEnding(name, repository) ?? fileOfClass(name, repository, names)
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

/** `tests.unit.test_a.TestA` is in `tests/unit/test_a.py`, if there is such a file. `names`: of all files. */
function fileOfClass(
  name: string,
  repository: RepositoryPaths,
  names: ReadonlySet<string>,
): string | undefined {
  const parts = name.split(/[.$]/, 50)
  for (let length = parts.length; length > 0; length--) {
    const stem = parts.slice(0, length).join('/')
    const last = parts[length - 1] ?? ''
    for (const suffix of suffixes) {
      // Most of what could be meant is not there, and a path is not looked up for nothing.
      if (last !== '' && !names.has(last + suffix)) continue
      const file = fileOfEnding(stem + suffix, repository)
      if (file?.endsWith(stem + suffix)) return file
    }
  }
  return undefined
}
