/**
 * `select: affected`: which test files a change can affect. What cannot be known is run: a test file is left out only
 * if nothing that it loads has changed, and if all that it loads is known. docs/selection.md says what that is. Pure.
 */
import type { ImportsGraph } from '@ci-actions/shared'
import type { FileChange } from './changed-file.ts'
import { effectOf, nameOf } from './changed-file.ts'
import { importEdges, wayFrom, waysTo } from './import-edges.ts'
import { isSettingsFile, readSettings } from './settings.ts'
import { uncertaintyOf } from './uncertainty.ts'

export interface SelectionRequest {
  /** All files of the repository, relative to it. */
  readonly files: readonly string[]
  /** From the base to the working tree; undefined where the base is unknown, and all tests run. */
  readonly changes: readonly FileChange[] | undefined
  /** Text of every Python file and every configuration file of pytest. */
  readonly sources: ReadonlyMap<string, string>
  /** More options of pytest, such as `PYTEST_ADDOPTS`, by where they come from. */
  readonly options?: ReadonlyMap<string, string> | undefined
  /** Reasons that only the machine knows; see `readSelectionFacts`. */
  readonly obstacles: readonly string[]
  /** A graph of imports from a tool, added to what is read here. Repository-relative. */
  readonly graph?: ImportsGraph | undefined
}

export interface SelectedFile {
  readonly file: string
  /** A sentence's end: `changed`, `loads a.py, which changed`. */
  readonly why: string
}

export type Selection =
  | { readonly kind: 'all'; readonly why: readonly string[] }
  | {
      readonly kind: 'some'
      /** Test files to run, sorted. May be empty: no test can see the change. */
      readonly run: readonly SelectedFile[]
      /** Test files that are not run, sorted. */
      readonly leftOut: readonly SelectedFile[]
    }

export function selectTests(request: SelectionRequest): Selection {
  const { files, changes, sources, obstacles } = request
  if (changes === undefined) return all(['the base is not known'])
  const settingsTexts = [...sources].filter(([path]) => isSettingsFile(path))
  const settings = readSettings([...settingsTexts, ...(request.options ?? [])])
  const here = files.filter(isPython)
  const gone = changes.flatMap((change) => [change.path, change.oldPath ?? '']).filter(isPython)
  const project = { python: new Set([...here, ...gone]), sources, isTestFile }
  const effects = changes.map((change) => effectOf(change, project))
  const reasons = [
    ...obstacles,
    ...settings.obstacles,
    ...effects.flatMap((effect) => (effect.kind === 'everything' ? effect.why : [])),
    ...files
      .filter((file) => (isPython(file) || isSettingsFile(file)) && !sources.has(file))
      .map((file) => `\`${file}\` could not be read`),
    ...sourceObstacles(here, sources),
  ]
  if (reasons.length > 0) return all(reasons)
  const edges = importEdges({ ...project, plugins: settings.plugins, graph: request.graph })
  const changed = effects.flatMap((effect) => (effect.kind === 'modules' ? effect.paths : []))
  const loaded = new Set([...edges.values()].flatMap((files) => [...files]))
  const unexplained = changed.filter((file) => !loaded.has(file) && !isTestFile(file))
  if (unexplained.length > 0) {
    return all(unexplained.map((file) => `\`${file}\` changed, and nothing says who loads it`))
  }
  const toChanged = waysTo(changed, edges)
  const doubts = new Map(
    // Without any change there is nothing that a doubtful test could see.
    changes.length === 0 ? [] : here.flatMap((file) => withDoubt(file, sources) ?? []),
  )
  const toDoubt = waysTo(doubts.keys(), edges)
  const run: SelectedFile[] = []
  const leftOut: SelectedFile[] = []
  for (const file of here.filter(isTestFile).toSorted()) {
    if (toChanged.has(file)) run.push({ file, why: told(wayFrom(file, toChanged), 'changed') })
    else if (toDoubt.has(file)) {
      const way = wayFrom(file, toDoubt)
      run.push({ file, why: told(way, doubts.get(way.at(-1) ?? file) ?? '') })
    } else leftOut.push({ file, why: 'loads nothing that changed' })
  }
  return { kind: 'some', run, leftOut }
}

function all(why: readonly string[]): Selection {
  return { kind: 'all', why: [...new Set(why)] }
}

/** As pytest finds them by default; a project that says otherwise runs all of them. */
export function isTestFile(path: string): boolean {
  return /^(test_.*|.*_test)\.py$/s.test(nameOf(path))
}

function isPython(path: string): boolean {
  return path.endsWith('.py')
}

function withDoubt(file: string, sources: ReadonlyMap<string, string>) {
  const doubt = uncertaintyOf(sources.get(file) ?? '')
  return doubt === undefined ? undefined : [[file, doubt] as const]
}

/** Reasons in the sources that concern every test. */
function sourceObstacles(python: readonly string[], sources: ReadonlyMap<string, string>): readonly string[] {
  return python.flatMap((file) => {
    const source = sources.get(file) ?? ''
    if (/\bINSTALLED_APPS\b|\bDJANGO_SETTINGS_MODULE\b/.test(source)) {
      return [`\`${file}\` configures Django, which loads applications by name`]
    }
    if (!source.includes('pytest_plugins')) return []
    if (nameOf(file) !== 'conftest.py' && isTestFile(file))
      return [`\`${file}\` names \`pytest_plugins\`, which then holds for all tests`]
    // The names are read if they stand there; else they are made at run time.
    return /\bpytest_plugins\s*(:[^=\n]*)?=\s*[[('"]/.test(source)
      ? []
      : [`\`${file}\` makes the names of \`pytest_plugins\` at run time`]
  })
}

function told(way: readonly string[], end: string): string {
  const last = way.at(-1)
  if (last === undefined) return end
  const before = way.slice(0, -1).map((file) => `\`${file}\``)
  const through = before.length > 0 ? ` (by way of ${before.join(', ')})` : ''
  return `loads \`${last}\`${through}, which ${end}`
}
