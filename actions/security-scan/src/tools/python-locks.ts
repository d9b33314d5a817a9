/** What lock files of Python projects pin, in one form. Pure, over parsed files. */
import type { ConfigFile, JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'

export interface LockedPackage {
  /** Normalised, as package indexes compare names. */
  readonly name: string
  readonly version: string | undefined
  /** `index`: the only one that advisories know; `own`: part of the project; `other`: from git, a URL or a folder. */
  readonly from: 'index' | 'own' | 'other'
  /** Normalised names. */
  readonly dependencies: readonly string[]
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
}

export function isLockName(name: string): boolean {
  return /^(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|pylock(?:\.[\w-]+)?\.toml)$/.test(name)
}

/** Undefined for a file that is no lock, or does not parse. */
export function readPythonLock({ name, data }: ConfigFile): readonly LockedPackage[] | undefined {
  if (data === undefined || !isLockName(name)) return undefined
  if (name === 'Pipfile.lock') return ['default', 'develop'].flatMap((group) => pipfilePackages(data[group]))
  const list = name.startsWith('pylock') ? data['packages'] : data['package']
  return records(list).flatMap((each) => {
    if (typeof each['name'] !== 'string') return []
    const version = typeof each['version'] === 'string' ? each['version'] : undefined
    const from = version === undefined && name !== 'uv.lock' ? 'other' : originOf(each)
    return [{ name: normalName(each['name']), version, from, dependencies: dependenciesOf(each) }]
  })
}

function pipfilePackages(group: unknown): readonly LockedPackage[] {
  return Object.entries(isRecord(group) ? group : {}).map(([name, about]) => {
    const pin = isRecord(about) && typeof about['version'] === 'string' ? about['version'] : ''
    const version = /^===?\s*(.+)$/.exec(pin)?.[1]
    return {
      name: normalName(name),
      version,
      from: version === undefined ? 'other' : 'index',
      dependencies: [],
    }
  })
}

/** uv and Poetry have a table `source`, PDM and PEP 751 keys or tables of the package itself. */
function originOf(each: JsonRecord): LockedPackage['from'] {
  const source = isRecord(each['source']) ? each['source'] : {}
  if ('virtual' in source || 'editable' in source || each['editable'] === true) return 'own'
  const poetry = source['type']
  if (typeof poetry === 'string') return poetry === 'legacy' || poetry === 'pypi' ? 'index' : 'other'
  const elsewhere = ['git', 'url', 'path', 'directory']
  if (elsewhere.some((key) => key in source)) return 'other'
  return ['git', 'vcs', 'url', 'path', 'directory', 'archive'].some((key) => key in each) ? 'other' : 'index'
}

/** Lists of tables (uv, PEP 751), of requirements (PDM), or one table by name (Poetry). */
function dependenciesOf(each: JsonRecord): readonly string[] {
  const { dependencies } = each
  const optional = isRecord(each['optional-dependencies']) ? Object.values(each['optional-dependencies']) : []
  const groups = isRecord(each['dev-dependencies']) ? Object.values(each['dev-dependencies']) : []
  return [...new Set([dependencies, ...optional, ...groups].flatMap(namesIn))]
}

function namesIn(list: unknown): readonly string[] {
  if (isRecord(list)) return Object.keys(list).map(normalName)
  if (!Array.isArray(list)) return []
  return list.flatMap((each) => {
    const name: unknown = isRecord(each) ? each['name'] : each
    return typeof name === 'string' ? (requirementName(name) ?? []) : []
  })
}

/** Of `Name[extra]>=1; marker`. */
export function requirementName(requirement: string): string | undefined {
  const name = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?![\w.-])/.exec(requirement)?.[1]
  return name === undefined ? undefined : normalName(name)
}

function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
