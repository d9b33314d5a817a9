/** Reads the results that other steps and other runners left behind. */
import { join } from 'node:path'
import { ToolOutputError } from '@ci-actions/shared'
import type { GatheredTests } from './gathered.ts'
import { givenFiles } from './given-files.ts'
import { readResults } from './results/read-results.ts'
import type { Tally } from './results/tally.ts'
import { createTally } from './results/tally.ts'
import type { ResultFormat } from './results/test-result.ts'
import type { RunProblem } from './run/problem.ts'
import { problem } from './run/problem.ts'
import type { Suite } from './suite.ts'
import { readCoverage } from './suite-coverage.ts'

/** Throws a `UserError` where a pattern fits no file, unless that is allowed. */
export async function readReports(suite: Suite): Promise<GatheredTests> {
  const files = await givenFiles(suite, 'reports')
  const tally = createTally()
  const problems: RunProblem[] = []
  const formats = new Set<ResultFormat>()
  for (const file of files) {
    const read = await readFile(suite, file, tally)
    problems.push(...read.problems)
    if (read.format !== undefined) formats.add(read.format)
  }
  const counted = tally.finish()
  return {
    runner: { id: 'results', name: nameOf(formats) },
    tally: counted,
    problems,
    notices: [],
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
}

async function readFile({ context: { host }, top }: Suite, file: string, tally: Tally): Promise<ReadFile> {
  try {
    const source = { path: file, chunks: () => host.files.stream(join(top, file)) }
    const { format, complete, problems } = await readResults(source, tally)
    const said = problems.map((text) => `${file}: ${text}`)
    if (complete) {
      for (const line of said) host.runner.log(line)
      return { format, problems: [] }
    }
    return { format, problems: [problem('results-damaged', said.join(' '))] }
  } catch (error) {
    if (error instanceof ToolOutputError) return { problems: [problem('results-damaged', error.message)] }
    throw error
  }
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
