/** What is known of the base: the commit, what changed since, and what each tool found there. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { UnavailableError } from '../action/errors.ts'
import type { Finding } from '../finding/finding.ts'
import type { Base } from '../git/base.ts'
import { findBase } from '../git/base.ts'
import { readChanges } from '../git/diff.ts'
import type { Repository } from '../git/repository.ts'
import { checkOutTree, listAt } from '../git/tree.ts'
import type { StoredResult } from '../history/results.ts'
import type { Host } from '../host/ports.ts'
import { filesInScope, isPython } from '../tool/project.ts'
import type { RunToolsRequest, ToolOutcome } from '../tool/run-tools.ts'
import { runTools } from '../tool/run-tools.ts'
import type { ToolSettings } from '../tool/tool.ts'
import type { BaseKnowledge, FileChange } from './comparison.ts'
import { filesToCompare } from './comparison.ts'
import { isConfigName, isNpmLock } from './config-file.ts'
import { filesBelow, firstPartyNames } from './gather.ts'
import type { PackagePlan, Plan } from './plan.ts'
import { lastingSettings } from './plan.ts'
import type { ProjectSize } from './size.ts'
import { addSize, measureFiles } from './size.ts'

export interface BaseSide {
  readonly base: Base
  readonly changes: readonly FileChange[]
  /** How much larger the project is now; nothing where the base tree was not needed or not to be had. */
  readonly growth: ProjectSize
  /** By `outcomeKey`. */
  readonly runs: ReadonlyMap<string, BaseKnowledge>
}

/** Where no tool was run on the base. */
export const nothingOnBase: Pick<BaseSide, 'runs' | 'growth'> = {
  runs: new Map(),
  growth: { files: 0, lines: 0 },
}

/** Finds the base and what changed; `none` where the comparison is impossible, with the reason. */
export async function findChanges(
  host: Host,
  repository: Repository | undefined,
  { base: wanted, offline }: { readonly base?: string | undefined; readonly offline: boolean },
): Promise<{ readonly base: Base; readonly changes: readonly FileChange[] }> {
  if (repository === undefined)
    return { base: { kind: 'none', why: 'this is no git repository' }, changes: [] }
  const base = await findBase(repository, host, { offline, ...(wanted !== undefined && { wanted }) })
  if (base.kind === 'none') return { base, changes: [] }
  try {
    return { base, changes: await readChanges(repository, base.sha) }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    return { base: { kind: 'none', why: `the base commit cannot be read, ${error.message}` }, changes: [] }
  }
}

export function outcomeKey(tool: string, packageName: string): string {
  return `${packageName}\0${tool}`
}

/**
 * Runs the tools that are exact per file on the base version of the changed files, with the configuration and
 * the versions of the head: what a change of configuration brings to light is old, not new.
 */
export async function runOnBase(
  repository: Repository,
  sha: string,
  changes: readonly FileChange[],
  request: Omit<RunToolsRequest, 'role' | 'workspace' | 'fix'>,
): Promise<Omit<BaseSide, 'base' | 'changes'>> {
  const host = request.host
  const files = (await listAt(repository, sha)) ?? []
  const { settings } = request.plan
  const packages = request.plan.packages.map((plan) => planOfBase(plan, files, changes, settings))
  if (packages.every((plan) => plan.tools.length === 0)) return nothingOnBase
  const tree = join(host.facts.temporary, `base-${host.clock.random(4)}`)
  await host.files.makeFolder(tree)
  try {
    try {
      await checkOutTree(repository, sha, tree)
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      host.runner.log(`What is new is told from changed lines: ${error.message}`)
      return { ...nothingOnBase, runs: new Map(keysOfPlan(packages).map((key) => [key, { how: 'lines' }])) }
    }
    await layConfiguration(host, repository.top, tree, files, request.plan)
    const moved: Plan = {
      ...request.plan,
      packages: packages.map((plan) => ({
        ...plan,
        project: {
          ...plan.project,
          root: join(tree, ...plan.project.folder.split('/').filter((part) => part !== '')),
        },
      })),
    }
    // Whoever watches the run waits for the tools on the head, and would see each of them finish twice.
    const { onProgress: _, ...quiet } = request
    const outcomes = await runTools({ ...quiet, plan: moved, workspace: tree, role: 'base', fix: false })
    const growth = await measureGrowth(host, request.plan, packages, repository.top, tree, changes)
    const looked = new Map(packages.map((plan) => [plan.project.name, plan.looked]))
    const known = (outcome: ToolOutcome) =>
      knowledgeOf(outcome, looked.get(outcome.project.name) ?? new Set())
    return { runs: new Map(outcomes.map((outcome) => [keyOf(outcome), known(outcome)])), growth }
  } finally {
    await host.files.remove(tree)
  }
}

function keysOfPlan(packages: readonly PackagePlan[]): readonly string[] {
  return packages.flatMap(({ project, tools }) => tools.map(({ tool }) => outcomeKey(tool.id, project.name)))
}

function keyOf(outcome: ToolOutcome): string {
  return outcomeKey(outcome.tool.id, outcome.project.name)
}

/** `looked`: the files of the package that its tools saw again, relative to its folder. */
function knowledgeOf(outcome: ToolOutcome, looked: ReadonlySet<string>): BaseKnowledge {
  if (outcome.run.status === 'failed') return { how: 'lines' }
  const folder = outcome.project.folder
  const files = new Set([...looked].map((file) => (folder === '' ? file : `${folder}/${file}`)))
  return { how: 'run', files, findings: outcome.findings, measurements: outcome.measurements }
}

interface BasePlan extends PackagePlan {
  readonly looked: ReadonlySet<string>
}

function planOfBase(
  plan: PackagePlan,
  baseFiles: readonly string[],
  changes: readonly FileChange[],
  settings: ToolSettings,
): BasePlan {
  const { project } = plan
  const prefix = project.folder === '' ? '' : `${project.folder}/`
  const here = filesBelow(baseFiles, project.folder)
  const firstParty = firstPartyNames(here)
  const sameFirstParty = firstParty.join('\0') === project.firstParty.join('\0')
  const again = (files: readonly string[], same: boolean) =>
    filesToCompare(
      changes,
      files.map((file) => prefix + file),
      same,
    ).map((file) => file.slice(prefix.length))
  const python = again(here.filter(isPython), sameFirstParty)
  // What is no Python depends on no Python name.
  const others = again(
    here.filter((file) => !isPython(file)),
    true,
  )
  const pythonFiles = inScope(python, project.pythonFiles, changes, prefix)
  const looked = new Set([...pythonFiles, ...inScope(others, filesInScope(project), changes, prefix)])
  const moved = { ...project, files: here, inScope: here, pythonFiles, firstParty }
  const tools = plan.tools.flatMap((planned) => {
    if (!planned.runs || planned.tool.scope !== 'file') return []
    const applicability = planned.tool.applies(moved, settings)
    const files = applicability.runs ? applicability.files.filter((file) => looked.has(file)) : []
    return files.length > 0 ? [{ ...planned, files }] : []
  })
  return { project: moved, tools, looked }
}

/** Files that the change deletes are in scope; of the others those whose version of now is. */
function inScope(
  wanted: readonly string[],
  now: readonly string[],
  changes: readonly FileChange[],
  prefix: string,
): readonly string[] {
  const known = new Set(now)
  const renamed = new Map(changes.map((change) => [change.oldPath ?? change.path, change]))
  return wanted.filter((file) => {
    const change = renamed.get(prefix + file)
    if (change === undefined) return known.has(file)
    return change.kind === 'deleted' || known.has(change.path.slice(prefix.length))
  })
}

/** Puts the configuration files of the head in place of those of the base. */
async function layConfiguration(
  host: Host,
  top: string,
  tree: string,
  baseFiles: readonly string[],
  plan: Plan,
): Promise<void> {
  const headFiles = plan.packages.flatMap(({ project }) => [
    ...project.files.map((file) => (project.folder === '' ? file : `${project.folder}/${file}`)),
    ...project.configuration.map((file) => file.path),
  ])
  const isConfig = (path: string) => isConfigName(path.slice(path.lastIndexOf('/') + 1))
  const wanted = new Set(headFiles.filter(isConfig))
  for (const path of baseFiles)
    if (isConfig(path) && !wanted.has(path)) await host.files.remove(join(tree, path))
  for (const path of wanted) {
    const content = await host.files.read(join(top, path))
    if (content !== undefined) await host.files.write(join(tree, path), content)
  }
}

async function measureGrowth(
  host: Host,
  plan: Plan,
  basePlans: readonly PackagePlan[],
  top: string,
  tree: string,
  changes: readonly FileChange[],
): Promise<ProjectSize> {
  const changed = new Set(changes.map((change) => change.path))
  const old = new Set(changes.map((change) => change.oldPath ?? change.path))
  const path = (folder: string, file: string) => (folder === '' ? file : `${folder}/${file}`)
  const pick = (plans: readonly PackagePlan[], wanted: ReadonlySet<string>) =>
    plans.flatMap(({ project }) =>
      project.pythonFiles.map((file) => path(project.folder, file)).filter((file) => wanted.has(file)),
    )
  const now = await measureFiles(host, top, pick(plan.packages, changed))
  const before = await measureFiles(host, tree, pick(basePlans, old))
  return addSize(now, before, -1)
}

/** Digest of what a stored result depends on beside the sources: another one does not compare. */
export function storedKey(plan: Plan, planned: PackagePlan, tool: string): string {
  const hash = createHash('sha256')
  const chosen = planned.tools.find((candidate) => candidate.tool.id === tool)
  const place = [planned.project.folder, plan.scope?.paths, plan.scope?.exclude]
  hash.update(JSON.stringify([tool, lastingSettings(plan), chosen?.runs === true ? chosen.args : [], place]))
  for (const file of planned.project.configuration)
    if (!file.name.endsWith('.lock') && !isNpmLock(file.name)) hash.update(`\0${file.path}\0${file.text}`)
  return hash.digest('hex').slice(0, 16)
}

export function toStored(outcome: ToolOutcome, key: string, findings: readonly Finding[]): StoredResult {
  return {
    tool: outcome.tool.id,
    package: outcome.project.name,
    key,
    findings,
    measurements: outcome.measurements,
    ...(outcome.run.version !== undefined && { version: outcome.run.version }),
  }
}
