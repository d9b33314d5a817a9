/** Reads the results that other steps and other runners left behind. */
import { join } from 'node:path'
import { oneLine, ToolOutputError } from '@ci-actions/shared'
import type { GatheredTests } from './gathered.ts'
import { givenReports } from './given-files.ts'
import { readResults } from './results/read-results.ts'
import { createTally } from './results/tally.ts'
import type { ResultFormat, ResultSink } from './results/test-result.ts'
import type { RunProblem } from './run/problem.ts'
import { firstProblems, problem } from './run/problem.ts'
import type { Suite } from './suite.ts'
import { readCoverage } from './suite-coverage.ts'
import { suiteLabels, unusedKinds } from './suite-labels.ts'

/** Throws a `UserError` where a pattern fits no file, unless that is allowed. */
export async function readReports(suite: Suite): Promise<GatheredTests> {
  const { files, notices: passedOver } = await givenReports(suite)
  const tally = createTally()
  const labels = suiteLabels(suite)
  const sink = labels.sink(tally)
  const problems: RunProblem[] = []
  const notices: string[] = []
  const formats = new Set<ResultFormat>()
  for (const file of files) {
    const read = await readFile(suite, file, sink)
    problems.push(...read.problems)
    notices.push(...read.notices)
    if (read.format !== undefined) formats.add(read.format)
  }
  const counted = tally.finish()
  return {
    runner: { id: 'results', name: nameOf(formats) },
    tally: counted,
    problems: firstProblems(problems),
    notices: [...passedOver, ...firstOf(notices), ...unusedKinds(labels)],
    commands: [],
    tries: 0,
    files: files.length,
    seconds: 0,
    complete: true,
    partial: false,
    nothingToRun: false,
    evidence: {},
    ...(await readCoverage(suite, [])),
  }
}

interface ReadFile {
  readonly format?: ResultFormat
  readonly problems: readonly RunProblem[]
  readonly notices: readonly string[]
}

const mostNotices = 20

async function readFile({ context, top }: Suite, path: string, sink: ResultSink): Promise<ReadFile> {
  const { host, inputs } = context
  const file = oneLine(path)
  try {
    const source = { path: file, chunks: () => host.files.stream(join(top, path)) }
    const { format, tests, complete, problems } = await readResults(source, sink)
    const notices = problems.map((text) => `${file}: ${text}`)
    if (!complete) return { format, problems: [problem('results-damaged', notices.join(' '))], notices: [] }
    if (tests > 0) return { format, problems: [], notices }
    // One of several that is empty would else hide behind the others.
    const empty = `${file} is a file of results without any test.`
    if (inputs['allow-empty']) return { format, problems: [], notices: [empty, ...notices] }
    const advice = 'Check the step that wrote it, or set `allow-empty: true`.'
    return { format, problems: [problem('no-tests', `${empty} ${advice}`)], notices }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    return { problems: [problem('results-damaged', error.message)], notices: [] }
  }
}

function firstOf(notices: readonly string[]): readonly string[] {
  if (notices.length <= mostNotices) return notices
  return [...notices.slice(0, mostNotices), `And ${notices.length - mostNotices} more of the kind.`]
}

const names: Readonly<Record<ResultFormat, string>> = {
  junit: 'JUnit',
  trx: 'TRX',
  nunit2: 'NUnit 2',
  nunit3: 'NUnit 3',
  xunit: 'xUnit.net',
  tap: 'TAP',
  'go-test': 'go test',
}

function nameOf(formats: ReadonlySet<ResultFormat>): string {
  return formats.size === 0 ? 'Results' : [...formats].map((format) => names[format]).join(', ')
}
