/** The kind of a test by the folders that its file lies in; `docs/labels.md` has the table. Pure. */
import type { TestKind } from '../results/test-result.ts'

/**
 * Where a folder's name means the kind. `load` or `security` may as well be what the tested code is about: outside of
 * `tests/` and deep below it, most names prove nothing.
 */
type Where =
  /** In any place: the name means nothing else. */
  | 'anywhere'
  /** At the top, and below a folder of tests. */
  | 'below-tests'
  /** Right inside of a folder of tests. */
  | 'in-tests'

interface Meaning {
  readonly kind: TestKind
  readonly where: Where
}

/** In lower case, without `-` and `_`. */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['unit', { kind: 'unit', where: 'below-tests' }],
  ['integration', { kind: 'integration', where: 'below-tests' }],
  ['e2e', { kind: 'e2e', where: 'anywhere' }],
  ['endtoend', { kind: 'e2e', where: 'anywhere' }],
  ['security', { kind: 'security', where: 'in-tests' }],
  ['performance', { kind: 'performance', where: 'in-tests' }],
  ['perf', { kind: 'performance', where: 'in-tests' }],
  ['benchmark', { kind: 'performance', where: 'below-tests' }],
  ['benchmarks', { kind: 'performance', where: 'below-tests' }],
])

const testFolders: ReadonlySet<string> = new Set(['test', 'tests', 'testing', 'spec', 'specs', '__tests__'])

/** Of several folders the outermost decides: `tests/unit/security/` has unit tests of what is secure. */
export function kindByFolder(path: string): TestKind | undefined {
  const folders = path.split('/').slice(0, -1)
  const tests = folders.findIndex(isTestFolder)
  for (const [index, folder] of folders.entries()) {
    const found = meaningOf(folder)
    if (found === undefined) continue
    const { kind, where, saysTest } = found
    if (saysTest || where === 'anywhere') return kind
    // A package of the name at the top, with tests of its own, is code and no kind.
    if (where === 'below-tests' && (tests === -1 ? index === 0 : index > tests)) return kind
    if (where === 'in-tests' && isTestFolder(folders[index - 1] ?? '')) return kind
  }
  return undefined
}

function isTestFolder(folder: string): boolean {
  return testFolders.has(folder.toLowerCase())
}

/** `unit_tests`, `integrationTest` and `test-security` say themselves that they are of tests. */
function meaningOf(folder: string): (Meaning & { readonly saysTest: boolean }) | undefined {
  const name = folder.toLowerCase().replaceAll(/[-_]/g, '')
  const plain = name.replace(/^tests?(?=.)|(?<=.)tests?$/, '')
  const meaning = meanings.get(plain)
  return meaning && { ...meaning, saysTest: plain !== name }
}
