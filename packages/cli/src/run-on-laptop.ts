/** Runs an action on the local host, and writes its report in the wanted format. */
import { resolve } from 'node:path'
import type { Report } from '@ci-actions/shared'
import {
  messageOf,
  renderHtml,
  renderResult,
  renderSarif,
  renderTerminal,
  runAction,
} from '@ci-actions/shared'
import type { Clock, Terminal } from '@ci-actions/shared/host'
import { findWorkspace, localHost } from '@ci-actions/shared/host'
import type { RunCommand } from './command-line.ts'
import { openDisplay } from './display.ts'
import { projectPath } from './paths.ts'

/** The exit code, or what is wrong with the command line in this folder. */
export async function runOnLaptop(
  terminal: Terminal,
  clock: Clock,
  command: RunCommand,
): Promise<number | { readonly problems: readonly string[] }> {
  const found = await findPaths(terminal, command)
  if ('problems' in found) return found
  const display = openDisplay(terminal, clock)
  const log: string[] = []
  const host = await localHost({
    cwd: terminal.folder,
    inputs: { ...command.inputs, ...(found.paths !== '' && { paths: found.paths }) },
    debug: command.debug,
    // The report has all of it that matters; the log is for those who ask.
    progress: command.debug ? display.line : (line) => void log.push(line),
  })
  const end = await runAction(command.action, host, { onProgress: display.progress })
  display.end()
  for (const line of linesToShow(log, end.exitCode, command)) terminal.error(`${line}\n`)
  const text = render(end.report, command, terminal)
  if (command.output === undefined) {
    terminal.out(text)
    return end.exitCode
  }
  try {
    const file = resolve(terminal.folder, command.output)
    await host.files.write(file, text)
    terminal.error(`Wrote ${file}\n`)
    return end.exitCode
  } catch (error) {
    return { problems: [`\`--output\`: ${messageOf(error)}`] }
  }
}

async function findPaths(
  { folder }: Terminal,
  command: RunCommand,
): Promise<{ readonly paths: string } | { readonly problems: readonly string[] }> {
  const workspace = await findWorkspace(folder)
  const workingDirectory = command.inputs['working-directory'] ?? '.'
  const paths = command.paths.map((typed) => projectPath(typed, { folder, workspace, workingDirectory }))
  const problems = command.paths
    .filter((_, index) => paths[index] === undefined)
    .map((typed) => `\`${typed}\` is outside ${workspace}.`)
  return problems.length > 0 ? { problems } : { paths: paths.join('\n') }
}

const bug = 3

/** Without `--debug`: after a bug all of the log, and the failure where the format on standard output is not for people. */
function linesToShow(log: readonly string[], exitCode: number, command: RunCommand): readonly string[] {
  if (exitCode === bug) return log
  const readable = command.format === 'terminal' && command.output === undefined
  const failure = log.findLastIndex((line) => line.startsWith('error: '))
  return readable || failure === -1 ? [] : log.slice(failure)
}

function render(report: Report, { format, output }: RunCommand, terminal: Terminal): string {
  const text = renderings[format](report, {
    colour: output === undefined && terminal.colour,
    width: terminal.width,
  })
  return text.endsWith('\n') ? text : `${text}\n`
}

type Rendering = (report: Report, options: { readonly colour: boolean; readonly width: number }) => string

const renderings: Readonly<Record<RunCommand['format'], Rendering>> = {
  terminal: renderTerminal,
  json: renderResult,
  html: renderHtml,
  sarif: (report) => renderSarif(report),
}
