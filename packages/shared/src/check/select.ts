/** Decides which tools run on a package, and says why for each. Pure. */
import { shown } from '../action/parse-value.ts'
import { closest } from '../parse/closest.ts'
import type { Project } from '../tool/project.ts'
import type { Tool, ToolSettings } from '../tool/tool.ts'
import type { CheckDefinition, CheckValues } from './definition.ts'
import type { PackagePlan, PlannedTool } from './plan.ts'

export interface SelectionRules {
  /** The registry; its order is the order of reports. */
  readonly tools: readonly Tool[]
  /** Run unless the user lists tools: what measures without having to be configured. */
  readonly always: readonly string[]
  /** Run where the project configures none of the other tools. */
  readonly fallback: readonly string[]
  /** Groups of tools that do the same; of each group only one runs unless the user lists more. */
  readonly alternatives: readonly (readonly string[])[]
}

/** What the user asked for; names are tool ids. */
export interface ToolWishes {
  readonly tools: readonly string[]
  readonly optional: readonly string[]
  readonly args: Readonly<Record<string, readonly string[]>>
  readonly versions: Readonly<Record<string, readonly string[]>>
  readonly timeoutSeconds: number
}

export function selectionOf({ selection }: Pick<CheckDefinition, 'selection'>): SelectionRules {
  return typeof selection === 'function' ? selection() : selection
}

export function wishesOf(inputs: CheckValues): ToolWishes {
  return {
    tools: inputs.tools,
    optional: inputs['optional-tools'],
    args: inputs['tool-args'],
    versions: inputs['tool-versions'],
    timeoutSeconds: inputs.timeout,
  }
}

/**
 * A sentence for each name that is no tool, and for each tool with more than one version. `isGiven`: whether a result of
 * a tool that does not run here may be given, which then can be optional too.
 */
export function toolNameProblems(
  rules: SelectionRules,
  wishes: ToolWishes,
  isGiven: (name: string) => boolean = () => false,
): readonly string[] {
  const known = rules.tools.map((tool) => tool.id)
  const given: readonly (readonly [string, readonly string[]])[] = [
    ['tools', wishes.tools.filter((name) => name !== 'default')],
    ['optional-tools', wishes.optional.filter((name) => !isGiven(name))],
    ['tool-args', Object.keys(wishes.args)],
    ['tool-versions', Object.keys(wishes.versions)],
  ]
  const unknown = given.flatMap(([input, names]) =>
    names.filter((name) => !known.includes(name)).map((name) => unknownTool(input, name, known)),
  )
  const ambiguous = Object.entries(wishes.versions)
    .filter(([, versions]) => versions.length > 1)
    .map(([tool, versions]) => `\`tool-versions\`: \`${tool}\` has ${versions.length} versions; give one.`)
  return [...unknown, ...ambiguous]
}

function unknownTool(input: string, name: string, known: readonly string[]): string {
  const near = closest(name, known)
  const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`
  return `\`${input}\`: there is no tool ${shown(name)}.${hint} There are: ${known.join(', ')}.`
}

export function planPackage(
  project: Project,
  rules: SelectionRules,
  wishes: ToolWishes,
  settings: ToolSettings = {},
): PackagePlan {
  const chosen = choose(project, rules, wishes)
  return {
    project,
    tools: rules.tools.map((tool) =>
      planTool(tool, project, { wishes, settings, because: chosen.get(tool.id) }),
    ),
  }
}

/** Ids of the tools to run, with the reason. */
function choose(project: Project, rules: SelectionRules, wishes: ToolWishes): ReadonlyMap<string, string> {
  const listed = wishes.tools.filter((name) => name !== 'default').map((id) => [id, 'input `tools`'] as const)
  if (listed.length > 0 && !wishes.tools.includes('default')) return new Map(listed)
  return new Map([...chooseDefaults(project, rules), ...listed])
}

function chooseDefaults(project: Project, rules: SelectionRules): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>()
  for (const tool of rules.tools) {
    if (rules.always.includes(tool.id)) continue
    const signs = tool.configuredBy(project)
    if (signs.length > 0) chosen.set(tool.id, `configured in ${signs.join(', ')}`)
  }
  for (const group of rules.alternatives) {
    const both = group.filter((id) => chosen.has(id))
    for (const id of both.slice(1)) chosen.delete(id)
  }
  if (chosen.size === 0)
    for (const id of rules.fallback) chosen.set(id, 'default, since the project configures no tool')
  for (const id of rules.always) chosen.set(id, 'by default')
  return chosen
}

interface Choice {
  readonly wishes: ToolWishes
  readonly settings: ToolSettings
  /** Undefined where it was not chosen. */
  readonly because: string | undefined
}

function planTool(tool: Tool, project: Project, { wishes, settings, because }: Choice): PlannedTool {
  if (because === undefined) return { tool, runs: false, status: 'skipped', why: whyLeftOut(wishes) }
  const applicability = tool.applies(project, settings)
  if (!applicability.runs) return { tool, ...applicability }
  const version = wishes.versions[tool.id]?.[0]
  const isListed = wishes.tools.includes(tool.id)
  return {
    tool,
    runs: true,
    files: applicability.files,
    because:
      isListed || tool.withoutEnvironment === undefined
        ? because
        : `${because}, where there is an environment`,
    args: wishes.args[tool.id] ?? [],
    ...(version !== undefined && { version }),
    optional: wishes.optional.includes(tool.id),
    timeoutSeconds: wishes.timeoutSeconds,
    notices: tool.notices?.(project, settings) ?? [],
    ...(!isListed && { withoutEnvironment: tool.withoutEnvironment }),
  }
}

function whyLeftOut(wishes: ToolWishes): string {
  const explicit = wishes.tools.length > 0 && !wishes.tools.includes('default')
  return explicit ? 'not listed in `tools`' : 'not configured in this project'
}
