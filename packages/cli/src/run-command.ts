/** Does what the command line says and gives the exit code. */

import type { Clock, Terminal } from '@ci-actions/shared/host'
import { localHost } from '@ci-actions/shared/host'
import { actions } from './actions.ts'
import { parseCommandLine } from './command-line.ts'
import { renderHelp, renderOverview } from './help.ts'
import { runOnLaptop } from './run-on-laptop.ts'
import type { Subcommand } from './subcommands.ts'
import { subcommands } from './subcommands.ts'
import { version } from './version.ts'

/** Never throws: what happens outside of an action is an error of the program, exit code 3. */
export async function runCommand(terminal: Terminal, clock: Clock): Promise<number> {
  try {
    return await dispatch(terminal, clock)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.error(`${text}\nThis is an error in ci-actions; please report it with the lines above.\n`)
    return 3
  }
}

async function dispatch(terminal: Terminal, clock: Clock): Promise<number> {
  const command = parseCommandLine(terminal.arguments, actions, subcommands)
  switch (command.kind) {
    case 'help':
      terminal.out(
        command.action === undefined ? renderOverview(actions, subcommands) : renderHelp(command.action),
      )
      return 0
    case 'version':
      terminal.out(`${version}\n`)
      return 0
    case 'clear-cache':
      return clearCache(terminal)
    case 'subcommand':
      return runSubcommand(terminal, command.subcommand, command.args)
    case 'wrong':
      return refuse(terminal, command.problems, command.action)
    case 'run': {
      const end = await runOnLaptop(terminal, clock, command)
      return typeof end === 'number' ? end : refuse(terminal, end.problems, command.action.name)
    }
  }
}

async function runSubcommand(
  terminal: Terminal,
  { run }: Subcommand,
  args: readonly string[],
): Promise<number> {
  const host = await localHost({ cwd: terminal.folder, inputs: {}, debug: false })
  const { exitCode, out, problems } = await run(host, terminal.folder, args)
  terminal.out(out)
  terminal.error(problems.map((line) => `${line}\n`).join(''))
  return exitCode
}

function refuse(terminal: Terminal, problems: readonly string[], action?: string): number {
  const help = `\`ci-actions ${action === undefined ? '' : `${action} `}--help\` lists what there is.`
  terminal.error([...problems, help].map((line) => `${line}\n`).join(''))
  return 2
}

async function clearCache(terminal: Terminal): Promise<number> {
  const host = await localHost({ cwd: terminal.folder, inputs: {}, debug: false })
  await host.files.remove(host.facts.cacheFolder)
  terminal.out(`Deleted ${host.facts.cacheFolder}\n`)
  return 0
}
