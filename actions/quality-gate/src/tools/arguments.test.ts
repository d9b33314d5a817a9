import type { Project, ToolRequest } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { requestFor } from '../../../../test/tools/run-case.ts'
import { black, joinPatterns } from './black.ts'
import { complexity } from './complexity.ts'
import { duplication, outOfScope } from './duplication.ts'
import { flake8 } from './flake8.ts'
import { flake8Settings } from './flake8-configuration.ts'
import { pluginsForCodes } from './flake8-plugins.ts'
import { tools } from './index.ts'
import { mypy } from './mypy.ts'
import { pylint } from './pylint.ts'

const installed = { command: ['tool'], version: '99.0.0' }

function argsOf(
  tool: (typeof tools)[number],
  files: Readonly<Record<string, string>>,
  changes?: Partial<ToolRequest>,
): readonly string[] {
  const request = requestFor(
    tool,
    { name: 'x', files: { 'app.py': '', ...files } },
    { top: '', installed, changes },
  )
  return tool.invocations(request)[0]?.args ?? []
}

/** A package in `services/api` of a repository whose configuration stands at its top. */
function inMonorepo(tool: (typeof tools)[number], file: string, text: string): readonly string[] {
  const toolCase = { name: 'x', files: { 'app.py': '', [file]: text } }
  const { project } = requestFor(tool, toolCase, { top: '', installed })
  const moved: Project = { ...project, root: '/repository/services/api', folder: 'services/api' }
  return argsOf(tool, {}, { project: moved })
}

describe('what the project excludes', () => {
  it('is given to Black as one pattern', () => {
    expect(joinPatterns(['/a/', '/b|c/'])).toBe('(?:/a/)|(?:/b|c/)')
  })

  it('keeps verbose and plain patterns for Black apart', () => {
    expect(joinPatterns(['/a b/', '\n/b/ # why\n'])).toBe('(?-x:/a b/)\n|(?x:\n/b/ # why\n\n)')
  })

  it('comes from the configuration above a package for Black', () => {
    const args = inMonorepo(black, 'pyproject.toml', '[tool.black]\nexclude = "/generated/"\n')
    expect(args).toContain('--config=../../pyproject.toml')
    expect(args).toContain('--force-exclude=(?:/generated/)')
  })

  it('is given to Flake8 for what is below a folder too', () => {
    const args = argsOf(flake8, {
      '.flake8': '[flake8]\nexclude = build, docs/conf.py # why\nextend-exclude = old\n',
    })
    expect(args).toContain(
      '--extend-exclude=old,./build/*,./*/build/*,./docs/conf.py,./docs/conf.py/*,./old/*,./*/old/*',
    )
  })

  it('is relative to the file for Flake8', () => {
    const args = inMonorepo(flake8, '.flake8', '[flake8]\nexclude = services/api/gen/\n')
    expect(args).toContain('--extend-exclude=./../../services/api/gen,./../../services/api/gen/*')
  })

  it('is given to Pylint as paths', () => {
    const args = argsOf(pylint, {
      'pyproject.toml': '[tool.pylint.main]\nignore = ["a.b", "c"]\nignore-paths = ["^x/.*$"]\n',
    })
    expect(args).toContain('--ignore-paths=^x/.*$,(?:.*[/\\\\])?a\\.b[/\\\\].*,(?:.*[/\\\\])?c[/\\\\].*')
  })

  it('stays for jscpd beside what is out of scope', () => {
    const files = { '.jscpd.json': '{ "ignore": ["**/vendor/**"] }', 'gen/a.py': '', 'gen/deep/b.py': '' }
    expect(argsOf(duplication, files, { files: ['app.py'] })).toContain('--ignore=**/vendor/**,gen/**')
  })

  it.each([
    [['a.py', 'b.py'], ['a.py'], ['b.py']],
    [['x/a.py', 'x/y/b.py', 'x/y/c.py'], ['x/a.py'], ['x/y/**']],
    [['x/a.py', 'x/b.py'], ['x/a.py'], ['x/b.py']],
    [['x/a,b.py', 'a.py', 'README.md'], ['a.py'], ['x/**']],
    [['a,{b}.py', 'a.py'], ['a.py'], ['a??b?.py']],
  ])('of %j in scope %j jscpd leaves out %j', (all, scope, left) => {
    expect(outOfScope(all, scope)).toEqual(left)
  })
})

describe('plugins of Flake8', () => {
  it.each([
    [['E', 'F', 'W', 'C9', 'C901', 'C'], []],
    [['B', 'B950'], ['flake8-bugbear']],
    [['C4'], ['flake8-comprehensions']],
    [
      ['SIM', 'S101'],
      ['flake8-bandit', 'flake8-simplify'],
    ],
    [
      ['ANN', 'A003'],
      ['flake8-annotations', 'flake8-builtins'],
    ],
    [['XYZ'], []],
  ])('for %j: %j', (codes, plugins) => {
    expect(pluginsForCodes(codes)).toEqual(plugins)
  })
})

describe('a table of Flake8 in pyproject.toml', () => {
  const table = { 'app.py': '', 'pyproject.toml': '[tool.flake8]\nselect = ["B"]\n' }
  const noticesFor = (files: Readonly<Record<string, string>>) =>
    flake8.notices?.(requestFor(flake8, { name: 'x', files }, { top: '', installed }).project) ?? []

  it('is said to have no effect', () => {
    expect(noticesFor(table)).toMatchObject([
      { level: 'warning', message: expect.stringContaining('[tool.flake8] has no effect') },
    ])
  })

  it('has one with the plugin that reads it', () => {
    const withPlugin = { ...table, 'requirements-dev.txt': 'Flake8-pyproject==1.2.4\n' }
    expect(noticesFor(withPlugin)).toEqual([])
    const { project } = requestFor(flake8, { name: 'x', files: withPlugin }, { top: '', installed })
    expect(flake8Settings(project)).toMatchObject({ path: 'pyproject.toml', selected: ['B'] })
  })
})

describe('other arguments', () => {
  it('leave the choice of files to a project that makes one for mypy', () => {
    expect(argsOf(mypy, { 'mypy.ini': '[mypy]\nfiles = app.py\n' })).not.toContain('.')
    expect(argsOf(mypy, {})).toContain('.')
  })

  it('show mypy the environment of the project', () => {
    expect(argsOf(mypy, {}, { python: '/venv/bin/python' })).toContain('--python-executable=/venv/bin/python')
  })

  it('leave checks across files to others when Pylint is remembered along imports', () => {
    expect(argsOf(pylint, {}, { settings: { cache: 'imports' } })).toContain(
      '--disable=cyclic-import,duplicate-code',
    )
    expect(argsOf(pylint, {}).join(' ')).not.toContain('cyclic-import')
  })

  it.each(tools.map((tool) => [tool.id, tool] as const))('of the user come last for %s', (_, tool) => {
    const given = argsOf(tool, {}, { args: ['--mine', 'a b'] })
    const own = given.filter((each) => each !== '.')
    expect(own.slice(-2)).toEqual(['--mine', 'a b'])
  })
})

it('measures with paths of the repository', async () => {
  const request = requestFor(complexity, { name: 'x', files: { 'app.py': '' } }, { top: '', installed })
  const moved = {
    ...request,
    project: { ...request.project, root: '/repository/services/api', folder: 'services/api' },
  }
  const stdout = JSON.stringify([
    {
      code: 'C901',
      message: '`f` is too complex (9 > 0)',
      filename: '/repository/services/api/app.py',
      location: { row: 1, column: 5 },
    },
  ])
  const text = (content: string) => ({
    bytes: content.length,
    text: async () => content,
    chunks: async function* () {},
  })
  const invocation = { args: [], files: ['app.py'], exitCodes: [0, 1] }
  const result = await complexity.parse({
    request: moved,
    invocation,
    exitCode: 1,
    stdout: text(stdout),
    stderr: text(''),
    files: {},
  })
  expect(result.measurements).toEqual([
    { metric: 'complexity-max', value: 9, path: 'services/api/app.py', at: 'f() in services/api/app.py' },
  ])
})

it.each(tools.map((tool) => [tool.id, tool] as const))('no file name is an option for %s', (_, tool) => {
  const files = { '--config=x.py': '', '@args.py': '', 'app/-b.py': '' }
  const request = requestFor(tool, { name: 'x', files }, { top: '', installed })
  for (const invocation of tool.invocations(request)) {
    expect(['./--config=x.py', './@args.py', 'app/-b.py', undefined]).toEqual(
      expect.arrayContaining([...(invocation.files ?? [])]),
    )
  }
})
