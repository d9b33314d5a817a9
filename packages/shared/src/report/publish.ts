/** Brings a report to all its places. Failing to report is never a verdict: it warns, and says so. */
import { isAbsolute, join, relative } from 'node:path'
import { messageOf } from '../action/errors.ts'
import { publishCheckRun } from '../github/check-run.ts'
import { commentMarker, publishComment } from '../github/comment.ts'
import { checkedShaOf, pullRequestNumberOf } from '../github/event.ts'
import type { Feature } from '../github/permissions.ts'
import { explainRefusal } from '../github/permissions.ts'
import type { Scanned } from '../github/send-code-scanning.ts'
import { lookAtCheckout, sendToCodeScanning } from '../github/send-code-scanning.ts'
import type { GithubApi, GithubEvent, Host } from '../host/ports.ts'
import { notShownAnnotation, planAnnotations } from './annotations.ts'
import { renderCheckRun } from './check-run.ts'
import { renderComment } from './comment.ts'
import { escapeMarkdown, proseMarkdown } from './markdown.ts'
import { renderHtml } from './page.ts'
import { plainProse } from './prose.ts'
import { redactReport } from './redact-report.ts'
import type { Degradation, Report } from './report.ts'
import { resultPieces } from './result.ts'
import { sarifPieces } from './sarif.ts'
import { renderSummary } from './summary.ts'
import { visibleLine } from './visible.ts'

export interface PublishOptions {
  /** Absolute path of a folder that exists. */
  readonly reportFolder: string
  readonly checkRun: boolean
  readonly comment: 'off' | 'on-failure' | 'always'
  /** Sends the findings to code scanning. */
  readonly codeScanning?: { readonly workingDirectory: string } | undefined
  /** Further files for the folder, by relative name with `/`. */
  readonly files: Readonly<Record<string, string>>
}

/** actions/runner drops a step's summary file whole when it is larger (FileCommandManager.cs). */
const summaryLimit = 1024 * 1024
/** Masking may make a text longer; and what other uses append afterwards should find some room. */
const summaryMargin = 16 * 1024

/**
 * Files first, since they are the evidence; then summary and annotations, which need no network; check run and
 * comment last. Secrets are taken out before anything is rendered. Gives what could not be done.
 */
export async function publishReport(
  given: Report,
  host: Host,
  options: PublishOptions,
): Promise<readonly Degradation[]> {
  const report = redactReport(given, host.runner.redact)
  const degraded: Degradation[] = []
  const attempt: Attempt = async (what, body, explain = messageOf) => {
    try {
      await body()
    } catch (error) {
      const degradation = { what, why: host.runner.redact(explain(error)) }
      degraded.push(degradation)
      warn(host, report, degradation)
    }
  }
  const scanned = await lookIfWanted(report, host, options, attempt)
  await writeFiles(report, host, options, scanned, attempt)
  await attempt('job summary', () =>
    writeSummary({ ...report, degraded: [...report.degraded, ...degraded] }, host),
  )
  annotate(report, host)
  const before = degraded.length
  await sendToGithub(report, host, options, scanned, attempt)
  if (degraded.length > before) await addToSummary(degraded.slice(before), host)
  return degraded
}

type Attempt = (
  what: string,
  body: () => Promise<void>,
  explain?: (error: unknown) => string,
) => Promise<void>

/** Undefined where nothing goes to code scanning. */
async function lookIfWanted(
  report: Report,
  host: Host,
  { codeScanning }: PublishOptions,
  attempt: Attempt,
): Promise<Scanned | undefined> {
  if (codeScanning === undefined || host.facts.kind === 'local' || host.cancelled.aborted) return undefined
  let scanned: Scanned | undefined
  await attempt('code scanning', async () => {
    scanned = await lookAtCheckout(report, host, codeScanning.workingDirectory)
  })
  return scanned
}

async function writeFiles(
  report: Report,
  host: Host,
  options: PublishOptions,
  scanned: Scanned | undefined,
  attempt: Attempt,
): Promise<void> {
  const sarif = { lineHashes: scanned?.lineHashes, leg: host.facts.event?.matrix }
  const hasSuppressed = report.findings.some(({ suppression }) => suppression !== undefined)
  const renderings: Readonly<Record<string, () => string | Iterable<string>>> = {
    'result.json': () => resultPieces(report),
    'results.sarif': () => sarifPieces(report, sarif),
    ...(hasSuppressed && {
      'results-with-suppressed.sarif': () => sarifPieces(report, { ...sarif, suppressed: true }),
    }),
    'report.html': () => renderHtml(report),
    'summary.md': () => renderSummary(report, { maxBytes: summaryLimit - summaryMargin }),
  }
  for (const [name, render] of Object.entries(renderings)) {
    await attempt(name, () => host.files.write(join(options.reportFolder, name), render()))
  }
  for (const [name, text] of Object.entries(options.files)) {
    await attempt(name, () =>
      host.files.write(insideFolder(options.reportFolder, name), host.runner.redact(text)),
    )
  }
}

function insideFolder(folder: string, name: string): string {
  const path = join(folder, name)
  if (isAbsolute(name) || relative(folder, path).startsWith('..')) {
    throw new Error(`${name} is not a place inside the report folder`)
  }
  return path
}

async function writeSummary(report: Report, host: Host): Promise<void> {
  const room = summaryLimit - summaryMargin - (await host.runner.summaryBytes())
  const summary = renderSummary(report, { maxBytes: room })
  if (summary === '') throw new Error('earlier steps of this job left no room in the summary')
  await host.runner.appendSummary(summary)
}

/** What failed after the summary was written stands under it, if that still works. */
async function addToSummary(degraded: readonly Degradation[], host: Host): Promise<void> {
  const lines = degraded.map(
    ({ what, why }) => `- Not done: ${escapeMarkdown(what)}. ${proseMarkdown(why, 'line')}\n`,
  )
  try {
    await host.runner.appendSummary(`\n${lines.join('')}`)
  } catch (error) {
    host.runner.debug(`the summary could not be added to: ${messageOf(error)}`)
  }
}

function annotate(report: Report, host: Host): void {
  const plan = planAnnotations(report)
  for (const annotation of plan.annotations) host.runner.annotate(annotation)
  const rest = notShownAnnotation(plan, report)
  if (rest !== undefined) host.runner.annotate(rest)
}

async function sendToGithub(
  report: Report,
  host: Host,
  options: PublishOptions,
  scanned: Scanned | undefined,
  attempt: Attempt,
): Promise<void> {
  if (host.facts.kind === 'local' || host.cancelled.aborted) return
  const refused = (feature: Feature) => (error: unknown) => explainRefusal(feature, error, host.facts.event)
  if (options.checkRun) await attempt('check run', () => sendCheckRun(report, host), refused('check run'))
  if (options.comment !== 'off')
    await attempt('comment', () => sendComment(report, host, options), refused('comment'))
  if (scanned !== undefined) await attempt('code scanning', () => scanning(report, host, scanned, attempt))
}

/** What was accepted but cut is another matter than what was not. */
async function scanning(report: Report, host: Host, scanned: Scanned, attempt: Attempt): Promise<void> {
  const cut = await sendToCodeScanning(report, host, scanned)
  if (cut.length > 0)
    await attempt('all results in code scanning', () => Promise.reject(new Error(cut.join(' '))))
}

async function sendCheckRun(report: Report, host: Host): Promise<void> {
  const { api, event } = githubOf(host)
  const { title, summary, annotations, total } = renderCheckRun(report)
  const suffix = report.id === 'default' ? '' : ` (${visibleLine(report.id)})`
  await publishCheckRun(api, {
    repository: event.repository,
    sha: checkedShaOf(event),
    name: report.title + suffix,
    externalId: useKey(report, event),
    detailsUrl: `${event.serverUrl}/${event.repository}/actions/runs/${event.runId}/attempts/${event.runAttempt}`,
    title,
    summary,
    annotations,
    total,
  })
}

async function sendComment(report: Report, host: Host, options: PublishOptions): Promise<void> {
  const { api, event } = githubOf(host)
  const issue = pullRequestNumberOf(event)
  // A push has no pull request to write to; a workflow for both events is no mistake.
  if (issue === undefined || options.comment === 'off') return
  const marker = commentMarker(useKey(report, event))
  await publishComment(api, {
    repository: event.repository,
    issue,
    marker,
    body: renderComment(report, marker),
    when: options.comment,
    failed: report.verdict !== 'passed',
  })
}

function githubOf(host: Host): { readonly api: GithubApi; readonly event: GithubEvent } {
  const { event } = host.facts
  if (host.github === undefined || event === undefined)
    throw new Error('there is no `token` to reach GitHub with')
  return { api: host.github, event }
}

/** What tells this use of the action from all others of the repository (workflow, job, `id`, matrix leg). */
function useKey(report: Report, event: GithubEvent): string {
  return [report.action, event.workflow, event.job, report.id, event.matrix]
    .filter((part) => part !== '')
    .join('/')
}

function warn(host: Host, report: Report, { what, why }: Degradation): void {
  host.runner.annotate({
    level: 'warning',
    title: visibleLine(report.title),
    message: visibleLine(`Not done: ${what}. ${plainProse(why)}`),
  })
}
