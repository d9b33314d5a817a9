/** Runs an action from its inputs to its report. The only place that fails the step. */
import type { MetricDeclarations } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'
import { headline, troubleOf } from '../report/headline.ts'
import { plainProse } from '../report/prose.ts'
import type { PublishOptions } from '../report/publish.ts'
import { publishReport } from '../report/publish.ts'
import { redactReport } from '../report/redact-report.ts'
import type { Degradation, Report, Verdict } from '../report/report.ts'
import { resultOutput } from '../report/result.ts'
import { renderTerminal } from '../report/terminal.ts'
import type { ToolProgress } from '../tool/run-request.ts'
import { messageOf } from './errors.ts'
import { mergeInputs } from './merge-inputs.ts'
import { withoutNetwork } from './offline.ts'
import type { ReadInputs } from './read-inputs.ts'
import { readInputs } from './read-inputs.ts'
import type { ReportFolder } from './report-folder.ts'
import { openReportFolder } from './report-folder.ts'
import type { ActionOutcome, AnyAction } from './spec.ts'
import { issuesUrl, reportCancelled, reportThrown, stackOf } from './trouble.ts'

export interface RunOptions {
  readonly onProgress?: ((event: ToolProgress) => void) | undefined
}

export interface RunEnd {
  readonly verdict: Verdict
  /** 0 passed, 1 failed or incomplete, 2 wrong use, 3 bug, 4 unavailable; 0 too where `enforce` is off. */
  readonly exitCode: number
  readonly report: Report
}

/** A variable of over 128 KB breaks the step that reads it; what else stands in the environment needs room too. */
const maxResultBytes = 60_000
/** After a cancellation, for the tools to end and what is known to be put together; GitHub kills after 10 seconds. */
const graceMs = 3000

/** Never throws for what happens inside the action: every ending writes a summary, `verdict` and reasons. */
export async function runAction(action: AnyAction, given: Host, options: RunOptions = {}): Promise<RunEnd> {
  const started = given.clock.monotonic()
  // First, so that a step which is killed does not leave an empty verdict.
  given.runner.output('verdict', 'incomplete')
  const { read, thrown } = await readOrDefaults(action, given)
  const host = read.values.offline ? withoutNetwork(given) : given
  const folder = await openReportFolder(host, {
    action: action.name,
    id: read.values.id,
    wanted: read.values['report-dir'],
  })
  const wrong = thrown ?? read.error ?? folder.error
  const outcome =
    wrong === undefined ? await perform(action, host, read, folder, options) : endWith(host, wrong)
  const seconds = (host.clock.monotonic() - started) / 1000
  const report = redactReport(complete({ action, read, folder, outcome, seconds }), host.runner.redact)
  const published = await publish(report, host, read, folder, outcome)
  writeOutputs(action, host, published, outcome)
  return finish(host, published)
}

interface Reading {
  readonly read: ReadInputs
  /** What kept the inputs from being read at all. */
  readonly thrown?: unknown
}

async function readOrDefaults(action: AnyAction, host: Host): Promise<Reading> {
  try {
    return { read: await readInputs(action, host) }
  } catch (thrown) {
    const nothing = { given: () => undefined, names: [], givenBy: '', metrics: action.metrics }
    const values = mergeInputs(action.allInputs, nothing).values as ReadInputs['values']
    const underPolicy = () => ({ inputs: values, policy: {} })
    return { thrown, read: { values, origins: [], policy: {}, underPolicy, notices: [] } }
  }
}

async function perform(
  action: AnyAction,
  host: Host,
  read: ReadInputs,
  folder: ReportFolder,
  options: RunOptions,
): Promise<ActionOutcome> {
  for (const { name, value, from } of read.origins) host.runner.debug(`input ${name} = ${value} (${from})`)
  host.runner.debug(`report folder: ${folder.path}`)
  if (host.cancelled.aborted) return { report: reportCancelled(undefined) }
  try {
    const running = action.run({
      inputs: read.values,
      origins: read.origins,
      policy: read.policy,
      underPolicy: read.underPolicy,
      host,
      reportFolder: folder.path,
      onProgress: options.onProgress,
    })
    const outcome = await Promise.race([running, afterCancellation(host)])
    if (!host.cancelled.aborted) return outcome ?? { report: reportCancelled(undefined) }
    return { ...outcome, report: reportCancelled(outcome?.report) }
  } catch (error) {
    return host.cancelled.aborted ? { report: reportCancelled(undefined) } : endWith(host, error)
  }
}

/** Resolves once the run was cancelled and had its time to end by itself. */
function afterCancellation(host: Host): Promise<undefined> {
  return new Promise((resolve) => {
    const wait = () => void host.clock.sleep(graceMs).then(() => resolve(undefined))
    if (host.cancelled.aborted) wait()
    else host.cancelled.addEventListener('abort', wait, { once: true })
  })
}

function endWith(host: Host, error: unknown): ActionOutcome {
  const report = reportThrown(error)
  if (report.reasons.some(({ code }) => code === 'bug')) {
    host.runner.raw(stackOf(error))
    host.runner.log(
      `This is an error in ci-actions, not in your project. Please report it, with the lines above: ${issuesUrl}`,
    )
  }
  return { report }
}

interface Parts {
  readonly action: AnyAction
  readonly read: ReadInputs
  readonly folder: ReportFolder
  readonly outcome: ActionOutcome
  readonly seconds: number
}

function complete({ action, read, folder, outcome, seconds }: Parts): Report {
  return {
    ...outcome.report,
    notices: [...new Set([...read.notices, ...outcome.report.notices])],
    degraded: [...outcome.report.degraded, ...folder.degraded],
    action: action.name,
    title: action.title,
    actionVersion: action.version,
    id: read.values.id,
    enforced: read.values.enforce,
    inputs: read.origins,
    reportFolder: folder.shown,
    seconds,
  }
}

/** Failing to report is no verdict: it warns, and shows in what is reported afterwards. */
async function publish(
  report: Report,
  host: Host,
  read: ReadInputs,
  folder: ReportFolder,
  outcome: ActionOutcome,
): Promise<Report> {
  if (host.facts.kind !== 'local') host.runner.raw(renderTerminal(report, { colour: false, width: 110 }))
  let degraded: readonly Degradation[]
  try {
    degraded = await publishReport(report, host, {
      reportFolder: folder.path,
      ...placesOnGithub(read),
      files: outcome.files ?? {},
    })
  } catch (error) {
    host.runner.debug(stackOf(error))
    degraded = [{ what: 'report', why: messageOf(error) }]
    host.runner.annotate({
      level: 'warning',
      title: 'Report',
      message: `The report could not be written: ${messageOf(error)}`,
    })
  }
  return { ...report, degraded: [...report.degraded, ...degraded] }
}

function placesOnGithub({
  values,
}: ReadInputs): Pick<PublishOptions, 'checkRun' | 'comment' | 'codeScanning'> {
  // Where that contradicts other inputs, it is the error that is reported here.
  if (values.offline) return { checkRun: false, comment: 'off' }
  return {
    checkRun: values['check-run'],
    comment: values.comment,
    // An input of those actions alone whose findings are risks.
    ...(values['upload-sarif'] === true && {
      codeScanning: { workingDirectory: values['working-directory'] },
    }),
  }
}

function writeOutputs(action: AnyAction, host: Host, report: Report, outcome: ActionOutcome): void {
  const declared: MetricDeclarations = action.metrics
  for (const [name, { output }] of Object.entries(declared)) {
    if (output !== true) continue
    const total = report.metrics.find(
      (metric) => metric.name === name && Object.keys(metric.labels).length === 0,
    )
    host.runner.output(name, total === undefined ? '' : String(total.value))
  }
  for (const [name, value] of Object.entries(outcome.outputs ?? {})) host.runner.output(name, value)
  host.runner.output('report-dir', report.reportFolder ?? '')
  host.runner.output('result', resultOutput(report, maxResultBytes))
  host.runner.output('verdict', report.verdict)
}

function finish(host: Host, report: Report): RunEnd {
  // A plan of shards is for other steps to run, and on a laptop a plan is what was asked for; else in a workflow a step that judged nothing must not be green.
  const wanted = report.reasons.some(({ code }) => code === 'shards-planned')
  const asked = troubleOf(report) === 'planned' && (wanted || host.facts.kind === 'local')
  const exitCode = asked ? 0 : exitCodeOf(report)
  if (exitCode !== 0) host.runner.fail(failureMessage(report))
  return { verdict: report.verdict, exitCode, report }
}

/** `enforce: false` forgives what the project and the world do, not wrong inputs and bugs. */
export function exitCodeOf(report: Report): number {
  if (report.verdict === 'passed') return 0
  const trouble = troubleOf(report)
  if (trouble === 'wrong-input') return 2
  if (trouble === 'bug') return 3
  if (!report.enforced) return 0
  return trouble === 'unavailable' ? 4 : 1
}

function failureMessage(report: Report): string {
  if (troubleOf(report) !== 'wrong-input') return plainProse(headline(report).text)
  return [
    `${report.title} did not run:`,
    ...report.reasons.map(({ message }) => `- ${plainProse(message)}`),
  ].join('\n')
}
