/** Asks what is remembered of a job, and what it will take. */
import { lastingSettings } from '../check/plan.ts'
import { environmentThatCounts } from '../host/tool-environment.ts'
import { readConfiguration } from './configuration.ts'
import { importsGraphOf } from './imports-run.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import type { Project } from './project.ts'
import type { RecallRequest } from './recall.ts'
import { recall } from './recall.ts'
import { digestOf } from './remembered-key.ts'
import type { ToolRunResult } from './run-tool.ts'
import type { ReadyJob, Run, ToolJob } from './tool-job.ts'

/** Of fewer files a tool's own workers save less than they keep the other tools waiting. */
const worthSplitting = 16

/** `fixed` is what came of repairing, where that was asked for. */
export async function prepareJob(
  run: Run,
  job: ToolJob,
  installed: InstalledTool,
  fixed: ToolRunResult | undefined,
): Promise<ReadyJob> {
  const { planned, project } = job
  const { tool, files } = planned
  const request = await recallRequest(run, job, installed)
  const recalled = request && (await recall(request))
  const fresh = recalled?.fresh ?? files
  const each = run.remembered.secondsPerFile(durationKey(job))
  const notFixed =
    fixed?.failure === undefined
      ? []
      : [{ level: 'warning' as const, message: `Not repaired: ${fixed.failure}` }]
  if (recalled !== undefined) {
    run.host.runner.debug(
      `${tool.id}${project.name && ` on ${project.name}`}: ${recalled.known.size} of ${files.length} files remembered, key ${recalled.run}`,
    )
  }
  return {
    ...job,
    installed,
    request,
    recalled,
    fresh,
    notices: [...planned.notices, ...installed.notices, ...notFixed],
    parallel: tool.parallel === true && fresh.length >= worthSplitting,
    scope: tool.scope,
    seconds: each === undefined ? undefined : each * Math.max(1, fresh.length),
  }
}

/** Under which its duration is noted. */
export function durationKey({ planned, project }: ToolJob): string {
  return `${project.name}\0${planned.tool.id}`
}

/** Undefined where the tool's results are not remembered. */
async function recallRequest(
  run: Run,
  job: ToolJob,
  installed: InstalledTool,
): Promise<RecallRequest | undefined> {
  const { planned, project } = job
  const { tool, files, args } = planned
  const { sources, remembered, host } = run
  const graph =
    tool.scope === 'imports' && run.cache === 'imports'
      ? await importsGraphOf(run.installs, run.locks, project)
      : undefined
  if (run.cache === 'off' || (tool.scope !== 'file' && graph === undefined)) return undefined
  const facts = {
    tool: tool.id,
    installed: installed.digest,
    environment: tool.needsEnvironment ? environmentDigest(run, project) : '',
    configuration: await readConfiguration(host.files, project, args),
    firstParty: project.firstParty,
    packageName: project.name,
    folder: project.folder,
    args,
    settings: lastingSettings(run.plan),
    platform: host.facts.platform,
  }
  return { tool, project, files, facts, sources, remembered, ...(graph && { graph }) }
}

/** What the tool sees of the project beside its files. */
function environmentDigest({ environments, host }: Run, project: Project): string {
  const counts = Object.entries(environmentThatCounts(host.facts.toolEnvironment)).sort()
  return digestOf([environments.get(project.name)?.digest ?? '', counts])
}
