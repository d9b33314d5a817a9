/** Packages that a project names and no scanner of the run looks at: green must not mean that nobody looked. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, Notice, PlannedTool, Project } from '@ci-actions/shared'
import { filesInScope } from '@ci-actions/shared'
import type { PythonAudit } from '../tools/python-audits.ts'
import { isOpen, openPythonAudits } from '../tools/python-audits.ts'
import { isBelow, isIllustration } from '../tools/python-files.ts'
import { isLockName } from '../tools/python-locks.ts'
import { nameSome } from '../tools/risk-finding.ts'
import { commandIn, few, pythonLockOf } from './locked-by.ts'
import { isManifest } from './manifest-files.ts'
import { isNodeLocked } from './node-locked-by.ts'
import type { Manifest, Survey } from './survey.ts'
import { npmDeclared } from './survey.ts'
import { unreadManifestNotices, unreadManifests } from './unread-manifests.ts'

export interface PlannedPackage {
  /** As tools see it. */
  readonly project: Project
  readonly tools: readonly PlannedTool[]
}

export interface LookedAt {
  readonly survey: Survey
  /** All of the run, since the lock of one may answer for another. */
  readonly packages: readonly PlannedPackage[]
  /** Links that are not followed, repository-relative. */
  readonly links: readonly string[]
}

/** Where none of the scanners of a language was chosen, somebody decided so, and nothing is said. */
export function unauditedNotices(
  { name }: Pick<Project, 'name'>,
  { survey, packages, links }: LookedAt,
): readonly Notice[] {
  const planned = packages.find(({ project }) => project.name === name)
  if (planned === undefined) return []
  const { project, tools } = planned
  const found = [
    ...unauditedPython(project, survey, chosenOf(tools, pythonAuditors)),
    ...unauditedNode(survey, packages, chosenOf(tools, nodeAuditors)),
  ]
  const unread = unreadPaths(project, packages, chosenOf(tools, [...pythonAuditors, ...nodeAuditors]))
  const aside = [
    ...openPythonAudits(project).setAside.map(({ path }) => path),
    ...found.map(({ file }) => file.path),
    ...unread,
  ].filter((path) => isIllustration(project, { path }))
  return [
    ...found
      .filter(({ file }) => !isIllustration(project, file))
      .map(({ level, message }): Notice => ({ level, message })),
    ...(chosenOf(tools, [...pythonAuditors, ...nodeAuditors]).size > 0
      ? [
          ...linkNotices(project, links),
          ...unreadManifestNotices(unread.filter((path) => !isIllustration(project, { path }))),
          ...asideNotice(aside),
        ]
      : []),
  ]
}

/** Repository-relative; of languages other than Python and Node only OSV-Scanner and Trivy read anything. */
function unreadPaths(
  project: Project,
  packages: readonly PlannedPackage[],
  chosen: ReadonlySet<string>,
): readonly string[] {
  if (!['osv-scanner', 'trivy'].some((id) => chosen.has(id))) return []
  const paths = filesInScope(project).map((path) => posix.join(project.folder, path))
  return unreadManifests(paths, filesOf(packages), chosen)
}

function filesOf(packages: readonly PlannedPackage[]): ReadonlySet<string> {
  return new Set(
    packages.flatMap(({ project: { folder, files, configuration } }) => [
      ...files.map((path) => posix.join(folder, path)),
      ...configuration.map(({ path }) => path),
    ]),
  )
}

function linkNotices(project: Project, links: readonly string[]): readonly Notice[] {
  const manifests = links.filter((path) => isManifest(path) && isBelow(project, { path }))
  return manifests
    .filter((path) => !isIllustration(project, { path }))
    .map((path) => ({
      level: 'failed',
      message: `Nobody audited ${path}: it is a link that leads out of the repository or to nothing, and is not followed. Put the file itself there, or leave it out with \`exclude\`.`,
    }))
}

const pythonAuditors = ['pip-audit', 'osv-scanner', 'trivy', 'safety']
/** By name of the lock. */
const nodeReaders: Readonly<Record<string, readonly string[]>> = {
  'package-lock.json': ['npm-audit', 'osv-scanner', 'trivy'],
  'npm-shrinkwrap.json': ['npm-audit', 'osv-scanner', 'trivy'],
  'pnpm-lock.yaml': ['pnpm-audit', 'osv-scanner', 'trivy'],
  'yarn.lock': ['yarn-audit', 'osv-scanner', 'trivy'],
  'bun.lock': ['osv-scanner', 'trivy'],
}
const nodeAuditors = [...new Set(Object.values(nodeReaders).flat())]

/** One that found nothing to look at was chosen; one that nobody chose was skipped. */
function chosenOf(tools: readonly PlannedTool[], ids: readonly string[]): ReadonlySet<string> {
  const chosen = tools.filter((each) => each.runs || (each.status !== 'skipped' && each.tool.id !== 'safety'))
  return new Set(chosen.flatMap(({ tool: { id } }) => (ids.includes(id) ? [id] : [])))
}

interface Unaudited extends Notice {
  readonly file: ConfigFile
}

function unauditedPython(
  project: Project,
  survey: Survey,
  chosen: ReadonlySet<string>,
): readonly Unaudited[] {
  if (chosen.size === 0) return []
  const { audits, broken, unreadable } = openPythonAudits(project)
  const looked = new Set([...audits.map(({ file }) => file), ...broken].map(({ path }) => path))
  const others = [...survey.files.values()].filter(
    (file) => isLockName(file.name) && isBelow(project, file) && !looked.has(file.path),
  )
  const readsAllLocks = ['osv-scanner', 'trivy', 'safety'].some((id) => chosen.has(id))
  return [
    ...unreadable.map(({ file, why, listed }) => ({
      file,
      level: listed ? ('warning' as const) : ('failed' as const),
      message: listed
        ? `${file.path}: ${why}. What is listed beside it was audited; whether that is all, nobody knows.`
        : `Nobody audited what ${file.path} asks for: ${why}. Write a lock file with ${commandIn(file)}, list the packages in a \`requirements.txt\` beside it, or leave it out with \`exclude\`.`,
    })),
    ...(chosen.has('pip-audit') ? [] : audits.filter(isOpen).map(openNotice)),
    ...(readsAllLocks ? [] : others.map(lockNotice)),
    ...survey.manifests.flatMap((manifest) => elsewhereNotice(manifest, survey)),
  ]
}

/** Of a lock, whoever reads it says so. */
function elsewhereNotice({ file, declared }: Manifest, survey: Survey): readonly Unaudited[] {
  const names = declared.filter(({ elsewhere }) => elsewhere).map(({ name }) => name)
  if (names.length === 0 || pythonLockOf(file, survey) !== undefined) return []
  const message = `Not audited, since no advisory knows what does not come from an index: ${few(names)} (${file.path}).`
  return [{ file, level: 'notice', message }]
}

function openNotice(audit: PythonAudit): Unaudited {
  const { file } = audit
  const message = `Nobody audited what ${file.path} asks for without an exact version (${few(openNames(audit))}): of the scanners only pip-audit finds out what an installer would take. Let it run too, write a lock file with ${commandIn(file)}, or leave the file out with \`exclude\`.`
  return { file, level: 'failed', message }
}

function openNames(audit: PythonAudit): readonly string[] {
  if (audit.kind === 'project') return audit.declared.map(({ name }) => name)
  if (audit.kind === 'lock') return []
  const open = audit.parts.flatMap(({ list }) =>
    list.requirements.filter(({ version, elsewhere }) => version === undefined && !elsewhere),
  )
  return open.length === 0 ? audit.list.includes : open.map(({ name }) => name)
}

function lockNotice(file: ConfigFile): Unaudited {
  const message = `Nobody audited ${file.path}: pip-audit looks at lock files of the project's own folder alone. Let osv-scanner run too, or leave the file out with \`exclude\`.`
  return { file, level: 'failed', message }
}

function unauditedNode(
  survey: Survey,
  packages: readonly PlannedPackage[],
  chosen: ReadonlySet<string>,
): readonly Unaudited[] {
  if (chosen.size === 0) return []
  const locks = [...survey.files.values()].filter(({ name }) => {
    const readers = nodeReaders[name]
    return readers !== undefined && !readers.some((id) => chosen.has(id))
  })
  return [...locks.map(nodeLockNotice), ...elsewhereInBun(survey), ...unlockedNode(survey, packages)]
}

/** Of other locks, the audit that reads them says so. */
function elsewhereInBun({ files, inventory }: Survey): readonly Unaudited[] {
  return inventory.sets.flatMap(({ path, components, unread = [] }): readonly Unaudited[] => {
    const file = files.get(path)
    const names = [...components.filter(({ from }) => from === 'other').map(({ name }) => name), ...unread]
    if (file?.name !== 'bun.lock' || names.length === 0) return []
    const message = `Not audited, since no advisory knows what does not come from a registry: ${nameSome(names)} (${path}).`
    return [{ file, level: 'warning', message }]
  })
}

function nodeLockNotice(file: ConfigFile): Unaudited {
  const readers = (nodeReaders[file.name] ?? []).filter((id) => id !== 'trivy').join(' or ')
  const message = `Nobody audited ${file.path}: no scanner of this run reads it. Let ${readers} run too, or leave the file out with \`exclude\`.`
  return { file, level: 'failed', message }
}

function unlockedNode(survey: Survey, packages: readonly PlannedPackage[]): readonly Unaudited[] {
  const known = filesOf(packages)
  return [...survey.files.values()].flatMap((file) => {
    if (file.name !== 'package.json' || isNodeLocked(file.path, survey, known)) return []
    const names = [...npmDeclared(file)].filter(
      ([, range]) => !/^(?:workspace|link|file|portal):/.test(range),
    )
    if (names.length === 0) return []
    const message = `Nobody audited what ${file.path} asks for (${few(names.map(([name]) => name))}): no lock file says which versions that is. Write one with ${commandIn(file)} and commit it, or leave the file out with \`exclude\`.`
    return [{ file, level: 'failed', message }]
  })
}

function asideNotice(all: readonly string[]): readonly Notice[] {
  const paths = [...new Set(all)].toSorted()
  if (paths.length === 0) return []
  const message = `Not audited, in folders of tests, examples or documents: ${nameSome(paths)}.`
  return [{ level: 'warning', message }]
}
