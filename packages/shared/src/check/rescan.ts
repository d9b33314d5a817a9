/** Looks again, with tools that ran already, at a changed copy of the project: what a repair is proved by. */
import type { InstallContext } from '../tool/install/context.ts'
import type { Project } from '../tool/project.ts'
import { filesInScope } from '../tool/project.ts'
import type { RunToolsRequest, ToolOutcome } from '../tool/run-tools.ts'
import { runTools } from '../tool/run-tools.ts'
import type { ToolSettings } from '../tool/tool.ts'
import type { ComparedOutcome } from './comparison.ts'
import type { CheckContext, OpenedCheck } from './definition.ts'
import type { PackagePlan, PlannedTool } from './plan.ts'
import { gatherProjects } from './projects.ts'
import type { CheckSetup } from './setup.ts'
import { withTexts } from './tool-texts.ts'

/** What a repair gets to work with, after all tools have run on the project as it is. */
export interface Rescan {
  readonly opened: OpenedCheck
  /** All that was found, with the last word of `refine`. */
  readonly compared: readonly ComparedOutcome[]
  /** Of the tools that were started, without given reports and checks of the action's own. */
  readonly ran: readonly ToolOutcome[]
  /** For programs that are no tools, such as one that writes lock files. */
  readonly installs: InstallContext
  /**
   * Runs tools, by id, on the packages in `top`, a folder with those files of the project that they need, in the
   * versions and with the settings of this run. Findings have paths relative to `top`. What they print is not kept.
   */
  run(top: string, tools: ReadonlySet<string>): Promise<readonly ToolOutcome[]>
}

type RescanRequest = Omit<RunToolsRequest, 'role' | 'workspace' | 'fix'> & {
  readonly installs: InstallContext
}

export function openRescan(
  { host, inputs }: CheckContext,
  setup: CheckSetup,
  request: RescanRequest,
  { compared, ran }: Pick<Rescan, 'compared' | 'ran'>,
): Rescan {
  return {
    opened: setup,
    compared,
    ran,
    installs: request.installs,
    run: async (top, tools) => {
      const { paths, exclude } = inputs
      const projects = await gatherProjects(host, undefined, {
        top,
        packages: setup.packages,
        paths,
        exclude,
      })
      const { settings, packages } = setup.plan
      const all = packages.flatMap((plan) => plan.tools.map(({ tool }) => tool))
      const known = await Promise.all(projects.map((project) => withTexts(host, top, project, all)))
      const planned = packages.map((plan) => planOf(plan, known, tools, settings))
      const { onProgress: _, ...quiet } = request
      return runTools({
        ...quiet,
        plan: { settings, packages: planned },
        workspace: top,
        role: 'base',
        fix: false,
      })
    },
  }
}

function planOf(
  { project, tools }: PackagePlan,
  projects: readonly Project[],
  wanted: ReadonlySet<string>,
  settings: ToolSettings,
): PackagePlan {
  const moved = projects.find(({ name }) => name === project.name) ?? { ...project, files: [], inScope: [] }
  const again = tools.flatMap((planned): readonly PlannedTool[] => {
    if (!planned.runs || !wanted.has(planned.tool.id) || filesInScope(moved).length === 0) return []
    const applicability = planned.tool.applies(moved, settings)
    return applicability.runs ? [{ ...planned, files: applicability.files }] : []
  })
  return { project: moved, tools: again }
}
