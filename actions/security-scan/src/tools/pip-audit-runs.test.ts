import { describe, expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { pipAudit } from './pip-audit.ts'

function requestOf(files: ToolCase['files'], settings: ToolCase['settings'] = {}) {
  const installed = { command: ['pip-audit'], version: '2.10.1' }
  return requestFor(pipAudit, { name: 'x', files, settings }, { top: '/t', installed })
}

function plan(...given: Parameters<typeof requestOf>) {
  const request = requestOf(...given)
  return {
    commands: pipAudit.invocations(request).map(({ args, inputs = {} }) => ({
      args: args.slice(args.indexOf('/t/cache') + 1).join(' '),
      inputs: Object.values(inputs),
    })),
    notices: pipAudit.notices?.(request.project).map(({ level, message }) => `${level}: ${message}`) ?? [],
  }
}

describe('what is audited', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a project', { 'pyproject.toml': '[project]\ndependencies = ["a[x]>=1"]\n' }, 'a[x]>=1\n'],
    [
      'extras and groups',
      {
        'pyproject.toml':
          '[project]\nname = "p"\n[project.optional-dependencies]\nx = ["a"]\nall = ["p[x]"]\n[dependency-groups]\ny = ["b", {include-group = "x"}]\n',
      },
      'a\nb\n',
    ],
    [
      'Poetry',
      { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"\na = "^2.1"\nb = {git = "g"}\n' },
      'a>=2.1,<3\n',
    ],
    ['Pipenv', { Pipfile: '[packages]\na = "*"\n[dev-packages]\nb = "==1"\n' }, 'a\nb==1\n'],
    ['setup.cfg', { 'setup.cfg': '[options]\ninstall_requires =\n  a>=1\n' }, 'a>=1\n'],
    [
      'setup.py with plain lists',
      {
        'setup.py':
          'setup(\n  install_requires=["a>=1",  # why\n    \'b\'],\n  extras_require={"x": ["c"]},\n)\n',
      },
      'a>=1\nb\nc\n',
    ],
    ['a folder below', { 'svc/pyproject.toml': '[project]\ndependencies = ["a"]\n' }, 'a\n'],
    [
      'what no list beside it names',
      {
        'pyproject.toml': '[project]\ndependencies = ["a", "Dev_Tool"]\n',
        'requirements-dev.txt': 'dev-tool==1\n',
      },
      'a\n',
    ],
    [
      'what its lock lacks',
      {
        'pyproject.toml': '[project]\ndependencies = ["a", "b"]\n',
        'uv.lock': '[[package]]\nname = "a"\nversion = "1"\n',
      },
      'b\n',
    ],
  ])('what pip would take now for %s', (_, files, asked) => {
    const { commands, notices } = plan(files)
    const last = commands.at(-1)
    expect(last?.args).toMatch(/^--vulnerability-service pypi -r \/t\/output\/asked-\d\.txt$/)
    expect(last?.inputs).toEqual([asked])
    expect(notices.at(-1)).toMatch(/^warning: .*: nothing locks /)
  })

  it.each<[string, Record<string, string>]>([
    [
      'a list names it all',
      { 'pyproject.toml': '[project]\ndependencies = ["a"]\n', 'requirements.txt': 'a==1\n' },
    ],
    [
      'the workspace has a lock',
      {
        'uv.lock':
          '[[package]]\nname = "m"\nversion = "1"\nsource = { editable = "m" }\n[[package]]\nname = "a"\nversion = "1"\n',
        'm/pyproject.toml': '[project]\ndependencies = ["a"]\n',
      },
    ],
    [
      'it only shows something',
      {
        'requirements.txt': 'b==1\n',
        'docs/requirements.txt': 'a\n',
        'tests/data/Pipfile': '[packages]\na = "*"\n',
      },
    ],
  ])('no index, where %s', (_, files) => {
    expect(plan(files, { offline: true, 'osv-url': 'http://127.0.0.1:8080' }).commands).toHaveLength(1)
  })

  it.each([
    ['-r requirements/base.txt\nb==1\n', 'requirements/base.txt', 'b==1\na==1\n'],
    ['-r requirements/base.txt\n', 'requirements/base.txt', 'a==1\n'],
    ['-r base.txt\nb==1\n', 'base.txt', 'b==1\na==1\n'],
  ])('with %j all that it takes in', (text, path, given) => {
    const { commands } = plan({ 'requirements.txt': text, [path]: 'a==1 ; python_version < "3"\n' })
    expect(commands).toEqual([
      {
        args: '--vulnerability-service pypi --no-deps --disable-pip -r /t/output/listed-0-0.txt',
        inputs: [given],
      },
    ])
  })

  it('what is for another machine, in each version, and names what comes from no index', () => {
    const text =
      'a==1 ; sys_platform == "win32"\na==2 ; sys_platform != "win32"\nb @ git+https://example.org/b\n'
    const { commands, notices } = plan({ 'requirements.txt': text })
    expect(commands.map(({ inputs }) => inputs)).toEqual([['a==1\n'], ['a==2\n']])
    expect(notices).toEqual([expect.stringMatching(/^warning: Not audited.*: b \(requirements\.txt\)\.$/)])
  })

  it.each([
    ['pyproject.toml', '[tool.setuptools.dynamic]\ndependencies = {file = ["deps.txt"]}\n'],
    ['setup.cfg', '[options]\ninstall_requires = file: deps.txt\n'],
  ])('the list that %s names', (path, text) => {
    const { commands } = plan({ [path]: text, 'deps.txt': 'a==1\n', 'other.txt': 'b==1\n' })
    expect(commands.map(({ args }) => args.split(' ').at(-1))).toEqual(['deps.txt'])
  })

  it('lists under other names, and sources that nobody compiled', () => {
    const files = { 'dev-requirements.txt': 'a==1\n', 'svc/requirements.in': 'b==1\n' }
    const { commands } = plan({ ...files, 'x/requirements.in': 'c\n', 'x/requirements.txt': 'c==1\n' })
    expect(commands.map(({ args }) => args.split(' ').at(-1))).toEqual([
      'dev-requirements.txt',
      'svc/requirements.in',
      'x/requirements.txt',
    ])
  })

  it('nothing that a name smuggles in', () => {
    const text = '[tool.poetry.dependencies]\n"-e ." = "*"\n"a\\n--index-url=x" = "*"\n'
    expect(plan({ 'pyproject.toml': text }).commands[0]?.inputs).toEqual(['?-e?-\n?a?-index-url?x\n'])
  })
})

describe('what pip cannot install together', () => {
  const text =
    '[project]\n[project.optional-dependencies]\nold = ["a==1"]\nnew = ["a==2"]\n[dependency-groups]\ndev = ["b"]\n'
  const failure = (files: ToolCase['files'], why: string) => {
    const request = requestOf(files)
    const [invocation] = pipAudit.invocations(request)
    if (invocation === undefined) throw new Error('nothing is run')
    const stderr = `ERROR:pip_audit._virtual_env:internal pip failure: ${why}\nERROR:pip_audit._cli:Failed to install packages: /t/bin/python\n`
    return outputOf(request, { invocation, exitCode: 1, stdout: '', stderr, files: {} })
  }

  it('is audited apart, each extra and group of its own', async () => {
    const said =
      'ERROR: Cannot install a==1 and a==2 because these package versions have conflicting dependencies.'
    const { findings, followUp = [] } = await pipAudit.parse(failure({ 'pyproject.toml': text }, said))
    expect(findings).toEqual([])
    expect(followUp.map(({ inputs = {} }) => Object.values(inputs))).toEqual([
      ['a==1\n'],
      ['a==2\n'],
      ['b\n'],
    ])
    const targets = followUp.map(({ args, inputs = {} }) => [args.at(-1), Object.keys(inputs)[0]])
    expect(new Set(targets.flat()).size).toBe(3)
  })

  it('is the fault of a file, which is named', async () => {
    const said = 'ERROR: No matching distribution found for a==1'
    const { findings, notices } = await pipAudit.parse(failure({ 'svc/requirements.txt': 'a\n' }, said))
    expect(findings).toEqual([])
    expect(notices).toEqual([
      {
        level: 'failed',
        message: expect.stringMatching(
          /^pip finds no versions for what svc\/requirements\.txt asks for, so nobody audited it\. ERROR: No matching .* a==1 Write a lock file, or leave svc\/requirements\.txt out with `exclude`\.$/,
        ),
      },
    ])
  })

  it('is no fault of the other files, also where pip-audit cannot read it', async () => {
    const request = requestOf({ 'requirements.txt': 'a==2004d\n' })
    const invocation = pipAudit.invocations(request)[0] ?? expect.unreachable()
    const stderr = 'WARNING:pip_audit._cli:--no-deps\nERROR:pip_audit._cli: invalid specifier at line 1\n'
    const { notices } = await pipAudit.parse(
      outputOf(request, { invocation, exitCode: 1, stdout: '', stderr, files: {} }),
    )
    expect(notices).toEqual([
      {
        level: 'failed',
        message: expect.stringMatching(
          /^pip-audit cannot read requirements\.txt, so nobody audited it\. ERROR\S+ invalid specifier at line 1 Mend it,/,
        ),
      },
    ])
  })
})
