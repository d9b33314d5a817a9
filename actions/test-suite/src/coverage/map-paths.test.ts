import type { CoverageReport } from '@ci-actions/shared'
import { reportOf } from '@ci-actions/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapPaths } from './map-paths.ts'

function report(paths: readonly string[], sources: readonly string[] = []): CoverageReport {
  return { ...reportOf(paths.map((path) => ({ path, covered: [1], missed: [2], branches: [] }))), sources }
}

/** What a path became, one by one: a line number of its own tells it. */
function mapped(
  paths: readonly string[],
  files: readonly string[],
  {
    sources = [],
    roots = [],
  }: { readonly sources?: readonly string[]; readonly roots?: readonly string[] } = {},
): readonly (string | undefined)[] {
  const files_ = paths.map((path, index) => ({ path, covered: [index + 1], missed: [], branches: [] }))
  const { report: result } = mapPaths({ ...reportOf(files_), sources }, files, { roots })
  return paths.map((_, index) => result.files.find(({ covered }) => covered.includes(index + 1))?.path)
}

const repository = [
  'README.md',
  'setup.py',
  'backend/core/__init__.py',
  'backend/core/db.py',
  'backend/main.py',
  'backend/__init__.py',
  'src/shop/__init__.py',
  'src/shop/prices.py',
  'src/shop/core/utils.py',
  'tests/__init__.py',
]

describe('a path becomes that of the repository', () => {
  test.each([
    ['as it is', 'src/shop/prices.py', 'src/shop/prices.py'],
    ['with a dot', './src/shop/../shop/prices.py', 'src/shop/prices.py'],
    ['absolute', '/home/runner/work/shop/shop/src/shop/prices.py', 'src/shop/prices.py'],
    ['as a URL', 'file:///home/me/shop/src/shop/prices.py', 'src/shop/prices.py'],
    ['below `src`', 'shop/prices.py', 'src/shop/prices.py'],
    ['of Windows', 'D:\\a\\shop\\shop\\src\\shop\\prices.py', 'src/shop/prices.py'],
    ['of Windows, in other letters', 'd:\\a\\Shop\\SRC\\Shop\\Prices.py', 'src/shop/prices.py'],
    ['of Windows, relative', 'src\\shop\\prices.py', 'src/shop/prices.py'],
    ['of a container', '/usr/src/app/core/db.py', 'backend/core/db.py'],
    [
      'of an installed package',
      '.tox/py312/lib/python3.12/site-packages/shop/prices.py',
      'src/shop/prices.py',
    ],
    ['above the folder it was written in', '../src/shop/prices.py', 'src/shop/prices.py'],
    ['in the top folder', '/srv/x/setup.py', 'setup.py'],
  ])('%s', (_, printed, file) => {
    expect(mapped([printed], repository)).toEqual([file])
  })

  test('below the folders of `<sources>`, of which one fits', () => {
    const files = ['one/a.py', 'two/b.py', 'a.py']
    expect(mapped(['a.py', 'b.py'], files, { sources: ['/r/one', '/r/two'] })).toEqual([
      'one/a.py',
      'two/b.py',
    ])
    expect(mapped(['repo\\src\\A.cs'], ['src/A.cs', 'test/A.cs'], { sources: ['C:\\'] })).toEqual([
      'src/A.cs',
    ])
  })

  test('of two modules, told by what else is below them', () => {
    const files = [
      'one/src/main/java/p/A.java',
      'two/src/main/java/p/A.java',
      'one/src/main/java/p/X.java',
      'two/src/main/java/p/Y.java',
    ]
    expect(mapped(['g/one/p/A.java', 'g/two/p/A.java', 'g/one/p/X.java', 'g/two/p/Y.java'], files)).toEqual([
      ...files,
    ])
  })

  test('by its bare name, where the others show what its folder stands for', () => {
    expect(mapped(['/app/core/db.py', '/app/main.py', '/app/__init__.py'], repository)).toEqual([
      'backend/core/db.py',
      'backend/main.py',
      'backend/__init__.py',
    ])
  })

  test('by a root that the caller names, before all else', () => {
    const files = ['app/main.py', 'backend/app/main.py']
    expect(mapped(['app/main.py'], files)).toEqual(['app/main.py'])
    expect(mapped(['app/main.py'], files, { roots: ['backend'] })).toEqual(['backend/app/main.py'])
    expect(mapped(['/w/repo/app/main.py'], files, { roots: ['/w/repo'] })).toEqual(['app/main.py'])
  })
})

describe('nothing is guessed', () => {
  test('a path that fits two files is reported with both', () => {
    const result = mapPaths(report(['shop/prices.py']), ['a/shop/prices.py', 'b/shop/prices.py'])
    expect(result).toMatchObject({
      unmapped: [],
      ambiguous: [{ path: 'shop/prices.py', candidates: ['a/shop/prices.py', 'b/shop/prices.py'] }],
      report: { files: [], lines: 0 },
    })
  })

  test('a file that exists as printed may still be that of the folder where all others are', () => {
    const files = ['app/main.py', 'backend/app/main.py', 'backend/app/x/y.py', 'backend/app/x/z.py']
    expect(mapped(['app/main.py', 'app/x/y.py'], files)).toEqual([
      'backend/app/main.py',
      'backend/app/x/y.py',
    ])
  })

  test.each([
    ['of the standard library', '/usr/lib/python3.12/core/db.py'],
    ['of another package that is installed', '/v/lib/python3.12/site-packages/requests/core/utils.py'],
    ['of packages of Node', '/srv/node_modules/core/db.py'],
    ['with a name that is there, in a folder that is not', '/srv/other/thing/utils.py'],
    ['that is not there', 'shop/gone.py'],
    ['without a name', '/'],
  ])('a path %s is not mapped', (_, path) => {
    const { unmapped, ambiguous, report: result } = mapPaths(report([path]), repository)
    expect({ unmapped, ambiguous, files: result.files }).toEqual({
      unmapped: [path],
      ambiguous: [],
      files: [],
    })
  })

  test('a bare name is not mapped where the others speak against it', () => {
    // `/app` is `backend`, which has no `setup.py`.
    expect(mapped(['/app/core/db.py', '/app/setup.py'], repository)).toEqual([
      'backend/core/db.py',
      undefined,
    ])
  })

  test('whatever a report says, only files of the repository come out, and every path is accounted for', () => {
    const segment = fc.constantFrom('src', 'shop', 'core', 'a.py', 'b.py', '..', '.', '__proto__', 'C:', '')
    const path = fc
      .array(segment, { minLength: 1, maxLength: 5 })
      .chain((parts) => fc.constantFrom('/', '\\').map((separator) => parts.join(separator)))
    const clean = fc.array(fc.constantFrom('src', 'shop', 'core', 'a.py', 'b.py'), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { maxLength: 8 }),
        fc.uniqueArray(
          clean.map((parts) => parts.join('/')),
          { maxLength: 8 },
        ),
        fc.array(path, { maxLength: 2 }),
        (paths, files, sources) => {
          const result = mapPaths(report(paths, sources), files)
          for (const file of result.report.files) expect(files).toContain(file.path)
          const left = [...result.unmapped, ...result.ambiguous.map((each) => each.path)]
          expect(result.report.files.length + left.length).toBeLessThanOrEqual(paths.length)
          expect(result.report.files.length > 0).toBe(left.length < paths.length)
          for (const each of result.ambiguous) expect(each.candidates.length).toBeGreaterThan(1)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('the order of the report does not matter', () => {
    const paths = ['/app/main.py', '/app/core/db.py', '/x/setup.py', 'shop/prices.py', '/app/__init__.py']
    const expected = new Map(paths.map((path, index) => [path, mapped(paths, repository)[index]]))
    fc.assert(
      fc.property(fc.shuffledSubarray(paths, { minLength: paths.length }), (shuffled) => {
        expect(new Map(shuffled.map((path, index) => [path, mapped(shuffled, repository)[index]]))).toEqual(
          expected,
        )
      }),
    )
  })
})

test('what is mapped to one file is united', () => {
  const leg = (version: string, covered: number, missed: number) => ({
    path: `.tox/${version}/lib/python${version}/site-packages/shop/prices.py`,
    covered: [covered],
    missed: [missed],
    branches: [],
  })
  const { report: result } = mapPaths(reportOf([leg('3.12', 1, 2), leg('3.13', 2, 3)]), repository)
  expect(result).toEqual({
    covered: 2,
    lines: 3,
    sources: [],
    files: [{ path: 'src/shop/prices.py', covered: [1, 2], missed: [3], branches: [] }],
  })
})
