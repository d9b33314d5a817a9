import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../action/errors.ts'
import type { ConfigFile } from '../project.ts'
import {
  declaredInHooks,
  declaredInPyproject,
  declaredInRequirements,
  isRequirementsFile,
} from './declared.ts'
import { parseLockFile } from './lock-file.ts'
import type { VersionSigns, VersionWish } from './project-version.ts'
import { chooseVersion } from './project-version.ts'
import { parseRequirement, renderRequirement } from './requirement.ts'

const suite = { version: '7.5.0', requirements: 'flake8==7.5.0 --hash=sha256:00' }
const wish: VersionWish = {
  name: 'Flake8',
  package: 'flake8',
  extras: [],
  plugins: ['flake8-*'],
  suite,
  lockedOnly: false,
}
const none: VersionSigns = { locks: [], declared: [] }
const uvLock = parseLockFile(
  'uv.lock',
  readFileSync(join(import.meta.dirname, 'test/fixtures/uv.lock'), 'utf8'),
)
const environment = { packages: new Map([['flake8', '6.1.0']]), from: '.venv' }

function config(name: string, data: Record<string, unknown>): ConfigFile {
  return { name, path: name, text: '', data }
}

const requirements = declaredInRequirements(
  'requirements-dev.txt',
  'flake8==7.0.0  # why\nrequests>=2 \\\n  --hash=sha256:00\n-r other.txt\n',
)
const pyproject = declaredInPyproject(
  config('pyproject.toml', { 'dependency-groups': { lint: ['flake8==7.1.0', { 'include-group': 'x' }] } }),
)
const hooks = declaredInHooks(
  config('.pre-commit-config.yaml', {
    repos: [
      {
        repo: 'https://github.com/PyCQA/flake8',
        rev: '7.2.0',
        hooks: [{ id: 'flake8', additional_dependencies: ['flake8-bugbear==24.1.17', 'pep8-naming'] }],
      },
    ],
  }),
)

describe('chooseVersion', () => {
  test('without any sign takes the suite', () => {
    expect(chooseVersion(wish, none)).toMatchObject({
      source: 'suite-lock',
      version: '7.5.0',
      requirements: suite.requirements,
    })
  })

  test.each<[string, Partial<VersionSigns> & { wanted?: string }, string, string, string | undefined]>([
    ['an input', { wanted: '5.0.4', environment, locks: [uvLock] }, 'resolved', '5.0.4', 'input'],
    [
      "the project's environment",
      { environment, locks: [uvLock], declared: requirements },
      'project-environment',
      '6.1.0',
      '.venv',
    ],
    ['a lock file', { locks: [uvLock], declared: requirements }, 'project-lock', '7.5.0', 'uv.lock'],
    [
      'a requirements file',
      { declared: [...requirements, ...pyproject, ...hooks] },
      'resolved',
      '7.0.0',
      'requirements-dev.txt',
    ],
    ['pyproject.toml', { declared: [...pyproject, ...hooks] }, 'resolved', '7.1.0', 'pyproject.toml'],
    ['a pre-commit hook', { declared: hooks }, 'resolved', '7.2.0', '.pre-commit-config.yaml'],
  ])('takes %s before weaker signs', (_, { wanted, ...signs }, source, version, from) => {
    expect(chooseVersion({ ...wish, wanted }, { ...none, ...signs })).toMatchObject({ source, version, from })
  })

  test('installs the plugins that the project locks, with hashes', () => {
    const choice = chooseVersion(wish, { ...none, locks: [uvLock] })
    expect(choice.requirements).toContain('flake8-comprehensions==3.17.0 --hash=')
    expect(choice.requirements).not.toContain('isort')
  })

  test('installs what a hook installs beside the tool', () => {
    const { requirements } = chooseVersion(wish, { ...none, declared: hooks })
    expect(requirements.split('\n').sort()).toEqual([
      'flake8-bugbear==24.1.17',
      'flake8==7.2.0',
      'pep8-naming',
    ])
  })

  test('installs a plugin that is asked for without a version beside the tested tool', () => {
    const declared = declaredInRequirements('dev-requirements.txt', 'flake8-bugbear>=24')
    const choice = chooseVersion(wish, { ...none, declared })
    expect(choice).toMatchObject({ source: 'resolved', version: '7.5.0', from: 'dev-requirements.txt' })
    expect(choice.requirements).toBe('flake8-bugbear>=24\nflake8==7.5.0')
  })

  test('with locked-only passes over what has no hashes, and says so', () => {
    const choice = chooseVersion(
      { ...wish, lockedOnly: true },
      { ...none, declared: requirements, environment },
    )
    expect(choice).toMatchObject({ source: 'suite-lock', version: '7.5.0' })
    expect(choice.notices.map((notice) => notice.message).join()).toMatch(/7\.0\.0 of requirements-dev\.txt/)
    expect(chooseVersion({ ...wish, lockedOnly: true }, { ...none, locks: [uvLock] }).source).toBe(
      'project-lock',
    )
  })

  test('with locked-only refuses a version that was asked for but has no hashes', () => {
    expect(() => chooseVersion({ ...wish, lockedOnly: true, wanted: '5.0.4' }, none)).toThrow(UserError)
    expect(chooseVersion({ ...wish, lockedOnly: true, wanted: '7.5.0' }, none).source).toBe('suite-lock')
  })
})

describe('what a project declares', () => {
  test.each([
    ['requirements.txt', true],
    ['requirements-dev.txt', true],
    ['dev_requirements.txt', true],
    ['requirements/lint.txt', true],
    ['constraints.txt', true],
    ['docs/robots.txt', false],
    ['src/requirements_parser.py', false],
  ])('%s is a requirements file: %s', (path, expected) => {
    expect(isRequirementsFile(path)).toBe(expected)
  })

  test('a version of Poetry is exact, a caret is not', () => {
    const poetry = {
      tool: {
        poetry: {
          group: { dev: { dependencies: { black: '24.4.2', isort: '^5', mypy: { version: '1.10.0' } } } },
        },
      },
    }
    const exact = declaredInPyproject(config('pyproject.toml', poetry)).map(({ requirement }) => [
      requirement.name,
      requirement.exact,
    ])
    expect(exact).toEqual([
      ['black', '24.4.2'],
      ['isort', undefined],
      ['mypy', '1.10.0'],
    ])
  })

  test('`required-version` counts where it is one version', () => {
    const data = { tool: { ruff: { 'required-version': '==0.6.0' }, black: { 'required-version': '24' } } }
    expect(
      declaredInPyproject(config('pyproject.toml', data)).map(({ requirement }) => requirement.exact),
    ).toEqual(['0.6.0'])
  })

  test.each(['https://github.com/astral-sh/ruff-pre-commit', 'git@github.com:astral-sh/ruff-pre-commit.git'])(
    'knows the hook repository %s',
    (repo) => {
      const file = config('.pre-commit-config.yaml', { repos: [{ repo, rev: 'v0.6.0', hooks: [] }] })
      expect(declaredInHooks(file).map(({ requirement }) => renderRequirement(requirement))).toEqual([
        'ruff==0.6.0',
      ])
    },
  )

  test('a commit as `rev`, and anything of a wrong shape, says nothing', () => {
    const repos = [
      { repo: 'https://github.com/psf/black', rev: '0a1b2c3', hooks: [] },
      7,
      null,
      { hooks: 'x' },
    ]
    expect(declaredInHooks(config('.pre-commit-config.yaml', { repos }))).toEqual([])
    expect(
      declaredInPyproject(
        config('pyproject.toml', { project: { dependencies: 'x', 'optional-dependencies': [1] }, tool: 3 }),
      ),
    ).toEqual([])
  })
})

describe('parseRequirement', () => {
  test.each([
    [
      'Flake8_Bugbear [dev, x] >= 24.1 , < 25 ; python_version > "3"',
      {
        name: 'flake8-bugbear',
        extras: ['dev', 'x'],
        specifier: '>=24.1,<25',
        marker: 'python_version > "3"',
      },
    ],
    ['black==24.4.2', { name: 'black', extras: [], specifier: '==24.4.2', marker: '', exact: '24.4.2' }],
    ['black==24.*', { name: 'black', extras: [], specifier: '==24.*', marker: '' }],
    ['black', { name: 'black', extras: [], specifier: '', marker: '' }],
    ['tool (>=1)', { name: 'tool', extras: [], specifier: '>=1', marker: '' }],
  ])('reads %s', (text, expected) => {
    expect(parseRequirement(text)).toEqual(expected)
  })

  test.each(['-r other.txt', 'git+https://x/y', './local', 'name @ https://x/y', '', '--hash=sha256:00'])(
    'leaves %j out',
    (text) => {
      expect(parseRequirement(text)).toBeUndefined()
    },
  )
})
