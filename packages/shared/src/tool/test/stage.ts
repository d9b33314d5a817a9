/** A temporary repository with real files and processes, and tools that are small scripts. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PlannedTool } from '../../check/plan.ts'
import type { RecordingHost } from '../../host/recording/index.ts'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '../../host/recording/index.ts'
import type { Project } from '../project.ts'
import { openRemembered } from '../remembered.ts'
import type { RunToolsRequest } from '../run-request.ts'
import type { Tool } from '../tool.ts'

export interface Stage {
  readonly host: RecordingHost
  readonly root: string
  readonly reportFolder: string
  cancel(): void
  write(files: Readonly<Record<string, string>>): Promise<void>
  project(files: readonly string[]): Project
  request(
    tools: readonly (Tool | Partial<RunningPlan>)[],
    change?: Partial<RunToolsRequest>,
  ): Promise<RunToolsRequest>
}

type RunningPlan = Extract<PlannedTool, { runs: true }> & { readonly tool: Tool }

/** Removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tools-test-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export interface StageOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** What commands of the project see, beside that. */
  readonly projectEnvironment?: Readonly<Record<string, string>>
  /** Shared by several stages; default one of its own. */
  readonly cacheFolder?: string
}

export async function openStage({
  environment = {},
  projectEnvironment = {},
  cacheFolder,
}: StageOptions = {}): Promise<Stage> {
  const folder = await temporaryFolder()
  const root = join(folder, 'repository')
  const temporary = join(folder, 'temporary')
  await mkdir(root)
  await mkdir(temporary)
  const cancelling = new AbortController()
  const host = recordingHost({
    facts: {
      platform: process.platform === 'win32' ? 'win32' : process.platform === 'darwin' ? 'darwin' : 'linux',
      arch: process.arch,
      cores: 2,
      workspace: root,
      temporary,
      cacheFolder: cacheFolder ?? join(folder, 'cache'),
      nodePath: process.execPath,
      toolEnvironment: { PATH: process.env['PATH'] ?? '', ...environment },
      projectEnvironment: { PATH: process.env['PATH'] ?? '', ...environment, ...projectEnvironment },
    },
    files: nodeFiles,
    clock: nodeClock,
    processes: nodeProcesses(cancelling.signal),
    cancelled: cancelling.signal,
  })
  const project = (files: readonly string[]): Project => ({
    name: '',
    root,
    folder: '',
    pythonFiles: files.filter((file) => file.endsWith('.py')),
    files: [...files].sort(),
    configuration: [],
    firstParty: [],
  })
  return {
    host,
    root,
    reportFolder: join(folder, 'report'),
    cancel: () => cancelling.abort(),
    project,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, name)), { recursive: true })
        await writeFile(join(root, name), text)
      }
    },
    request: async (tools, change = {}) => ({
      plan: {
        packages: [{ project: project(['a.py']), tools: tools.map((tool) => planned(tool)) }],
        settings: {},
        notices: [],
      },
      host,
      workspace: root,
      reportFolder: join(folder, 'report'),
      locks: {},
      offline: true,
      lockedOnly: false,
      cache: 'off',
      environments: new Map(),
      fix: false,
      remembered: await openRemembered(host, join(folder, 'remembered')),
      role: 'head',
      ...change,
    }),
  }
}

export function planned(tool: Tool | Partial<RunningPlan>): PlannedTool {
  const plan = 'invocations' in tool ? { tool } : tool
  return {
    tool: scriptTool(''),
    runs: true,
    files: ['a.py'],
    because: 'test',
    args: [],
    optional: false,
    timeoutSeconds: 30,
    notices: [],
    ...plan,
  }
}

/** A tool that runs a text of JavaScript; its arguments are the files. */
export function scriptTool(script: string, change: Partial<Tool> = {}): Tool {
  return {
    id: 'script',
    name: 'Script',
    homepage: 'https://example.com',
    scope: 'project',
    kind: 'lint',
    metrics: [],
    install: { kind: 'present', executable: process.execPath },
    configuredBy: () => [],
    applies: (project) => ({ runs: true, files: project.pythonFiles }),
    invocations: ({ files }) => [{ args: ['-e', script, '--'], files, exitCodes: [0, 1] }],
    parse: () => ({ findings: [] }),
    ...change,
  }
}
