/** Results of what no process was started for: our own checks, and reports that other steps wrote. */
import type { Host, Project, Sources, Tool, ToolOutcome, ToolResult, ToolRun } from '@ci-actions/shared'
import { foundSecrets, hiderFor, notRunOutcome, openSources, toFindings } from '@ci-actions/shared'

/** What a check is called, and what it feeds; the rest of a `Tool` is about starting one. */
export type OwnTool = Pick<
  Tool,
  'id' | 'name' | 'homepage' | 'scope' | 'kind' | 'metrics' | 'inPassing' | 'rules'
>

/** Whose result it is, and where. */
export interface OwnPlace {
  readonly host: Host
  readonly tool: OwnTool
  readonly project: Project
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  /** Absolute folder that paths of raw findings are relative to. Default: `top`. */
  readonly cwd?: string | undefined
  /** See `RawSecret`. */
  readonly secretKey?: string | undefined
  /** Default: read anew. */
  readonly sources?: Sources | undefined
}

export interface OwnResult extends ToolResult {
  /** How many files were looked at. */
  readonly files: number
  readonly version?: string | undefined
  readonly seconds?: number | undefined
}

/** A notice that says `failed` fails it, as it does a tool that was started. */
export async function ownOutcome(place: OwnPlace, result: OwnResult): Promise<ToolOutcome> {
  const { host, project, top } = place
  const tool = ownTool(place.tool)
  const notices = result.notices ?? []
  const failures = notices.filter(({ level }) => level === 'failed').map(({ message }) => message)
  const hide = hiderFor(project, host.runner.hide)
  for (const secret of foundSecrets(result.findings)) hide(secret)
  const findings = await toFindings(result.findings, {
    tool: tool.id,
    package: project.name === '' ? undefined : project.name,
    workspace: top,
    realWorkspace: (await host.files.realPath(top)) ?? top,
    cwd: place.cwd ?? top,
    sources: place.sources ?? openSources(host.files, top),
    secretKey: place.secretKey,
    hide,
  })
  const run: ToolRun = {
    ...notRunOutcome(tool, project, { status: 'skipped', why: '' }).run,
    status: failures.length > 0 ? 'failed' : findings.length > 0 ? 'findings' : 'clean',
    why: failures.length > 0 ? failures.join('\n') : undefined,
    version: result.version,
    seconds: result.seconds ?? 0,
    findings: findings.length,
    files: result.files,
    notices,
  }
  return { tool, project, run, findings, measurements: result.measurements ?? [] }
}

/** For a check that has nothing to look at here. */
export function ownNotApplicable({ tool, project }: OwnPlace, why: string): ToolOutcome {
  return notRunOutcome(ownTool(tool), project, { status: 'not-applicable', why })
}

/** The engine never starts it, and `plan` never names it. */
function ownTool(own: OwnTool): Tool {
  return {
    ...own,
    install: { kind: 'present', executable: 'node' },
    configuredBy: () => [],
    applies: () => ({ runs: false, status: 'skipped', why: 'Its result is given, not made by a process.' }),
    invocations: () => [],
    parse: () => ({ findings: [] }),
  }
}
