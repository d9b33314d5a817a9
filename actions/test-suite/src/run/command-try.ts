/** One try of another runner: starts it, and reads the result files that it wrote, and no others. */
import { basename, join } from 'node:path'
import { findFiles, ToolOutputError } from '@ci-actions/shared'
import type { ResultSink, TestResult } from '../results/test-result.ts'
import type { ReportRead } from './command-verdict.ts'
import { commandProblems } from './command-verdict.ts'
import type { TryOutcome, TryRequest } from './pytest-try.ts'
import type { CommandPlan } from './run-plan.ts'
import type { Stage } from './step.ts'
import { keepEvidence, runStep } from './step.ts'

export interface CommandTryRequest extends TryRequest {
  readonly plan: CommandPlan
}

export async function tryCommand(request: CommandTryRequest): Promise<TryOutcome> {
  const { stage, attempt, plan } = request
  const patterns = plan.reports.filter((pattern) => pattern !== '-')
  const command = attempt === 0 ? plan.command : plan.retryCommand
  const before = await snapshot(stage, patterns)
  const name = basename(command[0] ?? '')
  const process = await runStep(stage, {
    phase: 'tests',
    title: attempt === 0 ? name : `${name}, failed tests again (${attempt})`,
    name: `command-${attempt + 1}`,
    command,
    timeoutSeconds: request.timeoutSeconds,
  })
  const { written, stale, idle } = await compareReports(stage, patterns, before)
  const sources = [
    ...written.map((path) => ({ path, file: join(stage.cwd, ...path.split('/')) })),
    ...(plan.reports.includes('-')
      ? [{ path: 'standard output', file: process.stdout, cut: process.truncated }]
      : []),
  ]
  const counted = counting(request.sink, plan.allowEmpty)
  const files: ReportRead[] = []
  for (const source of sources) files.push(await read(request, source, counted.sink))
  const kept: (string | undefined)[] = []
  for (const [index, { path, file }] of sources.entries())
    kept.push(await keepEvidence(stage, file, `command-${attempt + 1}.report-${index + 1}.${basename(path)}`))
  return {
    problems: commandProblems({
      ...{ name, process, files, stale, ...counted.counts },
      patterns: plan.reports,
      // Failed tests that are run again need not write all of them.
      idle: attempt > 0 || plan.allowEmpty ? [] : idle,
    }),
    notices: [...staleNotice(stale, written), ...files.flatMap(saidOf)],
    reports: kept.filter((path) => path !== undefined),
    coverage: [],
    parallel: false,
  }
}

/**
 * What tells a file that was written from one that lay there. Compared with itself and not with a clock: the clock of
 * a file system need not be ours, and an archive unpacked by the run has old times.
 */
async function snapshot(
  { host, cwd }: Stage,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await findFiles(host.files, cwd, patterns)
  return new Map(found.map(({ path, bytes, modifiedMs }) => [path, `${bytes} ${modifiedMs}`]))
}

function saidOf({ path, complete, problems }: ReportRead): readonly string[] {
  return complete ? problems.map((text) => `${path}: ${text}`) : []
}

/** `idle`: patterns to which nothing was written. */
async function compareReports(
  stage: Stage,
  patterns: readonly string[],
  before: ReadonlyMap<string, string>,
) {
  const written = new Set<string>()
  const stale = new Set<string>()
  const idle: string[] = []
  for (const pattern of patterns) {
    const after = [...(await snapshot(stage, [pattern]))]
    const fresh = after.filter(([path, mark]) => before.get(path) !== mark)
    if (fresh.length === 0) idle.push(pattern)
    for (const [path] of fresh) written.add(path)
    for (const [path, mark] of after) if (before.get(path) === mark) stale.add(path)
  }
  return { written: [...written].sort(), stale: [...stale].sort(), idle }
}

async function read(
  { stage: { host }, readResults }: CommandTryRequest,
  { path, file, cut = false }: { readonly path: string; readonly file: string; readonly cut?: boolean },
  sink: ResultSink,
): Promise<ReportRead> {
  try {
    const { complete, problems } = await readResults({ path, chunks: () => host.files.stream(file) }, sink)
    return { path, complete: complete && !cut, problems }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    return { path, complete: false, problems: [], unreadable: error.message }
  }
}

function counting(sink: ResultSink, withSkipped: boolean) {
  const counts = { tests: 0, failed: 0 }
  const test = (result: TestResult) => {
    // A test that was left out did not run.
    if (withSkipped || result.status !== 'skipped') counts.tests += 1
    if (result.status === 'failed' || result.status === 'error') counts.failed += 1
    sink.test(result)
  }
  return { counts, sink: { test } }
}

function staleNotice(stale: readonly string[], written: readonly string[]): readonly string[] {
  if (stale.length === 0 || written.length === 0) return []
  const shown = stale.slice(0, 5).join(', ')
  const more = stale.length > 5 ? ` and ${stale.length - 5} more` : ''
  return [`Not taken, since the run did not write them: ${shown}${more}.`]
}
