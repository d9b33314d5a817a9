/** Runs the planned tools: installs them, asks what is remembered, runs the rest side by side. */
import { join } from 'node:path'
import { Evidence } from './evidence.ts'
import { openInstallContext } from './install/context.ts'
import { databaseOf } from './install/databases.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import { installAll } from './install-jobs.ts'
import { finishedOutcome, notRunOutcome } from './outcome.ts'
import { durationKey, prepareJob } from './prepare-job.ts'
import type { Project } from './project.ts'
import { remember } from './recall.ts'
import type { RunningTool, RunToolsRequest, ToolOutcome } from './run-request.ts'
import type { ToolRunResult } from './run-tool.ts'
import { runTool } from './run-tool.ts'
import { longestFirst, runScheduled } from './schedule.ts'
import { openSources } from './sources.ts'
import type { Tool } from './tool.ts'
import type { InstalledJob, ReadyJob, Run, ToolJob } from './tool-job.ts'
import { done } from './tool-job.ts'
import { logHeldBack, logOutcome } from './tool-log.ts'

export type { RunningTool, RunToolsRequest, ToolOutcome, ToolProgress } from './run-request.ts'

/** One outcome for each planned tool and package, in plan order. Never throws for a tool's fault. */
export async function runTools(request: RunToolsRequest): Promise<readonly ToolOutcome[]> {
  const { host, offline, lockedOnly } = request
  const run: Run = {
    ...request,
    installs: request.installs ?? openInstallContext({ host, offline, lockedOnly }),
    sources: openSources(host.files, request.workspace),
    folder: join(host.facts.temporary, `tools-${host.clock.random(4)}`),
    outcomes: new Map(),
    evidence: [],
    heldBack: [],
  }
  try {
    const installed = await installAll(run, planJobs(run))
    const fixed = request.fix ? await fixAll(run, installed) : new Map<ToolJob, ToolRunResult>()
    const ready = await Promise.all(
      installed.map(({ job, installed }) => prepareJob(run, job, installed, fixed.get(job))),
    )
    await runScheduled(longestFirst(ready), host.facts.cores, (job) => runJob(run, job))
    return [...run.outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome)
  } finally {
    await logHeldBack(run)
    for (const evidence of run.evidence) await evidence.write(host.runner)
    await host.files.remove(run.folder).catch(() => undefined)
  }
}

/** Jobs of what runs; what does not has its outcome at once. */
function planJobs(run: Run): readonly ToolJob[] {
  const all = run.plan.packages.flatMap(({ project, tools }) =>
    tools.map((planned) => ({ project, planned })),
  )
  return all.flatMap(({ project, planned }, index) => {
    const because = planned.runs ? whyNotApplicable(run, project, planned) : planned
    if (because !== undefined) done(run, index, notRunOutcome(planned.tool, project, because))
    return planned.runs && because === undefined ? [{ planned, project, index }] : []
  })
}

/** What the plan could not know, or has no files for. */
function whyNotApplicable(
  { environments }: Run,
  project: Project,
  { tool, files, withoutEnvironment: why }: RunningTool,
): { readonly status: 'not-applicable'; readonly why: string } | undefined {
  const environment = environments.get(project.name)?.kind ?? 'none'
  if (why !== undefined && environment === 'none') return { status: 'not-applicable', why }
  if (files.length > 0 || tool.scope === 'project') return undefined
  return { status: 'not-applicable', why: 'There are no files for it.' }
}

/** One after another, since they change the same files; formatters last, because other repairs need formatting. */
async function fixAll(run: Run, jobs: readonly InstalledJob[]): Promise<ReadonlyMap<ToolJob, ToolRunResult>> {
  const results = new Map<ToolJob, ToolRunResult>()
  const fixing = jobs.filter(({ job }) => job.planned.tool.fixes === true)
  const isFormatter = ({ job }: InstalledJob) => (job.planned.tool.kind === 'formatting' ? 1 : 0)
  for (const each of fixing.sort((a, b) => isFormatter(a) - isFormatter(b))) {
    const result = await runFiles(run, each.job, each.installed, {
      files: each.job.planned.files,
      parallel: true,
      fix: true,
    })
    results.set(each.job, result)
  }
  return results
}

async function runJob(run: Run, job: ReadyJob): Promise<void> {
  const { host } = run
  const { planned, project, installed, recalled, fresh } = job
  run.onProgress?.({ phase: 'run', role: run.role, tool: planned.tool, package: project.name })
  const started = host.clock.monotonic()
  const result =
    recalled !== undefined && fresh.length === 0
      ? nothingFresh
      : await runFiles(run, job, installed, { files: fresh, parallel: job.parallel, fix: false })
  const seconds = (host.clock.monotonic() - started) / 1000
  const mayBeEmpty = run.role === 'base' || fresh.length < planned.files.length
  const outcome = finishedOutcome({
    planned,
    project,
    installed,
    recalled,
    result,
    notices: job.notices,
    seconds,
    mayBeEmpty,
  })
  if (outcome.run.status !== 'failed' && fresh.length > 0) {
    run.remembered.noteSeconds(durationKey(job), seconds / fresh.length)
    if (
      job.request !== undefined &&
      recalled !== undefined &&
      !(await remember(job.request, recalled, result))
    ) {
      host.runner.debug(`${planned.tool.id}: nothing remembered, since some of it belongs to no file`)
    }
  }
  done(run, job.index, outcome)
  await logOutcome(run, outcome)
}

const nothingFresh: ToolRunResult = {
  findings: [],
  measurements: [],
  notices: [],
  filesChecked: undefined,
  commands: [],
}

interface Share {
  readonly files: readonly string[]
  readonly parallel: boolean
  readonly fix: boolean
}

async function runFiles(
  run: Run,
  job: ToolJob,
  installed: InstalledTool,
  { files, parallel, fix }: Share,
): Promise<ToolRunResult> {
  const { planned, project, index } = job
  const { host } = run
  const place = project.name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+$/, '_')
  const database = await databaseOf(run.installs, planned.tool, run.plan.settings)
  const request = {
    host,
    planned,
    project,
    installed,
    files,
    cores: parallel && planned.tool.parallel ? host.facts.cores : 1,
    settings: run.plan.settings,
    python: run.environments.get(project.name)?.python || undefined,
    workspace: run.workspace,
    sources: run.sources,
    workFolder: join(run.folder, `${index}${fix ? '-fix' : ''}`),
    cacheFolder: join(run.toolCaches ?? join(host.facts.cacheFolder, 'tools'), planned.tool.id, place || '_'),
    evidence: run.role === 'base' || fix ? undefined : evidenceOf(run, planned.tool, place),
    fix,
    secretKey: run.secretKey,
    database,
  }
  return database === undefined ? runTool(request) : database.inTurn(() => runTool(request))
}

function evidenceOf(run: Run, tool: Tool, place: string): Evidence {
  const evidence = new Evidence(run.host.files, tool, join(run.reportFolder, 'raw', place, tool.id))
  run.evidence.push(evidence)
  return evidence
}
