/** Starts one command of a tool in the environment that all tools get. */
import type { Host, ProcessResult } from '../host/ports.ts'
import { environmentOfTool } from '../host/tool-environment.ts'
import type { InstalledTool } from './install/installed-tool.ts'
import type { CommandRun, Invocation } from './tool.ts'
import { maxOutputBytes } from './tool-output.ts'

export interface ToolStart {
  readonly invocation: Invocation
  /** Absolute. */
  readonly cwd: string
  /** Files that receive what it prints. */
  readonly streams: { readonly stdout: string; readonly stderr: string }
  readonly timeoutSeconds: number
  /** Whether the tool looks into the project's environment. */
  readonly seesProject: boolean
  /** Names of variables with credentials that are meant for it. */
  readonly secrets: readonly string[]
}

export async function startTool(
  about: { readonly host: Host; readonly installed: InstalledTool; readonly workFolder: string },
  { invocation, cwd, streams, timeoutSeconds, seesProject, secrets }: ToolStart,
): Promise<ProcessResult & { readonly command: CommandRun }> {
  const { host, installed, workFolder } = about
  const [program = '', ...leading] = installed.command
  const args = [...leading, ...invocation.args, ...(invocation.files ?? [])]
  const result = await host.processes.run({
    command: program,
    args,
    cwd,
    env: {
      ...environmentOfTool(host.facts.toolEnvironment, seesProject),
      ...sameEverywhere(workFolder),
      ...givenSecrets(host, secrets),
      ...invocation.env,
    },
    timeoutMs: timeoutSeconds * 1000,
    stdoutFile: streams.stdout,
    stderrFile: streams.stderr,
    maxBytes: maxOutputBytes,
    ...(invocation.stdin !== undefined && { stdin: invocation.stdin }),
  })
  const { exitCode, ended, seconds } = result
  return { ...result, command: { command: [program, ...args], cwd, exitCode, ended, seconds } }
}

/** Hidden in all that is written, like any other. */
function givenSecrets({ facts, runner }: Host, names: readonly string[]): Record<string, string> {
  const given = names.flatMap((name) => {
    const value = facts.projectEnvironment[name] ?? ''
    return value === '' ? [] : [[name, value] as const]
  })
  for (const [, value] of given) runner.hide(value)
  return Object.fromEntries(given)
}

/** No colours, UTF-8 on Windows too, and no configuration from the user's own folders, which no other machine has. */
function sameEverywhere(workFolder: string): Record<string, string> {
  return { NO_COLOR: '1', PYTHONIOENCODING: 'utf-8', XDG_CONFIG_HOME: workFolder }
}
