/** Runs one tool on some files: its invocations, split as needed, one after another, each parsed. */
import { join, resolve } from 'node:path'
import { ToolOutputError, UnavailableError, UserError } from '../action/errors.ts'
import type { Finding } from '../finding/finding.ts'
import type { Measurement } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'
import type { Evidence } from './evidence.ts'
import { hiderFor, secretsIn } from './found-secrets.ts'
import type { Database } from './install/database.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import { processFailure } from './process-outcome.ts'
import type { Project } from './project.ts'
import type { RunningTool } from './run-request.ts'
import type { Sources } from './sources.ts'
import { splitFiles } from './split.ts'
import { startTool } from './start-tool.ts'
import { toFindings } from './to-findings.ts'
import type {
  CommandRun,
  Invocation,
  Notice,
  ToolOutput,
  ToolRequest,
  ToolResult,
  ToolSettings,
  ToolText,
} from './tool.ts'
import { lastLinesOf, maxOutputBytes, toolText } from './tool-output.ts'

export interface RunToolRequest {
  readonly host: Host
  readonly planned: RunningTool
  readonly project: Project
  readonly installed: InstalledTool
  readonly files: readonly string[]
  /** How many it may use. */
  readonly cores: number
  readonly settings: ToolSettings
  readonly python: string | undefined
  readonly workspace: string
  readonly sources: Sources
  /** An empty folder for this run alone. */
  readonly workFolder: string
  readonly cacheFolder: string
  /** Of a tool that has one. */
  readonly database?: Database | undefined
  /** What it printed goes here; undefined where none is kept. */
  readonly evidence: Evidence | undefined
  readonly fix: boolean
  readonly secretKey?: string | undefined
}

export interface ToolRunResult {
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  readonly notices: readonly Notice[]
  /** Undefined where the tool does not say. */
  readonly filesChecked: number | undefined
  readonly commands: readonly CommandRun[]
  /** Why nothing of the result can be used. */
  readonly failure?: string | undefined
  /** What was not reached, where that is why. */
  readonly unavailable?: string | undefined
}

/** Never throws for anything that the tool or its adapter does. */
export async function runTool(request: RunToolRequest): Promise<ToolRunResult> {
  const commands: CommandRun[] = []
  const results: PartResult[] = []
  try {
    const asked = await toolRequest(request)
    const parts = request.planned.tool.invocations(asked).flatMap((invocation) => split(request, invocation))
    if (parts.length === 0)
      return failed(
        `${request.planned.tool.name} was given ${request.files.length === 1 ? '1 file' : `${request.files.length} files`} and nothing to do.`,
        commands,
      )
    // It grows on the way.
    for (const [index, invocation] of parts.entries()) {
      const result = await runPart(request, asked, invocation, index, commands)
      if (typeof result === 'string') return failed(result, commands)
      results.push(result)
      parts.push(...(result.followUp ?? []).flatMap((next) => split(request, next)))
    }
    await request.database?.note(Object.assign({}, ...results.map(({ refreshed }) => refreshed)))
  } catch (error) {
    const result = failed(adapterFailure(request, error), commands)
    return error instanceof UnavailableError ? { ...result, unavailable: error.what } : result
  }
  const checked = results.flatMap((result) => result.filesChecked ?? [])
  return {
    findings: results.flatMap((result) => result.findings),
    measurements: results.flatMap((result) => result.measurements ?? []),
    notices: results.flatMap((result) => result.notices ?? []),
    filesChecked: checked.length === 0 ? undefined : checked.reduce((total, each) => total + each, 0),
    commands,
  }
}

type PartResult = Omit<ToolResult, 'findings'> & { readonly findings: readonly Finding[] }

function failed(failure: string, commands: readonly CommandRun[]): ToolRunResult {
  return { findings: [], measurements: [], notices: [], filesChecked: undefined, commands, failure }
}

/** What the world or the project does is said in its own words; anything else is a bug of ours, and said so. */
function adapterFailure({ host, planned: { tool } }: RunToolRequest, error: unknown): string {
  const message = host.runner.redact(error instanceof Error ? error.message : String(error))
  if (error instanceof UserError) return message
  if (error instanceof UnavailableError) return `unavailable: ${message}`
  if (error instanceof ToolOutputError) return `${tool.name}'s output cannot be trusted: ${message}`
  host.runner.debug(
    `bug in the adapter of ${tool.id}: ${host.runner.redact(error instanceof Error ? (error.stack ?? message) : message)}`,
  )
  return `${tool.name}'s output cannot be read, which is probably a bug of ours (${message}); its raw output is in the report folder.`
}

async function toolRequest(request: RunToolRequest): Promise<ToolRequest> {
  const { host, planned, project, installed, files, settings, python, cacheFolder, workFolder, fix } = request
  const outputFolder = join(workFolder, 'output')
  const database = request.database?.kept()
  await host.files.makeFolder(outputFolder)
  await host.files.makeFolder(cacheFolder)
  return {
    project,
    files,
    command: installed.command,
    version: installed.version,
    ...(python !== undefined && { python }),
    cacheFolder,
    ...(database !== undefined && { database }),
    outputFolder,
    args: planned.args,
    cores: request.cores,
    fix,
    settings,
  }
}

function split({ installed, host }: RunToolRequest, invocation: Invocation): readonly Invocation[] {
  if (invocation.files === undefined || invocation.files.length === 0) return [invocation]
  const lists = splitFiles([...installed.command, ...invocation.args], invocation.files, host.facts.platform)
  return lists.map((files) => ({ ...invocation, files }))
}

/** The parsed result, or why there is none. */
async function runPart(
  request: RunToolRequest,
  asked: ToolRequest,
  invocation: Invocation,
  index: number,
  commands: CommandRun[],
): Promise<PartResult | string> {
  const { host, planned, fix } = request
  const cwd = resolve(request.project.root, invocation.cwd ?? '')
  const streams = {
    stdout: join(request.workFolder, `${index}.stdout`),
    stderr: join(request.workFolder, `${index}.stderr`),
  }
  for (const path of Object.values(invocation.outputs ?? {})) await host.files.remove(path)
  for (const [path, text] of Object.entries(invocation.inputs ?? {})) await host.files.write(path, text)
  const timeoutSeconds = invocation.timeoutSeconds ?? planned.timeoutSeconds
  const { needsEnvironment: seesProject = false, secrets = [] } = planned.tool
  const result = await startTool(request, { invocation, cwd, streams, timeoutSeconds, seesProject, secrets })
  commands.push(result.command)
  if (planned.tool.confidential !== true)
    await request.evidence?.keep({ ...streams, ...invocation.outputs }, index)
  const printed =
    (await lastLinesOf(host.files, streams.stderr, 10)) || (await lastLinesOf(host.files, streams.stdout, 10))
  const failure = processFailure(result, {
    name: planned.tool.name,
    exitCodes: invocation.exitCodes,
    timeoutSeconds,
    maxBytes: maxOutputBytes,
    lastLines: host.runner.redact(printed),
  })
  if (failure !== undefined) return failure
  if (fix) return { findings: [] }
  const output = await readOutput(request, asked, invocation, streams, result.exitCode ?? 0)
  return parse(request, output, cwd)
}

async function readOutput(
  { host }: RunToolRequest,
  request: ToolRequest,
  invocation: Invocation,
  streams: { readonly stdout: string; readonly stderr: string },
  exitCode: number,
): Promise<ToolOutput> {
  const files: Record<string, ToolText> = {}
  for (const [name, path] of Object.entries(invocation.outputs ?? {})) {
    const text = await toolText(host.files, path)
    if (text !== undefined) files[name] = text
  }
  const stream = async (path: string) => (await toolText(host.files, path)) ?? nothing
  return {
    request,
    invocation,
    exitCode,
    endedAt: host.clock.now(),
    stdout: await stream(streams.stdout),
    stderr: await stream(streams.stderr),
    files,
  }
}

const nothing: ToolText = { bytes: 0, text: async () => '', chunks: async function* () {} }

async function parse(request: RunToolRequest, output: ToolOutput, cwd: string): Promise<PartResult> {
  const { host, planned, project, workspace, sources } = request
  const result = await planned.tool.parse(output)
  const hide = hiderFor(project, host.runner.hide)
  for (const secret of secretsIn(result.findings)) hide(secret)
  const findings = await toFindings(result.findings, {
    tool: planned.tool.id,
    package: project.name === '' ? undefined : project.name,
    workspace,
    realWorkspace: (await host.files.realPath(workspace)) ?? workspace,
    cwd,
    sources,
    secretKey: request.secretKey,
    hide,
  })
  return { ...result, findings }
}
