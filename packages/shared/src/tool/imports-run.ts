/** Asks Ruff which file imports which; what it says only decides what is looked at again. */
import { messageOf, ToolOutputError } from '../action/errors.ts'
import type { ImportsGraph } from './imports-graph.ts'
import { parseImportsGraph } from './imports-graph.ts'
import type { InstallContext } from './install/context.ts'
import { installTool } from './install/install.ts'
import type { SuiteLocks } from './install/suite-lock.ts'
import type { Project } from './project.ts'

const ruff = {
  id: 'ruff',
  name: 'Ruff',
  install: { kind: 'python', package: 'ruff', executable: 'ruff' },
} as const

/** Undefined, with a line in the log, where there is no graph: then nothing is remembered along imports. */
export async function importsGraphOf(
  context: InstallContext,
  locks: SuiteLocks,
  project: Project,
): Promise<ImportsGraph | undefined> {
  return context.once(`imports ${project.root}`, async () => {
    try {
      return await readGraph(context, locks, project)
    } catch (error) {
      context.host.runner.log(`Imports are not known, so everything is looked at: ${messageOf(error)}`)
      return undefined
    }
  })
}

/** In the suite's own version, whatever the project uses: the form of what it prints is still being worked on. */
async function readGraph(
  context: InstallContext,
  locks: SuiteLocks,
  project: Project,
): Promise<ImportsGraph> {
  const { host } = context
  const { command } = await installTool(context, { tool: ruff, locks, signs: { locks: [], declared: [] } })
  const [program = '', ...leading] = command
  const result = await host.processes.run({
    command: program,
    args: [...leading, 'analyze', 'graph', '--preview', '--quiet'],
    cwd: project.root,
    env: host.facts.toolEnvironment,
    timeoutMs: 120_000,
    maxBytes: 64_000_000,
  })
  if (result.exitCode !== 0 || result.truncated)
    throw new ToolOutputError(`ruff analyze graph ended with ${result.exitCode ?? result.ended}`)
  return parseImportsGraph(result.stdout)
}
