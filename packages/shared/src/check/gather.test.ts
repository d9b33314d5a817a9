import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../action/errors.ts'
import { scratchFolder, writeTree } from '../git/test/scratch.ts'
import { nodeFiles, recordingHost } from '../host/recording/index.ts'
import type { GatherRequest } from './gather.ts'
import { filesBelow, firstPartyNames, gatherProject } from './gather.ts'

function gather(contents: Readonly<Record<string, string>>, change: Partial<GatherRequest> = {}) {
  const files = Object.fromEntries(Object.entries(contents).map(([path, text]) => [`/w/${path}`, text]))
  return gatherProject(recordingHost({ files }), {
    workspace: '/w',
    name: '',
    folder: '',
    files: Object.keys(contents),
    leftOut: new Set(),
    paths: [],
    exclude: [],
    ...change,
  })
}

const tree = { 'a.py': '', 'b.pyi': '', 'c.txt': '', 'tests/t.py': '', 'app/m/deep.py': '', 'app-x/y.py': '' }

describe('the Python files', () => {
  test.each<[string, Partial<GatherRequest>, string[]]>([
    ['everything', {}, ['a.py', 'app-x/y.py', 'app/m/deep.py', 'b.pyi', 'tests/t.py']],
    ['a folder', { paths: ['app'] }, ['app/m/deep.py']],
    ['a folder as people write it', { paths: ['./app/'] }, ['app/m/deep.py']],
    ['the whole folder', { paths: ['.'] }, ['a.py', 'app-x/y.py', 'app/m/deep.py', 'b.pyi', 'tests/t.py']],
    ['a glob', { paths: ['**/t.py', 'a.*'] }, ['a.py', 'tests/t.py']],
    ['what is left', { exclude: ['app*', 'tests/**'] }, ['a.py', 'b.pyi']],
    [
      'neither generated nor vendored',
      { leftOut: new Set(['a.py', 'b.pyi']), exclude: ['app*', 'app*/**'] },
      ['tests/t.py'],
    ],
  ])('are %s', async (_, change, expected) => {
    expect((await gather(tree, change)).pythonFiles).toEqual(expected)
  })

  test('are chosen as all other files are', async () => {
    const { inScope, files } = await gather(tree, {
      exclude: ['app*', '*.pyi'],
      leftOut: new Set(['tests/t.py']),
    })
    expect(inScope).toEqual(['a.py', 'c.txt'])
    expect(files).toContain('b.pyi')
  })

  test('are those where links end, which are relative as well', async () => {
    const links = new Map([
      ['app/m/deep.py', 'a.py'],
      ['app/x.py', 'app/m/y.py'],
      ['app-x/y.py', 'a.py'],
    ])
    expect((await gather(tree, { folder: 'app', links })).links).toEqual(
      new Map([
        ['m/deep.py', '../a.py'],
        ['x.py', 'm/y.py'],
      ]),
    )
  })

  test('of a package are relative to it, also those that are left out', async () => {
    const project = await gather(tree, { folder: 'app', leftOut: new Set(['tests/t.py']) })
    expect(project).toMatchObject({
      root: '/w/app',
      folder: 'app',
      pythonFiles: ['m/deep.py'],
      files: ['m/deep.py'],
    })
    const without = await gather(tree, { folder: 'app', leftOut: new Set(['app/m/deep.py']) })
    expect(without).toMatchObject({ pythonFiles: [], files: ['m/deep.py'] })
  })

  test('with a line break in their names are refused, all of them at once', async () => {
    const files = { 'a.py': '', 'b\nc.py': '', 'd\re.py': '', 'f\ng.txt': '' }
    const refused = await gather(files).catch((error: unknown) => error)
    expect(refused instanceof UserError && refused.problems).toHaveLength(2)
    expect(String(refused)).toContain('"b\\nc.py"')
    expect((await gather(files, { exclude: ['b*', 'd*'] })).pythonFiles).toEqual(['a.py'])
  })
})

test('a folder is not taken for another whose name begins the same', () => {
  expect(filesBelow(['app-x/y.py', 'app/z.py', 'app'], 'app')).toEqual(['z.py'])
})

describe('configuration', () => {
  test('is that of the package and above it, the nearest first', async () => {
    const files = {
      'services/api/a.py': '',
      'services/api/setup.cfg': '[x]\na = 1\n',
      'services/web/setup.cfg': '',
      'services/ruff.toml': '',
      'pyproject.toml': '[project]\nrequires-python = ">=3.9"\n',
    }
    const project = await gather(files, { folder: 'services/api' })
    expect(project.configuration.map(({ path }) => path)).toEqual([
      'services/api/setup.cfg',
      'services/ruff.toml',
      'pyproject.toml',
    ])
    expect(project.requiresPython).toBe('3.9')
  })

  test('that does not parse is there, with the reason', async () => {
    const { configuration } = await gather({ 'a.py': '', 'pyproject.toml': '[tool\n' })
    expect(configuration).toMatchObject([{ name: 'pyproject.toml', error: expect.stringMatching(/^line 1/) }])
  })

  test('may be a link, and what cannot be read is not taken for missing', async () => {
    const folder = scratchFolder()
    writeTree(folder, { 'shared/lint.toml': 'line-length = 99\n' })
    symlinkSync('shared/lint.toml', join(folder, 'ruff.toml'))
    const request = { workspace: folder, files: ['ruff.toml', 'shared/lint.toml'] }
    const host = recordingHost({ files: nodeFiles })
    const full = { ...request, name: '', folder: '', leftOut: new Set<string>(), paths: [], exclude: [] }
    expect((await gatherProject(host, full)).configuration).toMatchObject([{ data: { 'line-length': 99 } }])
    const denied = { ...nodeFiles, readText: () => Promise.reject(new Error('EACCES')) }
    await expect(gatherProject({ ...host, files: denied }, full)).rejects.toThrow(
      /`ruff\.toml` cannot be read/,
    )
  })
})

test('first-party names are the top-level modules of the folder and of src', () => {
  expect(firstPartyNames(['a.py', 'pkg/b.py', 'src/c/d.py', 'src/e.pyi', 'docs/x.md'])).toEqual([
    'a',
    'c',
    'e',
    'pkg',
  ])
})
