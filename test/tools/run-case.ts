/** Runs a real tool, in the suite's locked version, on a planted project: one way for recordings and tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { locks as gateLocks } from '../../actions/quality-gate/src/tools/locks.ts'
import { scannerLocks } from '../../actions/security-scan/src/tools/scanner-locks.ts'
import { isConfigName, parseConfigFile } from '../../packages/shared/src/check/config-file.ts'
import { filesBelow, firstPartyNames } from '../../packages/shared/src/check/gather.ts'
import { localHost } from '../../packages/shared/src/host/index.ts'
import type { Host } from '../../packages/shared/src/host/ports.ts'
import { openInstallContext } from '../../packages/shared/src/tool/install/context.ts'
import { installTool } from '../../packages/shared/src/tool/install/install.ts'
import type { InstalledTool } from '../../packages/shared/src/tool/install/installed-tool.ts'
import type { ConfigFile, Project } from '../../packages/shared/src/tool/project.ts'
import type {
  Invocation,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolSettings,
  ToolText,
} from '../../packages/shared/src/tool/tool.ts'
import { goToolFolders, heavyToolsInPath } from '../../scripts/go-tools.ts'
import { readCase, writeCase } from './case-folder.ts'
import { withService } from './case-service.ts'
import type { ToolCase } from './cases.ts'

const locks = { ...gateLocks, ...scannerLocks }

/** What one invocation left, as text. */
export interface Recording {
  readonly invocation: Invocation
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly files: Readonly<Record<string, string>>
}

export interface CaseRun {
  readonly request: ToolRequest
  readonly recordings: readonly Recording[]
  /** Contents of the case's files afterwards, by path in the repository. */
  readonly contents: Readonly<Record<string, string>>
}

export interface ToolRunner {
  install(tool: Tool): Promise<InstalledTool>
  /** Whether it is here, or can be built or installed without asking release pages. */
  canRun(tool: Tool): boolean
  /** The folder is removed afterwards; `request.project.root` then names nothing. */
  run(tool: Tool, toolCase: ToolCase, changes?: Partial<ToolRequest>): Promise<CaseRun>
}

/** `build`: makes Go programs that are not there yet, which takes minutes. */
export async function openToolRunner({ build = false } = {}): Promise<ToolRunner> {
  const built = goToolFolders({ build })
  const heavy = heavyToolsInPath()
  process.env['PATH'] = [...built.values(), process.env['PATH'] ?? ''].join(delimiter)
  const host = await localHost({ cwd: process.cwd(), inputs: {}, debug: false, progress: () => {} })
  const context = openInstallContext({ host, offline: false, lockedOnly: false })
  const install = (tool: Tool) => installTool(context, { tool, locks, signs: { locks: [], declared: [] } })
  return {
    install,
    canRun: ({ install: { kind }, id }) => kind !== 'binary' || built.has(id) || heavy.has(id),
    run: async (tool, toolCase, changes) => {
      const top = realpathSync(mkdtempSync(join(tmpdir(), 'tool-case-')))
      try {
        const installed = await install(tool)
        const request = requestFor(tool, toolCase, { top, installed, changes })
        writeCase(toolCase, top)
        const recordings = await withService(toolCase, request, async (asked) => {
          const done: Recording[] = []
          for (const invocation of tool.invocations(asked))
            done.push(await runInvocation(host, asked, invocation))
          return done
        })
        return { request, recordings, contents: readCase(toolCase, top) }
      } finally {
        rmSync(top, { recursive: true, force: true })
      }
    },
  }
}

interface Surroundings {
  /** Absolute folder that holds project, cache and output. */
  readonly top: string
  readonly installed: Pick<InstalledTool, 'command' | 'version'>
  readonly changes?: Partial<ToolRequest> | undefined
}

export function requestFor(
  tool: Tool,
  toolCase: ToolCase,
  { top, installed, changes }: Surroundings,
): ToolRequest {
  const project = withTexts(tool, toolCase, projectOf(toolCase, `${top}/project`))
  const settings = settingsOf(toolCase, top)
  const hasDatabase = tool.database?.(settings) !== undefined
  const applicability = tool.applies(project, settings)
  return {
    project,
    files: applicability.runs ? applicability.files : [],
    command: installed.command,
    version: installed.version,
    ...(toolCase.installed !== undefined && { python: `${top}/environment/bin/python` }),
    cacheFolder: `${top}/cache`,
    ...(hasDatabase && { database: { folder: `${top}/kept`, refreshed: {}, openedAt: 0 } }),
    outputFolder: `${top}/output`,
    args: toolCase.args ?? [],
    cores: 2,
    fix: false,
    settings,
    ...changes,
  }
}

/** As the core reads them before it plans. */
function withTexts(tool: Tool, { files, folder }: ToolCase, project: Project): Project {
  const wanted = tool.reads?.(project.files)
  const texts = wanted?.map((path) => [path, files[join(folder ?? '', path)] ?? ''] as const)
  return texts === undefined ? project : { ...project, texts: new Map(texts) }
}

function settingsOf({ settings, service, registry, database }: ToolCase, top: string): ToolSettings {
  const address = {
    ...(service !== undefined && { 'osv-url': 'http://127.0.0.1:1' }),
    ...(registry !== undefined && { 'npm-registry': 'http://127.0.0.1:1/' }),
  }
  const local = database === true ? { 'osv-database': `${top}/database` } : {}
  return { 'complexity-limit': 5, ...address, ...local, ...settings }
}

export function projectOf(toolCase: ToolCase, top: string): Project {
  const { folder = '' } = toolCase
  const files = filesBelow(Object.keys(toolCase.files), folder)
  return {
    name: '',
    root: folder === '' ? top : `${top}/${folder}`,
    folder,
    pythonFiles: files.filter((path) => /\.pyi?$/.test(path) && !toolCase.outOfScope?.includes(path)),
    files,
    configuration: configurationOf(toolCase.files, folder),
    firstParty: firstPartyNames(files),
  }
}

/** Of the folder and those above it, nearest first. */
function configurationOf(contents: ToolCase['files'], folder: string): readonly ConfigFile[] {
  const here = Object.keys(contents)
    .filter((path) => isConfigName(basename(path)) && parentOf(path) === folder)
    .sort()
    .map((path) => parseConfigFile(path, contents[path] ?? ''))
  return folder === '' ? here : [...here, ...configurationOf(contents, parentOf(folder))]
}

function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

async function runInvocation(host: Host, request: ToolRequest, invocation: Invocation): Promise<Recording> {
  const [command = '', ...leading] = request.command
  mkdirSync(request.cacheFolder, { recursive: true })
  mkdirSync(request.outputFolder, { recursive: true })
  for (const [path, text] of Object.entries(invocation.inputs ?? {})) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const result = await host.processes.run({
    command,
    args: [...leading, ...invocation.args, ...(invocation.files ?? [])],
    cwd: resolve(request.project.root, invocation.cwd ?? ''),
    env: { ...host.facts.toolEnvironment, ...invocation.env },
    timeoutMs: 120_000,
    maxBytes: 16 * 1024 * 1024,
    ...(invocation.stdin !== undefined && { stdin: invocation.stdin }),
  })
  const files: Record<string, string> = {}
  for (const [name, path] of Object.entries(invocation.outputs ?? {})) {
    const text = await host.files.readText(path)
    if (text !== undefined) files[name] = text
  }
  return { invocation, exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr, files }
}

/** For the parser. */
export function outputOf(
  request: ToolRequest,
  { invocation, exitCode, stdout, stderr, files }: Recording,
): ToolOutput {
  const texts = Object.entries(files).map(([name, text]) => [name, toolText(text)] as const)
  return {
    request,
    invocation,
    exitCode,
    stdout: toolText(stdout),
    stderr: toolText(stderr),
    files: Object.fromEntries(texts),
  }
}

export function toolText(text: string): ToolText {
  const bytes = new TextEncoder().encode(text)
  return {
    bytes: bytes.length,
    text: async () => text,
    chunks: async function* () {
      yield bytes
    },
  }
}
