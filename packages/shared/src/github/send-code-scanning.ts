/** A report's findings on their way to code scanning: what was scanned, the files, and what became of them. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isObjectId, openRepository } from '../git/repository.ts'
import type { GithubApi, GithubEvent, Host } from '../host/ports.ts'
import { counted } from '../report/figures.ts'
import type { Report } from '../report/report.ts'
import type { LineHashes } from '../report/sarif.ts'
import { sarifFiles } from '../report/sarif.ts'
import { sarifProblems } from '../report/sarif-problems.ts'
import { readLineHashes } from '../security/read-line-hashes.ts'
import { openSources } from '../tool/sources.ts'
import { fitsCodeScanning, uploadSarif } from './code-scanning.ts'
import { codeScanningTarget } from './code-scanning-target.ts'
import { hasReadOnlyToken } from './event.ts'
import { explainReadOnly } from './permissions.ts'

/** The checkout as it was scanned. */
export interface Scanned {
  /** Absolute path that the paths of findings are relative to. */
  readonly top: string
  /** The commit, where there is git to ask. */
  readonly head: string | undefined
  readonly lineHashes: LineHashes
}

export async function lookAtCheckout(
  { findings }: Report,
  host: Host,
  workingDirectory: string,
): Promise<Scanned> {
  const repository = await openRepository(host, join(host.facts.workspace, workingDirectory))
  const top = repository?.top ?? host.facts.workspace
  const [answer, lineHashes] = await Promise.all([
    repository?.git(['rev-parse', 'HEAD']),
    readLineHashes(findings, openSources(host.files, top)),
  ])
  const head = answer?.stdout.trim()
  return { top, head: isObjectId(head) ? head : undefined, lineHashes }
}

/** What there was no room for, in sentences. Throws an error that says why where not all that was sent is accepted. */
export async function sendToCodeScanning(
  report: Report,
  host: Host,
  { top, head, lineHashes }: Scanned,
): Promise<readonly string[]> {
  const { api, event } = githubOf(host)
  if (hasReadOnlyToken(event)) throw new Error(explainReadOnly('code scanning', event))
  const target = codeScanningTarget(event, head)
  if (typeof target === 'string') throw new Error(target)
  const { files, runs, results, withheld, cut } = sarifFiles(
    report,
    { lineHashes, leg: event.matrix },
    fitsCodeScanning,
  )
  for (const sentence of withheld) host.runner.log(`Code scanning: ${sentence}`)
  // A run that ended before any tool has nothing to say about alerts.
  if (files.length === 0) return []
  const [wrong] = files.flatMap(sarifProblems)
  if (wrong !== undefined) throw new Error(`GitHub would refuse the file: ${wrong}`)
  const problems = await uploadSarif(
    { api, event, clock: host.clock, cancelled: host.cancelled },
    { ...target, files, checkoutUri: pathToFileURL(`${top}/`).href, toolName: report.title },
  )
  if (problems.length > 0) throw new Error(problems.join('; '))
  host.runner.log(
    `Code scanning: ${counted(results, 'result')} of ${counted(runs, 'tool')} accepted for ${target.ref} at ${target.sha.slice(0, 7)}.`,
  )
  return cut
}

function githubOf(host: Host): { readonly api: GithubApi; readonly event: GithubEvent } {
  const { event } = host.facts
  if (host.github === undefined || event === undefined)
    throw new Error('there is no `token` to reach GitHub with')
  return { api: host.github, event }
}
