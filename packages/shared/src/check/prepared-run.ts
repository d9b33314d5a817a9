/** What has to stand before the first tool is started. */
import type { InstallContext } from '../tool/install/context.ts'
import { openInstallContext } from '../tool/install/context.ts'
import type { PythonEnvironment } from '../tool/install/environment.ts'
import type { Project } from '../tool/project.ts'
import { openRemembered } from '../tool/remembered.ts'
import type { RunToolsRequest } from '../tool/run-tools.ts'
import type { CheckContext, CheckDefinition } from './definition.ts'
import { environmentOf } from './open-project.ts'
import type { PlannedTool } from './plan.ts'
import type { ResultCache } from './result-cache.ts'
import { restoreCache } from './result-cache.ts'
import type { CheckSetup } from './setup.ts'

export type ToolsRequest = Omit<RunToolsRequest, 'role' | 'workspace' | 'fix'>

export interface PreparedRun {
  readonly cache: ResultCache
  readonly request: ToolsRequest & { readonly installs: InstallContext }
}

/** Restores what earlier runs left, and finds or makes the environments that tools see. */
export async function prepareRun(
  context: CheckContext,
  definition: CheckDefinition,
  { plan, projects }: CheckSetup,
): Promise<PreparedRun> {
  const { host, inputs } = context
  const cache = await restoreCache(host, definition.action, inputs)
  const lockedOnly = inputs['tool-sources'] === 'locked-only'
  const { offline, python } = inputs
  const installs = openInstallContext({ host, offline, lockedOnly, python, stored: cache.stored })
  // Finding the interpreter takes longer than all git commands together.
  const needsEnvironment =
    definition.undivided !== true || plan.packages.some(({ tools }) => tools.some(runs))
  const request = {
    plan,
    host,
    reportFolder: context.reportFolder,
    locks: definition.locks,
    offline,
    lockedOnly,
    cache: inputs.cache,
    environments: await prepareEnvironments(context, needsEnvironment ? projects : [], installs),
    remembered: await openRemembered(host, cache.remembered, definition.version),
    installs,
    secretKey: definition.secretKey,
    toolCaches: cache.toolCaches,
    ...(context.onProgress !== undefined && { onProgress: context.onProgress }),
  }
  return { cache, request }
}

function runs({ runs: willRun }: PlannedTool): boolean {
  return willRun
}

async function prepareEnvironments(
  { host, inputs }: CheckContext,
  projects: readonly Project[],
  installs: InstallContext,
): Promise<ReadonlyMap<string, PythonEnvironment>> {
  const { install, offline } = inputs
  const environments = new Map<string, PythonEnvironment>()
  for (const project of projects) {
    environments.set(
      project.name,
      await environmentOf({ host, project, install, offline, context: installs }),
    )
  }
  return environments
}
