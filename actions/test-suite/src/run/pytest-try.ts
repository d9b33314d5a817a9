/** One try of pytest: starts it with our plugin, reads what was recorded, and weighs it against the JUnit file. */
import { extname, join } from 'node:path'
import { ToolOutputError } from '@ci-actions/shared'
import type { ReadResults, ResultSink, ResultSource, TestResult } from '../results/test-result.ts'
import type { RunProblem } from './problem.ts'
import { problem } from './problem.ts'
import { pytestArguments } from './pytest-arguments.ts'
import type { PytestInstallation } from './pytest-installation.ts'
import type { JunitEvidence } from './pytest-verdict.ts'
import { leftOutNotices, pytestProblems } from './pytest-verdict.ts'
import type { RecorderSettings, TestOrder } from './recorder-settings.ts'
import { recorderModule, recorderVariable } from './recorder-settings.ts'
import { recorderSource } from './recorder-source.ts'
import type { Recording } from './recording.ts'
import { readRecording } from './recording.ts'
import type { PytestPlan } from './run-plan.ts'
import { selectionModule, selectionSource } from './selection-source.ts'
import type { Stage } from './step.ts'
import { keepEvidence, runStep } from './step.ts'

/** Of `results/`; passed in, so that running does not depend on every format there is. */
export type ReadResultsOf = (source: ResultSource, sink: ResultSink) => Promise<ReadResults>

export interface TryRequest {
  readonly stage: Stage
  /** 0 for the first. */
  readonly attempt: number
  /** Ids of the tests to run; undefined for all. */
  readonly only?: readonly string[] | undefined
  readonly timeoutSeconds: number
  readonly sink: ResultSink
  readonly readResults: ReadResultsOf
}

export interface TryOutcome {
  readonly problems: readonly RunProblem[]
  readonly notices: readonly string[]
  /** Absolute paths of the kept copies of result files. */
  readonly reports: readonly string[]
  /** Absolute paths of the kept copies of coverage reports. */
  readonly coverage: readonly string[]
  readonly seed?: string | undefined
  readonly parallel: boolean
}

export interface PytestTryRequest extends TryRequest {
  readonly plan: PytestPlan
  readonly installation: PytestInstallation
  /** Of the random order. */
  readonly seed: number
  /** Whether the first try ran under pytest-xdist. */
  readonly parallel: boolean
  /** Runs some of the tests in an order of its own, to learn from; nothing of it is kept but what was printed. */
  readonly order?: { readonly number: number; readonly wanted: TestOrder } | undefined
}

export async function tryPytest(request: PytestTryRequest): Promise<TryOutcome> {
  const { stage, plan, installation, order } = request
  const fileOrder = order !== undefined
  const { args, notices } = pytestArguments(plan, installation, { ...request, fileOrder })
  const { settings, path: settingsPath } = await prepareRecorder(request)
  const process = await runStep(stage, {
    phase: order === undefined ? 'tests' : 'order',
    title: titleOf(request),
    name: nameOf(request),
    command: [...installation.command, ...args],
    env: recorderEnvironment(stage, settingsPath),
    timeoutSeconds: request.timeoutSeconds,
  })
  const recording = await readRecords(stage, settings.records, request.sink)
  // Compared with a file of ours: the clock of a file system need not be ours.
  const started = (await stage.host.files.status(settingsPath))?.modifiedMs ?? 0
  const junit = await readJunit(request, recording, started)
  const asked = order === undefined ? request.only?.length : undefined
  const problems = pytestProblems({ process, recording, junit, asked })
  if (order !== undefined) return { problems, notices, reports: [], coverage: [], parallel: false }
  const coverage = await coverageReport(stage, recording, started)
  const kept = await keep(request, {
    'recorded.jsonl': settings.records,
    'junit.xml': junit.kind === 'read' || junit.kind === 'unreadable' ? junit.path : undefined,
    [`coverage${extname(coverage ?? '')}`]: coverage,
  })
  const evidence = (start: string) =>
    [...kept].flatMap(([name, path]) => (name.startsWith(start) ? [path] : []))
  return {
    problems: [...problems, ...coverageProblems(request, problems, coverage)],
    notices: [
      ...notices,
      ...leftOutNotices({ recording, asked: (request.only ?? request.order?.wanted.ids)?.length }),
    ],
    reports: evidence('junit'),
    coverage: evidence('coverage'),
    seed: recording.session?.seed,
    parallel: recording.session?.parallel ?? false,
  }
}

function titleOf({ attempt, order }: PytestTryRequest): string {
  if (order !== undefined) return `pytest, what the order does (${order.number})`
  return attempt === 0 ? 'pytest' : `pytest, failed tests again (${attempt})`
}

/** Start of the names of its files. */
function nameOf({ attempt, order }: PytestTryRequest): string {
  return order === undefined ? `pytest-${attempt + 1}` : `order-${order.number}`
}

async function prepareRecorder(request: PytestTryRequest) {
  const { stage, attempt, plan, only, order } = request
  const { host, workFolder } = stage
  const at = (name: string) => join(workFolder, `${nameOf(request)}.${name}`)
  const settings: RecorderSettings = {
    records: at('recorded.jsonl'),
    junit: at('junit.xml'),
    ...(only !== undefined && { only }),
    ...(order !== undefined && { order: order.wanted }),
    coverage: {
      ...plan.coverage,
      json: at('coverage.json'),
      xml: at('coverage.xml'),
      data: at('coverage'),
    },
    again: attempt > 0,
  }
  for (const [name, source] of [
    [recorderModule, recorderSource],
    [selectionModule, selectionSource],
  ])
    await host.files.write(join(workFolder, 'plugin', `${name}.py`), source ?? '')
  const path = at('settings.json')
  await host.files.write(path, JSON.stringify(settings))
  return { settings, path }
}

/** Our folder comes last, so that it takes nobody's place. */
function recorderEnvironment({ env, host, workFolder }: Stage, settings: string): Record<string, string> {
  const separator = host.facts.platform === 'win32' ? ';' : ':'
  const folder = join(workFolder, 'plugin')
  const before = env['PYTHONPATH']
  return {
    PYTHONPATH: before ? `${before}${separator}${folder}` : folder,
    [recorderVariable]: settings,
  }
}

async function readRecords({ host }: Stage, path: string, sink: ResultSink): Promise<Recording> {
  const exists = (await host.files.status(path))?.kind === 'file'
  return readRecording(exists ? host.files.stream(path) : nothing(), sink)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function readJunit(
  { stage: { host }, readResults }: PytestTryRequest,
  { session }: Recording,
  started: number,
): Promise<JunitEvidence> {
  const path = session?.junit
  if (path === undefined) return { kind: 'off' }
  const status = await host.files.status(path)
  if (status?.kind !== 'file') return { kind: 'missing', path }
  if (status.modifiedMs < started) return { kind: 'stale', path }
  let failed = 0
  const test = ({ status: each }: TestResult) => {
    if (each === 'failed' || each === 'error') failed += 1
  }
  try {
    const { complete } = await readResults({ path, chunks: () => host.files.stream(path) }, { test })
    return { kind: 'read', path, complete, failed }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    return { kind: 'unreadable', path, why: error.message }
  }
}

/** The first that was written: JSON says more than XML. */
async function coverageReport(
  { host }: Stage,
  { session }: Recording,
  started: number,
): Promise<string | undefined> {
  for (const kind of ['json', 'xml']) {
    const path = session?.coverage[kind]
    const status = path === undefined ? undefined : await host.files.status(path)
    if (status?.kind === 'file' && status.modifiedMs >= started) return path
  }
  return undefined
}

/** A run that broke off has a problem already, and a try of a few tests need not measure. */
function coverageProblems(
  { plan, attempt }: PytestTryRequest,
  problems: readonly RunProblem[],
  coverage: string | undefined,
): readonly RunProblem[] {
  if (plan.coverage === undefined || coverage !== undefined || attempt > 0 || problems.length > 0) return []
  return [
    problem(
      'coverage-missing',
      'Coverage was asked for, and pytest-cov wrote no report. Does the project switch it off (`--no-cov`, `-p no:cov`)?',
    ),
  ]
}

async function keep(
  request: PytestTryRequest,
  files: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const kept = new Map<string, string>()
  for (const [name, path] of Object.entries(files)) {
    const copy = path && (await keepEvidence(request.stage, path, `${nameOf(request)}.${name}`))
    if (copy) kept.set(name, copy)
  }
  return kept
}
