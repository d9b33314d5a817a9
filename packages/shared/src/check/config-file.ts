/** Configuration files of Python tools: which there are, and reading them. */
import { parseIni } from '../parse/ini.ts'
import { parseJsonText } from '../parse/json.ts'
import { parseToml } from '../parse/toml.ts'
import { parseYaml } from '../parse/yaml.ts'
import type { ConfigFile } from '../tool/project.ts'

const formats: Readonly<Record<string, 'toml' | 'ini' | 'yaml' | 'json' | 'commented-json' | 'text'>> = {
  'pyproject.toml': 'toml',
  'setup.cfg': 'ini',
  'tox.ini': 'ini',
  '.flake8': 'ini',
  '.isort.cfg': 'ini',
  '.pylintrc': 'ini',
  pylintrc: 'ini',
  '.pylintrc.toml': 'toml',
  'pylintrc.toml': 'toml',
  'mypy.ini': 'ini',
  '.mypy.ini': 'ini',
  'ruff.toml': 'toml',
  '.ruff.toml': 'toml',
  'pyrightconfig.json': 'commented-json',
  '.pre-commit-config.yaml': 'yaml',
  '.pre-commit-config.yml': 'yaml',
  'uv.lock': 'toml',
  'poetry.lock': 'toml',
  'pdm.lock': 'toml',
  'Pipfile.lock': 'json',
  'package-lock.json': 'text',
  'npm-shrinkwrap.json': 'text',
  '.editorconfig': 'text',
  '.coveragerc': 'ini',
  '.interrogaterc': 'ini',
  '.jscpd.json': 'commented-json',
  '.bandit': 'ini',
  'bandit.yaml': 'yaml',
  'bandit.yml': 'yaml',
  '.hadolint.yaml': 'yaml',
  '.hadolint.yml': 'yaml',
  'zizmor.yaml': 'yaml',
  'zizmor.yml': 'yaml',
  '.semgrepignore': 'text',
  '.secrets.baseline': 'json',
}

/** A file is read whole; lock files of large projects are a few megabytes. */
export const maxConfigBytes = 32 * 1024 * 1024

export function isConfigName(name: string): boolean {
  return (
    Object.hasOwn(formats, name) ||
    /^(requirements|constraints)[\w.-]*\.(txt|in)$/.test(name) ||
    /^requirements\/[\w.-]+\.(txt|in)$/.test(name) ||
    isLockedPackages(name)
  )
}

/** Says what is installed, and is no configuration of any tool. */
export function isNpmLock(name: string): boolean {
  return name === 'package-lock.json' || name === 'npm-shrinkwrap.json'
}

/** PEP 751. */
function isLockedPackages(name: string): boolean {
  return /^pylock(\.[\w-]+)?\.toml$/.test(name)
}

export function parseConfigFile(path: string, text: string): ConfigFile {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const file = { name, path, text }
  try {
    const data = parseContent(name, text)
    return data === undefined ? file : { ...file, data }
  } catch (error) {
    return { ...file, error: error instanceof Error ? error.message : String(error) }
  }
}

function parseContent(name: string, text: string): Readonly<Record<string, unknown>> | undefined {
  switch (formats[name] ?? (isLockedPackages(name) ? 'toml' : undefined)) {
    case 'toml':
      return parseToml(text)
    case 'ini': {
      const { sections, error } = parseIni(text)
      if (error !== undefined) throw new Error(error)
      return sections
    }
    case 'yaml':
      return asTable(parseYaml(text))
    case 'json':
      return asTable(parseJsonText(text))
    case 'commented-json':
      return hasComments(text) ? undefined : asTable(parseJsonText(text))
    default:
      return undefined
  }
}

/** Pyright and jscpd allow them; a file with them is left unread rather than called broken. */
function hasComments(text: string): boolean {
  return /\/[/*]/.test(text.replaceAll(/"(?:[^"\\\n]|\\.)*"?/g, ''))
}

function asTable(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isTable(value) ? value : undefined
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The table at a path of keys, such as `tool.black`; undefined where there is none. */
export function tableAt(
  file: ConfigFile,
  ...keys: readonly string[]
): Readonly<Record<string, unknown>> | undefined {
  let value: unknown = file.data
  for (const key of keys) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return asTable(value)
}
