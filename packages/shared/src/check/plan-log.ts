/** The plan, as lines of the debug log: what runs and why, or why not. Pure. */
import type { Plan, PlannedTool } from './plan.ts'

export function planLines(plan: Plan): readonly string[] {
  return plan.packages.flatMap(({ project, tools }) => {
    const where = project.folder === '' ? '' : ` in ${project.folder}`
    return tools.map((planned) => `plan: ${planned.tool.id}${where}: ${decision(planned)}`)
  })
}

function decision(planned: PlannedTool): string {
  if (!planned.runs) return `${planned.status}: ${planned.why}`
  const { files, because, args, version, timeoutSeconds } = planned
  return [
    `runs on ${files.length} files, ${because}`,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(args.length === 0 ? [] : [`arguments ${JSON.stringify(args)}`]),
    ...(planned.optional ? ['optional'] : []),
    `at most ${timeoutSeconds} s`,
  ].join('; ')
}
