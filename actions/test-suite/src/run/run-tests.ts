/** The whole run: setup, tests, failed tests again, teardown whatever happened. */
import { join } from 'node:path'
import type { Host, PythonEnvironment } from '@ci-actions/shared'
import { environmentOfTool, secretsIn } from '@ci-actions/shared'
import type { ResultSink } from '../results/test-result.ts'
import { tryCommand } from './command-try.ts'
import type { OrderRun } from './order-examination.ts'
import { recordOrder } from './order-record.ts'
import type { RunProblem } from './problem.ts'
import { pytestArguments } from './pytest-arguments.ts'
import type { PytestInstallation } from './pytest-installation.ts'
import { environmentOfProject, findPytest } from './pytest-installation.ts'
import type { ReadResultsOf, TryOutcome, TryRequest } from './pytest-try.ts'
import { tryPytest } from './pytest-try.ts'
import type { LearnedOrder } from './random-order.ts'
import { learnOrder } from './random-order.ts'
import type { RetriedTests } from './retried-tests.ts'
import { retryTests } from './retried-tests.ts'
import type { CommandPlan, RunPlan } from './run-plan.ts'
import { runSetup, runTeardown } from './setup.ts'
import type { PhasedCommand, Stage } from './step.ts'

export interface RunTestsRequest {
  readonly host: Host
  readonly plan: RunPlan
  /** Its programs come first in PATH; pytest is that of its interpreter. */
  readonly environment: Pick<PythonEnvironment, 'python' | 'kind'>
  /** Ids of the tests of a shard or a selection; undefined for all. pytest alone. */
  readonly only?: readonly string[] | undefined
  /** Gets each test once, with what came of all tries. */
  readonly sink: ResultSink
  readonly readResults: ReadResultsOf
  /** Absolute; evidence goes below it. */
  readonly reportFolder: string
  /** Waits for services, before setup; problems keep the tests from running, but not teardown. */
  readonly ready?: (() => Promise<readonly RunProblem[]>) | undefined
}

export interface TestRun {
  /** Empty: the results can be trusted. Else the verdict is never green. */
  readonly problems: readonly RunProblem[]
  readonly notices: readonly string[]
  readonly commands: readonly PhasedCommand[]
  /** How often tests were started, the first time included. */
  readonly tries: number
  /** Absolute paths of the kept copies of result files, of all tries. */
  readonly reports: readonly string[]
  /** Absolute paths of the kept copies of coverage reports, of all tries: their union counts. */
  readonly coverage: readonly string[]
  /** Of the random order. */
  readonly seed?: string | undefined
  /** What the random order has to do with failures; undefined where none was asked for. */
  readonly order?: LearnedOrder | undefined
  /** `9.2.0`, where pytest ran. */
  readonly pytest?: string | undefined
  /** Of the tests, all tries together. */
  readonly seconds: number
}

/** The `postgres` of a database for tests is a word of every report; nobody types a digit into one, or so much. */
function isNoWord(secret: string): boolean {
  return secret.length >= 16 || (secret.length >= 8 && /\d/.test(secret) && /\p{L}/u.test(secret))
}

/** Throws `UserError` where the plan does not fit what is installed; before anything has run. */
export async function runTests(request: RunTestsRequest): Promise<TestRun> {
  const { host, plan } = request
  const stage = await openStage(request)
  const installation =
    plan.kind === 'pytest' ? await findPytest(host, request.environment.python, stage.env) : undefined
  if (plan.kind === 'pytest' && installation !== undefined)
    pytestArguments(plan, installation, { attempt: 0, seed: 0, parallel: false })
  const gathered = new Gathered()
  const deadline = host.clock.monotonic() + plan.timeoutSeconds * 1000
  const left = () => Math.max(0, (deadline - host.clock.monotonic()) / 1000)
  try {
    gathered.problems.push(...((await request.ready?.()) ?? []))
    if (gathered.problems.length === 0) gathered.problems.push(...(await runSetup(stage, plan.setup, left)))
    if (gathered.problems.length === 0) await runTries(request, { stage, installation, left, gathered })
  } finally {
    gathered.problems.push(...(await runTeardown(stage, plan.teardown)))
    await host.files.remove(stage.workFolder)
  }
  const tests = stage.commands.filter(({ phase }) => phase === 'tests')
  return {
    problems: gathered.problems,
    notices: [...new Set(gathered.notices)],
    commands: stage.commands,
    tries: tests.length,
    reports: gathered.reports,
    coverage: gathered.coverage,
    seed: gathered.seed,
    order: gathered.order,
    pytest: installation?.version,
    seconds: tests.reduce((sum, { seconds }) => sum + seconds, 0),
  }
}

/** What the tries leave, in order. */
class Gathered {
  readonly problems: RunProblem[] = []
  readonly notices: string[] = []
  readonly reports: string[] = []
  readonly coverage: string[] = []
  seed: string | undefined
  order: LearnedOrder | undefined

  learned(order: LearnedOrder | undefined): void {
    this.order = order
    this.notices.push(...(order?.notices ?? []))
  }

  add({ notices, reports, coverage, seed }: TryOutcome): void {
    this.notices.push(...notices)
    this.reports.push(...reports)
    this.coverage.push(...coverage)
    this.seed ??= seed
  }
}

interface Tries {
  readonly stage: Stage
  readonly installation: PytestInstallation | undefined
  readonly left: () => number
  readonly gathered: Gathered
}

async function runTries(
  request: RunTestsRequest,
  { stage, installation, left, gathered }: Tries,
): Promise<void> {
  const { plan, host, readResults, only } = request
  const seed = Number.parseInt(host.clock.random(3), 16)
  const start = (about: Pick<TryRequest, 'attempt' | 'only' | 'sink'>, parallel: boolean) => {
    const common = { stage, timeoutSeconds: left(), readResults, ...about }
    return plan.kind === 'pytest' && installation !== undefined
      ? tryPytest({ ...common, plan, installation, seed, parallel })
      : tryCommand({ ...common, plan: commandOf(plan) })
  }
  const tests = retryTests(request.sink)
  const random = plan.kind === 'pytest' && plan.randomOrder !== false
  const ran = recordOrder(tests.first)
  const first = await start({ attempt: 0, only, sink: random ? ran.sink : tests.first }, false)
  gathered.add(first)
  gathered.problems.push(...first.problems)
  const again = await retryFailed(request, { tests, gathered, first, left, start })
  if (plan.kind === 'pytest' && installation !== undefined && random) {
    const seconds = stage.commands.find(({ phase }) => phase === 'tests')?.seconds ?? 0
    const common = { stage, plan, installation, seed, parallel: false, only, readResults }
    gathered.learned(await learnOrder({ ...common, first, ran: ran.run(), again, seconds, left }))
  }
  tests.finish(gathered.order?.roles)
}

interface Retries {
  readonly tests: RetriedTests
  readonly gathered: Gathered
  readonly first: TryOutcome
  readonly left: () => number
  readonly start: (
    about: Pick<TryRequest, 'attempt' | 'only' | 'sink'>,
    parallel: boolean,
  ) => Promise<TryOutcome>
}

/** What came of the failed tests when they ran again for the first time; undefined where they did not. */
async function retryFailed(
  { plan, host }: RunTestsRequest,
  { tests, gathered, first, left, start }: Retries,
): Promise<OrderRun | undefined> {
  let known: OrderRun | undefined
  for (let attempt = 1; attempt <= plan.retries; attempt += 1) {
    const only = tests.failed()
    if (only.length === 0 || first.problems.length > 0 || left() <= 0 || host.cancelled.aborted) break
    const again = tests.again()
    const record = recordOrder(again.sink)
    const outcome = await start({ attempt, only, sink: record.sink }, first.parallel)
    gathered.add(outcome)
    // What passes in a try that cannot be trusted has not passed.
    if (outcome.problems.length === 0) {
      again.accept()
      if (attempt === 1) known = record.run()
    }
    gathered.notices.push(
      ...outcome.problems.map(({ message }) => `Try ${attempt + 1} does not count: ${message}`),
    )
  }
  return known
}

function commandOf(plan: RunPlan): CommandPlan {
  if (plan.kind === 'command') return plan
  throw new Error('A plan for pytest needs an installation.')
}

async function openStage({ host, plan, environment, reportFolder }: RunTestsRequest): Promise<Stage> {
  const workFolder = join(host.facts.temporary, `tests-${host.clock.random(8)}`)
  await host.files.makeFolder(workFolder)
  const given = environmentOfTool({ ...host.facts.projectEnvironment, ...plan.env }, true)
  // What the step was given by a name that says so must not stand in what is uploaded.
  for (const [name, value] of Object.entries(given))
    for (const secret of secretsIn(name, value)) if (isNoWord(secret)) host.runner.mask(secret)
  return {
    host,
    cwd: plan.cwd,
    env: environmentOfProject(given, { ...environment, platform: host.facts.platform }),
    workFolder,
    evidenceFolder: join(reportFolder, 'tests'),
    commands: [],
  }
}
