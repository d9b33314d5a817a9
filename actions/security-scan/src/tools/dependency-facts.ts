/** Of a Python dependency: whether the project asks for it itself, through what it came, and where it stands. Pure. */
import type { ConfigFile, Dependency, Project, RawLocation } from '@ci-actions/shared'
import { isRecord, tableAt } from '@ci-actions/shared'
import { linesOfNames } from '../dependencies/manifest-lines.ts'
import { pathOf } from './configuration-path.ts'
import type { PythonAudit } from './python-audits.ts'
import type { LockedPackage } from './python-locks.ts'
import { normalName, requirementName } from './python-locks.ts'
import { readRequirements } from './python-requirements.ts'

/** The line that names it; the file alone where none does, as for what a resolver added. */
export function placeOf(audit: PythonAudit, name: string, project: Project): RawLocation {
  const { file, line } = placeIn(audit, name)
  return { path: pathOf(project, file), ...(line !== undefined && { line }) }
}

export function dependencyOf(
  audit: PythonAudit,
  { name: printed, version }: { readonly name: string; readonly version: string },
  project: Project,
): Dependency {
  const name = normalName(printed)
  const asked = directNames(audit, project)
  const via = audit.kind === 'lock' ? pathTo(name, audit.packages, asked) : undefined
  return {
    ecosystem: 'pypi',
    name,
    version,
    ...(asked.size > 0 && { direct: asked.has(name) }),
    ...(via !== undefined && { via }),
  }
}

/** What the project asks for itself, as its own files say; a list that no tool wrote is one of those. */
function directNames(audit: PythonAudit, project: Project): ReadonlySet<string> {
  const declared = project.configuration.flatMap(declaredIn)
  const own =
    audit.kind === 'lock'
      ? audit.packages.filter(({ from }) => from === 'own').flatMap(({ dependencies }) => dependencies)
      : []
  const asked = audit.kind === 'project' ? audit.declared.map((each) => each.name) : []
  const parts = audit.kind === 'requirements' ? audit.parts : []
  const listed = parts
    .filter(({ list }) => !list.compiled && !list.hashed)
    .flatMap(({ list }) => list.requirements.map(({ name }) => name))
  return new Set([...declared, ...own, ...asked, ...listed])
}

function declaredIn(file: ConfigFile): readonly string[] {
  if (file.name.endsWith('.in'))
    return readRequirements(file.path, file.text).requirements.map(({ name }) => name)
  if (file.name !== 'pyproject.toml') return []
  const project = tableAt(file, 'project') ?? {}
  const lists = [
    project['dependencies'],
    ...Object.values(isRecord(project['optional-dependencies']) ? project['optional-dependencies'] : {}),
    ...Object.values(tableAt(file, 'dependency-groups') ?? {}),
  ]
  const poetry = [
    tableAt(file, 'tool', 'poetry', 'dependencies'),
    tableAt(file, 'tool', 'poetry', 'dev-dependencies'),
    ...Object.keys(tableAt(file, 'tool', 'poetry', 'group') ?? {}).map((group) =>
      tableAt(file, 'tool', 'poetry', 'group', group, 'dependencies'),
    ),
  ]
  const named = lists.flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
  return [
    ...named.flatMap((each) => (typeof each === 'string' ? (requirementName(each) ?? []) : [])),
    ...poetry.flatMap((table) => Object.keys(table ?? {}).map(normalName)),
  ]
}

/** The shortest way from something that the project asks for, both ends included. */
function pathTo(
  wanted: string,
  packages: readonly LockedPackage[],
  asked: ReadonlySet<string>,
): readonly string[] | undefined {
  const dependencies = new Map(packages.map((each) => [each.name, each.dependencies]))
  const queue = [...asked].sort().map((name) => [name])
  const seen = new Set(asked)
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const last = path.at(-1) ?? ''
    if (last === wanted) return path
    for (const next of dependencies.get(last) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push([...path, next])
    }
  }
  return undefined
}

interface Place {
  readonly file: ConfigFile
  readonly line: number | undefined
}

function placeIn(audit: PythonAudit, name: string): Place {
  const { file } = audit
  switch (audit.kind) {
    case 'requirements':
      return requirementPlace(audit, name)
    case 'project':
      return { file, line: linesOfNames(file.text)(name) }
    case 'lock':
      return { file, line: lineIn(file, name) }
  }
}

/** In the list itself or in one that it takes in. */
function requirementPlace(audit: Extract<PythonAudit, { kind: 'requirements' }>, name: string): Place {
  const places = audit.parts.flatMap(({ file, list }) =>
    list.requirements.filter((each) => each.name === normalName(name)).map(({ line }) => ({ file, line })),
  )
  return places[0] ?? { file: audit.file, line: undefined }
}

/** In a lock file its table's `name`, in `Pipfile.lock` its key. */
function lineIn({ name: file, text }: ConfigFile, name: string): number | undefined {
  const spelled = normalName(name).replaceAll('-', '[-_.]+')
  const pattern = file === 'Pipfile.lock' ? `^\\s*"${spelled}"\\s*:` : `^name = "${spelled}"`
  const index = text.split('\n').findIndex((line) => new RegExp(pattern, 'i').test(line))
  return index === -1 ? undefined : index + 1
}
