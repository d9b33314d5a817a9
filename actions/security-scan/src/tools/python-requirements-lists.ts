/** Lists of requirements of a project, each with all that it takes in. Pure. */
import type { ConfigFile, Project } from '@ci-actions/shared'
import { isRequirementsPath } from '../dependencies/python-sets.ts'
import { isBelow } from './python-files.ts'
import { dynamicLists } from './python-manifests.ts'
import type { RequirementsFile } from './python-requirements.ts'
import { readRequirements } from './python-requirements.ts'

export interface RequirementsAudit {
  readonly kind: 'requirements'
  readonly file: ConfigFile
  readonly list: RequirementsFile
  /** Itself first; each once. */
  readonly parts: readonly RequirementsPart[]
  readonly pinned: boolean
}

export interface RequirementsPart {
  readonly file: ConfigFile
  readonly list: RequirementsFile
}

type Lists = ReadonlyMap<string, RequirementsPart>

/** Those that no other takes in. */
export function requirementsAudits(
  project: Project,
  files: ReadonlyMap<string, ConfigFile>,
): readonly RequirementsAudit[] {
  const lists: Lists = new Map(
    [...files.values()]
      .filter(({ path }) => /\.(?:txt|in)$/.test(path))
      .map((file) => [file.path, { file, list: readRequirements(file.path, file.text) }]),
  )
  const named = new Set([...files.values()].flatMap(dynamicLists))
  const isList = (file: ConfigFile) =>
    isBelow(project, file) && (named.has(file.path) || isRequirements(file, files))
  const own = [...lists.values()].filter(({ file }) => isList(file))
  const included = new Set(own.flatMap(({ list }) => list.includes))
  return own
    .filter(
      ({ file, list }) => !included.has(file.path) && list.requirements.length + list.includes.length > 0,
    )
    .map(({ file, list }) => {
      const parts = partsOf(file.path, lists)
      const pinned = parts.every((part) => isPinned(part, lists))
      return { kind: 'requirements', file, list, parts, pinned }
    })
}

/** Not a source of which the compiled list is there. */
function isRequirements({ name, path }: ConfigFile, files: ReadonlyMap<string, ConfigFile>): boolean {
  if (!isRequirementsPath(path) || name.startsWith('constraints')) return false
  return path.endsWith('.txt') || !files.has(path.replace(/\.in$/, '.txt'))
}

function partsOf(path: string, lists: Lists, known = new Set<string>()): readonly RequirementsPart[] {
  const part = lists.get(path)
  if (part === undefined || known.has(path)) return []
  known.add(path)
  return [part, ...part.list.includes.flatMap((each) => partsOf(each, lists, known))]
}

/** What it takes in from where nobody looked is not known to be. */
function isPinned({ list }: RequirementsPart, lists: Lists): boolean {
  const own = list.requirements.every(({ version, elsewhere }) => version !== undefined || elsewhere)
  return own && list.includes.every((each) => lists.has(each))
}
