/** Says of each test what kind it is, in which package and in which leg it ran; what nothing says stays out. */
import { pathMatcher } from '@ci-actions/shared'
import type { ResultSink, TestKind, TestResult } from '../results/test-result.ts'
import { testKinds } from '../results/test-result.ts'
import { kindByFolder } from './kind-folders.ts'
import type { TestFolders } from './test-file.ts'
import { testFiles } from './test-file.ts'

export interface LabelRules extends TestFolders {
  /** Globs of repository-relative files by kind; the first that fits decides. Unknown kinds were refused before. */
  readonly kinds: Readonly<Record<string, readonly string[]>>
  /** Folders are repository-relative; empty where the project has no packages. */
  readonly packages: readonly { readonly name: string; readonly folder: string }[]
}

export interface TestLabels {
  /** Hands on each test, with its labels in place of those that it had. */
  sink(next: ResultSink, leg?: string): ResultSink
  /** Globs of `kinds` that fitted no test so far. */
  unused(): readonly string[]
}

export function labelTests(rules: LabelRules): TestLabels {
  const fileOf = testFiles(rules)
  const patterns = patternsOf(rules.kinds)
  const unused = new Set(patterns.map(({ glob }) => glob))
  const packageOf = packageFinder(rules.packages)
  const byFile = remember((file) => {
    const fitting = patterns.filter(({ fits }) => fits(file))
    // The first one decides; another one that fits as well is of use too.
    for (const { glob } of fitting) unused.delete(glob)
    return { given: fitting[0]?.kind, folder: kindByFolder(file), package: packageOf(file) }
  })
  return {
    sink: (next, leg) => ({
      test: (result) => {
        const file = fileOf(result)
        const found = file === undefined ? nothing : byFile(file)
        const own: Labels = result
        own.kind = found.given ?? result.kind ?? found.folder
        own.package = found.package ?? packageKept(result, rules)
        own.leg = leg
        next.test(result)
      },
    }),
    unused: () => [...unused],
  }
}

/** Written into the test itself: a copy of each costs as much as to read it. */
type Labels = { -readonly [name in 'kind' | 'package' | 'leg']?: TestResult[name] }

const nothing = { given: undefined, folder: undefined, package: undefined }

/** A job that merges may not see the file that the job with the tests saw. */
function packageKept(result: TestResult, { packages }: LabelRules): string | undefined {
  return packages.find(({ name }) => name === result.package)?.name
}

interface Pattern {
  readonly kind: TestKind
  readonly glob: string
  fits(file: string): boolean
}

function patternsOf(kinds: LabelRules['kinds']): readonly Pattern[] {
  return Object.entries(kinds).flatMap(([name, globs]) => {
    const kind = testKinds.find((each) => each === name)
    return kind === undefined ? [] : globs.map((glob) => ({ kind, glob, fits: pathMatcher([glob]) }))
  })
}

/** The innermost package around a file. */
export function packageFinder(packages: LabelRules['packages']): (file: string) => string | undefined {
  const innermostFirst = packages.toSorted((a, b) => b.folder.length - a.folder.length)
  return (file) => innermostFirst.find(({ folder }) => folder === '' || file.startsWith(`${folder}/`))?.name
}

/** Of the last files alone: tests of one file mostly follow each other, and files may be any number. */
function remember<T>(find: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>()
  let last: { readonly file: string; readonly found: T } | undefined
  return (file) => {
    if (last?.file === file) return last.found
    const found = known.get(file) ?? find(file)
    if (known.size > 1000) known.clear()
    known.set(file, found)
    last = { file, found }
    return found
  }
}
