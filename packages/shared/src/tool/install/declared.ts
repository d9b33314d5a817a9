/** What a project asks for in tools, outside of lock files: requirements files, pyproject.toml, pre-commit hooks. */
import type { ConfigFile } from '../project.ts'
import type { Requirement } from './requirement.ts'
import { normaliseName, parseRequirement, parseRequirements, plainVersion } from './requirement.ts'

export interface Declared {
  readonly requirement: Requirement
  /** Repository-relative file. */
  readonly from: string
  /** For a pre-commit hook: what else is installed beside it. */
  readonly beside?: readonly Requirement[] | undefined
}

type Table = Readonly<Record<string, unknown>>

export function isRequirementsFile(path: string): boolean {
  return /(^|\/)requirements\/[\w.-]+\.(txt|in)$|(^|\/)([\w.-]+[-_.])?(requirements|constraints)([-_.][\w.-]+)?\.(txt|in)$/.test(
    path,
  )
}

export function declaredInRequirements(path: string, text: string): readonly Declared[] {
  return parseRequirements(text).map((requirement) => ({ requirement, from: path }))
}

/** Dependencies, extras, dependency groups (PEP 735), Poetry, PDM and Hatch tables, and `required-version` of a tool. */
export function declaredInPyproject(file: ConfigFile): readonly Declared[] {
  const data = file.data ?? {}
  const project = table(data['project'])
  const tool = table(data['tool'])
  const lists = [
    project['dependencies'],
    ...Object.values(table(project['optional-dependencies'])),
    ...Object.values(table(data['dependency-groups'])),
    table(tool['uv'])['dev-dependencies'],
    ...Object.values(table(table(tool['pdm'])['dev-dependencies'])),
    ...Object.values(table(table(tool['hatch'])['envs'])).flatMap((env) => [
      table(env)['dependencies'],
      table(env)['extra-dependencies'],
    ]),
  ]
  const plain = lists.flatMap((list) => strings(list)).flatMap((text) => parseRequirement(text) ?? [])
  const requirements = [...requiredVersions(tool), ...plain, ...poetryRequirements(table(tool['poetry']))]
  return requirements.map((requirement) => ({ requirement, from: file.path }))
}

/** `required-version = "24.4.2"` of Black and Ruff; a range says no version. */
function requiredVersions(tool: Table): readonly Requirement[] {
  return ['black', 'ruff'].flatMap((name) => {
    const required = table(tool[name])['required-version']
    const version = typeof required === 'string' ? plainVersion(required.replace(/^==/, '')) : undefined
    // Black takes `24` for any version of that year.
    return version?.includes('.') ? [pinned(name, version)] : []
  })
}

/** `black = "24.4.2"` is exact for Poetry, `"^24"` is a range. */
function poetryRequirements(poetry: Table): readonly Requirement[] {
  const groups = Object.values(table(poetry['group'])).map((group) => table(group)['dependencies'])
  return [poetry['dependencies'], poetry['dev-dependencies'], ...groups]
    .flatMap((group) => Object.entries(table(group)))
    .filter(([name]) => name !== 'python')
    .flatMap(([name, value]) => {
      const wanted = typeof value === 'string' ? value : table(value)['version']
      const version = typeof wanted === 'string' ? plainVersion(wanted.replace(/^==/, '')) : undefined
      return [
        version === undefined
          ? { ...pinned(name, ''), specifier: '', exact: undefined }
          : pinned(name, version),
      ]
    })
}

function pinned(name: string, version: string): Requirement {
  return { name: normaliseName(name), extras: [], specifier: `==${version}`, marker: '', exact: version }
}

/** Hook repositories whose `rev` is the version of a distribution, by `owner/name` in lower case. */
const hookRepositories: Readonly<Record<string, string>> = {
  'psf/black': 'black',
  'psf/black-pre-commit-mirror': 'black',
  'pycqa/isort': 'isort',
  'timothycrosley/isort': 'isort',
  'pre-commit/mirrors-isort': 'isort',
  'pycqa/flake8': 'flake8',
  'astral-sh/ruff-pre-commit': 'ruff',
  'charliermarsh/ruff-pre-commit': 'ruff',
  'pylint-dev/pylint': 'pylint',
  'pycqa/pylint': 'pylint',
  'pre-commit/mirrors-pylint': 'pylint',
  'pre-commit/mirrors-mypy': 'mypy',
  'robertcraigie/pyright-python': 'pyright',
  'econchick/interrogate': 'interrogate',
  'rohaquinlop/complexipy-pre-commit': 'complexipy',
  'pycqa/bandit': 'bandit',
}

/** Versions by `rev`, and versions pinned in `additional_dependencies` of any hook, local ones included. */
export function declaredInHooks(file: ConfigFile): readonly Declared[] {
  const repositories = Array.isArray(file.data?.['repos']) ? file.data['repos'].map(table) : []
  return repositories.flatMap((repository) => {
    const hooks = Array.isArray(repository['hooks']) ? repository['hooks'].map(table) : []
    const beside = hooks
      .flatMap((hook) => strings(hook['additional_dependencies']))
      .flatMap((text) => parseRequirement(text) ?? [])
    const version = plainVersion(String(repository['rev'] ?? ''))
    const distribution = hookRepositories[repositoryName(String(repository['repo'] ?? ''))]
    const own =
      distribution !== undefined && version !== undefined
        ? [{ requirement: pinned(distribution, version), from: file.path, beside }]
        : []
    return [...own, ...beside.map((requirement) => ({ requirement, from: file.path }))]
  })
}

/** Last two parts of a clone URL. */
function repositoryName(url: string): string {
  return url
    .toLowerCase()
    .replace(/\.git$/, '')
    .replace(/\/+$/, '')
    .split(/[/:]/)
    .slice(-2)
    .join('/')
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
