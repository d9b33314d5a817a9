import { describe, expect, test } from 'vitest'
import type { FileChange } from './changed-file.ts'
import type { SelectionRequest } from './select.ts'
import { selectTests } from './select.ts'

const tree = {
  'src/app/__init__.py': '',
  'src/app/orders.py': 'from .tax import rate',
  'src/app/tax.py': 'rate = 19',
  'src/app/users.py': '',
  'src/app/jobs.py': 'import subprocess',
  'scripts/seed.py': 'import app.users',
  'tests/conftest.py': 'from support import db',
  'tests/support.py': '',
  'tests/test_orders.py': 'from app.orders import order',
  'tests/test_users.py': 'from unittest import mock\nmock.patch("app.users.find")',
  'tests/test_jobs.py': 'import app.jobs',
  'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "-p no:cacheprovider -ra"',
  'README.md': '',
}
type Files = Readonly<Record<string, string>>

function select(changes: readonly FileChange[], files: Files = tree, more: Partial<SelectionRequest> = {}) {
  const sources = new Map(Object.entries(files).filter(([path]) => /\.(py|toml|ini)$/.test(path)))
  return selectTests({ files: Object.keys(files), changes, sources, obstacles: [], ...more })
}

function modified(path: string): FileChange {
  return { path, kind: 'modified' }
}

/** What runs; `all` where everything does. */
function run(changes: readonly FileChange[], files: Files = tree) {
  const selection = select(changes, files)
  return selection.kind === 'all' ? 'all' : selection.run.map(({ file }) => file.replace('tests/test_', ''))
}

describe('selectTests', () => {
  test('follows imports, names in quotes and conftest.py; what starts programs runs for any change', () => {
    expect(run([modified('src/app/tax.py')])).toEqual(['jobs.py', 'orders.py'])
    expect(run([modified('src/app/users.py')])).toEqual(['jobs.py', 'users.py'])
    expect(run([modified('tests/support.py')])).toEqual(['jobs.py', 'orders.py', 'users.py'])
    expect(run([modified('tests/test_orders.py')])).toEqual(['jobs.py', 'orders.py'])
    expect(run([modified('src/app/__init__.py')])).toEqual(['jobs.py', 'orders.py', 'users.py'])
    expect(run([])).toEqual([])
  })

  test('follows what `import *` of a package loads by its list of names', () => {
    const listed = { ...tree, 'src/app/__init__.py': "__all__ = ['users']" }
    expect(run([modified('src/app/users.py')], listed)).toEqual(['jobs.py', 'orders.py', 'users.py'])
  })

  test('says why', () => {
    expect(select([modified('src/app/tax.py')])).toEqual({
      kind: 'some',
      run: [
        { file: 'tests/test_jobs.py', why: 'loads `src/app/jobs.py`, which starts other programs' },
        {
          file: 'tests/test_orders.py',
          why: 'loads `src/app/tax.py` (by way of `src/app/orders.py`), which changed',
        },
      ],
      leftOut: [{ file: 'tests/test_users.py', why: 'loads nothing that changed' }],
    })
  })

  test('runs the tests of a module that was deleted, and of its package', () => {
    const { 'src/app/tax.py': _, ...rest } = tree
    expect(run([{ path: 'src/app/tax.py', kind: 'deleted' }], rest)).toEqual(['jobs.py', 'orders.py'])
    const renamed = { path: 'src/app/vat.py', oldPath: 'src/app/tax.py', kind: 'renamed' } as const
    expect(
      run([renamed], { ...rest, 'src/app/vat.py': '', 'src/app/users.py': 'from . import vat' }),
    ).toEqual([...['jobs.py', 'orders.py', 'users.py']])
  })

  test.each<[string, FileChange]>([
    ['conftest.py changed', modified('tests/conftest.py')],
    ['no Python file', modified('pyproject.toml')],
    ['no Python file', modified('uv.lock')],
    ['no Python file', modified('tests/data/order.json')],
    ['configures tests', modified('setup.py')],
    ['nothing says who loads it', modified('scripts/seed.py')],
    ['is in no package', { path: 'random.py', kind: 'added' }],
    ['is in no package', { path: 'tests/support.py', kind: 'deleted' }],
    ['no Python file', { path: 'src/app/tax.py', oldPath: 'src/app/tax.txt', kind: 'renamed' }],
  ])('runs everything: %s', (why, change) => {
    const selection = select([modified('src/app/users.py'), change])
    expect(selection).toMatchObject({ kind: 'all' })
    if (selection.kind === 'all')
      expect(selection.why.join()).toContain(why.replace('conftest.py', 'conftest.py`'))
  })

  test.each([
    ['python_files', { 'pytest.ini': '[pytest]\npython_files = check_*.py' }],
    ['doctests', { 'tox.ini': '[pytest]\naddopts = --doctest-modules' }],
    ['plugin of pytest', { 'setup.py': 'entry_points={"pytest11": ["x = app"]}' }],
    ['Django', { 'src/site/settings.py': 'INSTALLED_APPS = ["orders"]' }],
    ['holds for all tests', { 'tests/test_x.py': 'pytest_plugins = ["tests.support"]' }],
    ['at run time', { 'conftest.py': 'pytest_plugins = names()' }],
  ])('runs everything where the project is not one that can be read: %s', (why, more) => {
    const selection = select([modified('src/app/users.py')], { ...tree, ...more })
    expect(selection.kind === 'all' && selection.why.join()).toContain(why)
  })

  test('runs everything for an unknown base, a file that cannot be read, and what the machine says', () => {
    expect(select([], tree, { changes: undefined })).toEqual({ kind: 'all', why: ['the base is not known'] })
    const unread = new Map(Object.entries(tree).filter(([path]) => path !== 'src/app/users.py'))
    expect(select([], tree, { sources: unread })).toMatchObject({
      why: expect.arrayContaining(['`src/app/users.py` could not be read']),
    })
    expect(select([], tree, { obstacles: ['there are submodules'] })).toMatchObject({ kind: 'all' })
  })

  test('leaves prose alone, unless a source speaks of it', () => {
    expect(run([modified('README.md')])).toEqual(['jobs.py'])
    expect(run([modified('.github/workflows/ci.yml')])).toEqual(['jobs.py'])
    const reading = { ...tree, 'tests/test_docs.py': 'open("README.md")' }
    expect(run([modified('README.md')], reading)).toBe('all')
  })

  test('follows plugins that options name, and what another reader of imports found', () => {
    const options = new Map([['PYTEST_ADDOPTS', '-p app.users']])
    expect(select([modified('src/app/users.py')], tree, { options })).toMatchObject({ leftOut: [] })
    const graph = new Map([['tests/test_orders.py', ['src/app/users.py']]])
    const selection = select([modified('src/app/users.py')], tree, { graph })
    expect(selection).toMatchObject({ leftOut: [] })
  })
})
