/** The commands of pip-audit for what a project asks for: what is given to it, and how. Pure. */
import { join, posix } from 'node:path'
import type { Invocation, Project, ToolOutput, ToolRequest } from '@ci-actions/shared'
import { parseRequirement, renderRequirement } from '@ci-actions/shared'
import type { Declared } from '../dependencies/python-declared.ts'
import { pathOf } from './configuration-path.ts'
import type { PythonAudit } from './python-audits.ts'
import { pythonAudits } from './python-audits.ts'
import type { LockedPackage } from './python-locks.ts'
import type { Requirement } from './python-requirements.ts'
import { linesFromIndex } from './python-requirements.ts'
import type { RequirementsAudit } from './python-requirements-lists.ts'

export interface AuditRun {
  readonly audit: PythonAudit
  /** The last argument; tells the run's output apart from others. */
  readonly target: string
  readonly how: readonly string[]
  readonly inputs?: Invocation['inputs']
  /** The same in several runs, for where its parts exclude each other, as extras may. */
  readonly apart?: readonly AuditRun[] | undefined
}

/** Nothing has to be resolved, and no index is asked. */
export const settled = '--disable-pip'

type Request = Pick<ToolRequest, 'project' | 'outputFolder'>

export function auditRuns(request: Request): readonly AuditRun[] {
  return pythonAudits(request.project).flatMap((audit, index) => runsOf(audit, index, request))
}

export function outputRun({ request, invocation }: ToolOutput): AuditRun | undefined {
  return auditRuns(request)
    .flatMap((run) => [run, ...(run.apart ?? [])])
    .find(({ target }) => target === invocation.args.at(-1))
}

function runsOf(audit: PythonAudit, index: number, { project, outputFolder }: Request): readonly AuditRun[] {
  if (audit.kind === 'project') return [askedRun(audit, `${outputFolder}/asked-${index}`)]
  if (audit.kind === 'requirements') {
    if (!audit.pinned) return [openRun(audit, project, `${outputFolder}/open-${index}`)]
    if (!standsAlone(audit)) return pinnedRuns(audit, pinsOf(audit), `${outputFolder}/listed-${index}`)
    const whole = audit.list.hashed ? [settled] : ['--no-deps', settled]
    return [{ audit, target: pathOf(project, audit.file), how: [...whole, '-r'] }]
  }
  return pinnedRuns(audit, audit.packages, `${outputFolder}/locked-${index}`)
}

/** Nothing of the project is built, nor what it names by an address: that would run code of the change. */
function openRun(audit: RequirementsAudit, project: Project, stem: string): AuditRun {
  const isElsewhere = audit.parts.some(({ list }) => list.requirements.some(({ elsewhere }) => elsewhere))
  if (!isElsewhere) return { audit, target: pathOf(project, audit.file), how: ['-r'] }
  const known = new Set(audit.parts.map(({ file }) => file.path))
  const texts = audit.parts.map(({ file }) =>
    linesFromIndex(file.text, (name) => {
      if (/^\w+:\/\//.test(name)) return name
      const path = posix.join(posix.dirname(file.path), name)
      return known.has(path) ? undefined : join(project.root, pathOf(project, { path })).replaceAll('\\', '/')
    }),
  )
  const target = `${stem}.txt`
  return { audit, target, how: ['-r'], inputs: { [target]: texts.join('') } }
}

/**
 * Without pip, pip-audit takes in no other list, leaves out what a marker says is for another machine, does not know
 * `===`, and fails over a list of nothing but folders of the repository.
 */
export function standsAlone({ parts, list }: RequirementsAudit): boolean {
  const isPlain = ({ marker, specifier }: Requirement) => marker === '' && !specifier.startsWith('===')
  const isAudited = list.requirements.some(({ name, elsewhere }) => !elsewhere || !isFolder(name))
  return parts.length === 1 && isAudited && list.requirements.every(isPlain)
}

/** Of the repository, such as `.` or `../lib[extra]`: what it asks for is audited there. */
export function isFolder(name: string): boolean {
  return /^\.{1,2}(?:[/\\[]|$)/.test(name)
}

/** Of all that the list takes in; without a version where it names none. */
export function pinsOf({ parts }: RequirementsAudit): readonly LockedPackage[] {
  return parts.flatMap(({ list }) =>
    list.requirements.map(({ name, version, elsewhere }) => ({
      ...{ name, version, dependencies: [] },
      from: elsewhere ? ('other' as const) : ('index' as const),
    })),
  )
}

function pinnedRuns(
  audit: PythonAudit,
  packages: readonly LockedPackage[],
  stem: string,
): readonly AuditRun[] {
  return layersOf(packages).map((layer, index) => {
    const target = `${stem}-${index}.txt`
    const text = layer.map(({ name, version }) => `${name}==${version}\n`).join('')
    return { audit, target, how: ['--no-deps', settled, '-r'], inputs: { [target]: text } }
  })
}

/** A lock file may have several versions of a package, for several platforms; a requirements file has one. */
export function layersOf(packages: readonly LockedPackage[]): readonly (readonly LockedPackage[])[] {
  const layers: LockedPackage[][] = []
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const each of packages) {
    const pin = `${each.name}==${each.version}`
    if (each.from !== 'index' || each.version === undefined || seen.has(pin)) continue
    seen.add(pin)
    const layer = counts.get(each.name) ?? 0
    counts.set(each.name, layer + 1)
    layers[layer] = [...(layers[layer] ?? []), each]
  }
  return layers
}

function askedRun(audit: Extract<PythonAudit, { kind: 'project' }>, stem: string): AuditRun {
  const groups = [...Map.groupBy(audit.declared, ({ list = '' }) => list).values()]
  const run = (declared: readonly Declared[], target: string): AuditRun => ({
    ...{ audit, target, how: ['-r'] },
    inputs: { [target]: `${[...new Set(declared.map(lineOf))].join('\n')}\n` },
  })
  const all = run(audit.declared, `${stem}.txt`)
  if (groups.length === 1) return all
  return { ...all, apart: groups.map((declared, index) => run(declared, `${stem}-${index}.txt`)) }
}

/** As it was understood, not as it stands there: a line may hold an option too. What is no name, pip refuses. */
function lineOf({ name, requirement = name }: Declared): string {
  const understood = parseRequirement(requirement) ?? parseRequirement(name)
  return understood === undefined ? `?${name.replaceAll(/[^\w.-]/g, '?')}` : renderRequirement(understood)
}
