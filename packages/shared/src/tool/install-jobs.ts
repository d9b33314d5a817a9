/** Installs the tools of a run, several at a time. */
import { messageOf, UnavailableError } from '../action/errors.ts'
import { inParallel } from '../in-parallel.ts'
import { databaseOf } from './install/databases.ts'
import { installTool } from './install/install.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import { readVersionSigns } from './install/version-signs.ts'
import { failedOutcome } from './outcome.ts'
import type { InstalledJob, Run, ToolJob } from './tool-job.ts'
import { done } from './tool-job.ts'
import { logOutcome } from './tool-log.ts'

/** How many tools are installed at a time: that is waiting for the network, and unpacking. */
const installsAtATime = 4

/** In plan order, without those that failed. */
export async function installAll(run: Run, jobs: readonly ToolJob[]): Promise<readonly InstalledJob[]> {
  const installed = await inParallel(jobs, installsAtATime, (job) => installOne(run, job))
  return jobs.flatMap((job, index) => {
    const tool = installed[index]
    return tool === undefined ? [] : [{ job, installed: tool }]
  })
}

/** Undefined where it failed; the outcome then says so. */
async function installOne(run: Run, job: ToolJob): Promise<InstalledTool | undefined> {
  const { planned, project } = job
  const { tool } = planned
  const { host, locks, installs } = run
  const environment = run.environments.get(project.name)
  run.onProgress?.({ phase: 'install', role: run.role, tool, package: project.name })
  try {
    const installing = installs.once(`tool ${project.name}\0${tool.id}`, async () =>
      installTool(installs, {
        tool,
        locks,
        wanted: planned.version,
        signs: await installs.once(`signs ${project.name}`, () =>
          readVersionSigns(host, project, environment),
        ),
        python: environment?.kind === 'none' ? undefined : environment?.python,
      }),
    )
    // A database is large, and waits for the same network.
    const [installed] = await Promise.all([installing, databaseOf(installs, tool, run.plan.settings)])
    run.onProgress?.({ phase: 'ready', role: run.role, tool, package: project.name })
    return installed
  } catch (error) {
    const outcome = failedOutcome({ planned, project }, host.runner.redact(messageOf(error)))
    done(
      run,
      job.index,
      error instanceof UnavailableError ? { ...outcome, unavailable: error.what } : outcome,
    )
    await logOutcome(run, outcome)
    return undefined
  }
}
