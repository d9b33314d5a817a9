/** `ci-actions security-scan suppress`: writes suppressions that a scan accepts. */
import { isAbsolute, join, resolve } from 'node:path'
import { dayOf, isIgnoreFile, readIgnoreFile, UserError, writeSuppressions } from '@ci-actions/shared'
import type { Host } from '@ci-actions/shared/host'
import type { SubcommandEnd } from '../subcommands.ts'
import type { SuppressArguments } from './arguments.ts'
import { readArguments, suppressHelp } from './arguments.ts'
import type { Decided, SuppressSituation } from './decide.ts'
import { decideImport, decideOne } from './decide.ts'
import { readLastResult } from './last-result.ts'
import { readLists } from './lists.ts'

/** `folder`: absolute, that the command was started in; paths are relative to it. */
export async function suppress(host: Host, folder: string, args: readonly string[]): Promise<SubcommandEnd> {
  const read = readArguments(args)
  if (read.kind === 'help') return { exitCode: 0, out: suppressHelp, problems: [] }
  if (read.kind === 'wrong') return wrong(read.problems)
  try {
    return await write(host, folder, read.given)
  } catch (error) {
    if (error instanceof UserError) return wrong(error.problems)
    throw error
  }
}

function wrong(problems: readonly string[]): SubcommandEnd {
  return { exitCode: 2, out: '', problems }
}

async function write(host: Host, folder: string, given: SuppressArguments): Promise<SubcommandEnd> {
  const today = dayOf(host.clock.now())
  const wantedResult = given.result === undefined ? undefined : resolve(folder, given.result)
  const result = await readLastResult(host, wantedResult)
  const { entries, lifetimes, target } = await readLists(host, today)
  const situation: SuppressSituation = { today, lifetimes, entries, result }
  const { wanted, problems } =
    given.import === undefined
      ? decideOne(given, situation)
      : await decideFile(host, resolve(folder, given.import), given, situation)
  const notes = result === undefined ? [noResult] : []
  if (wanted.length === 0)
    return wrong(problems.length > 0 ? [...problems, ...notes] : ['There is nothing to write.'])
  const written = writeSuppressions(target.text, target.section, wanted)
  if ('problem' in written)
    return wrong([`\`${target.path}\` is not changed: ${written.problem}. Add the entry by hand.`])
  await host.files.write(join(host.facts.workspace, target.path), written.text)
  const lines = wanted.map(({ id, expires, owner }) => `${id}\n  until ${expires}, ${owner}\n`)
  return {
    exitCode: problems.length > 0 ? 1 : 0,
    out: `${target.path}:\n${lines.join('')}`,
    problems: [...problems, ...notes],
  }
}

const noResult =
  'There is no result of `security-scan` in `ci-actions-report`: nothing says whether there is such a risk, nor how severe it is.'

async function decideFile(
  { files, facts }: Host,
  path: string,
  given: SuppressArguments,
  situation: SuppressSituation,
): Promise<Decided> {
  const text = await files.readText(path)
  if (text === undefined) throw new UserError(`\`--import\`: there is no file ${path}.`)
  if (!isIgnoreFile(path))
    throw new UserError(`\`--import\`: ${path} is none of the files that \`--help\` lists.`)
  const shown =
    isAbsolute(path) && path.startsWith(`${facts.workspace}/`) ? path.slice(facts.workspace.length + 1) : path
  const proposals = readIgnoreFile(shown, text)?.proposals ?? []
  return decideImport(given, proposals, situation)
}
