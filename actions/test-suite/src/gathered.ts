/** What a run or the files of others came to. */
import type { CommandRun, CoverageReport } from '@ci-actions/shared'
import type { TestTally } from './results/tally.ts'
import type { RunProblem } from './run/problem.ts'

export interface GatheredTests {
  /** Id and name of what ran the tests or wrote the results: `pytest`, `JUnit`. */
  readonly runner: { readonly id: string; readonly name: string; readonly version?: string | undefined }
  readonly tally: TestTally
  /** Empty: the results can be trusted. Else the verdict is never green. */
  readonly problems: readonly RunProblem[]
  readonly notices: readonly string[]
  readonly commands: readonly CommandRun[]
  /** How often tests were started; 0 where results were only read. */
  readonly tries: number
  /** Files of results that were read. */
  readonly files: number
  readonly seconds: number
  /** Whether every test of the project was asked for, so that an entry that fits none is stale. */
  readonly complete: boolean
  /** United; undefined where nobody asked for it or it could not be had. */
  readonly coverage?: CoverageReport | undefined
  /** Whether only a part of the tests was to run, which no later run is compared with. */
  readonly partial: boolean
  /** Whether no test was to run, since none can see the change. */
  readonly nothingToRun: boolean
  /** Whether rules about coverage count. */
  readonly coverageWanted: boolean
  readonly coverageNotices: readonly string[]
  /** Reports that cannot be read: `coverage` is then undefined, since what is missing cannot be known. */
  readonly coverageProblems?: readonly RunProblem[] | undefined
  /** Whether it is known for every failed test whether it fails only in some order; absent: nobody looked. */
  readonly orderKnown?: boolean | undefined
  /** Files for the report folder, by name. */
  readonly evidence: Readonly<Record<string, string>>
}

/** Coverage that cannot be read is as much of a hole in the evidence as tests that cannot. */
export function withCoverageProblems(gathered: GatheredTests): GatheredTests {
  const { problems, coverageProblems = [] } = gathered
  return { ...gathered, problems: [...problems, ...coverageProblems] }
}
