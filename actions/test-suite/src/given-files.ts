/** The files that the inputs of this action name. */
import { findGivenFiles, UserError } from '@ci-actions/shared'
import type { Suite } from './suite.ts'

export type FileInput = 'reports' | 'coverage-reports'

export interface GivenFiles {
  /** Relative to the repository, sorted, each once. */
  readonly files: readonly string[]
  /** Patterns that leave the repository or fit nothing, each with what to do. */
  readonly problems: readonly string[]
  /** What fits and is not read. */
  readonly notices: readonly string[]
}

export async function findGiven(
  { context: { host, inputs, reportFolder }, top, mode }: Suite,
  input: FileInput,
): Promise<GivenFiles> {
  const given = await findGivenFiles({
    files: host.files,
    top,
    reportFolder,
    input,
    patterns: inputs[input],
    allowEmpty: inputs['allow-empty'],
    // The merge is about nothing else.
    ownReports: mode === 'merge',
    extension: 'xml',
  })
  return { ...given, files: given.files.map(({ path }) => path) }
}

/** The files in `reports`; throws one `UserError` with what is wrong with them and with `coverage-reports`. */
export async function givenReports(suite: Suite): Promise<Omit<GivenFiles, 'problems'>> {
  const reports = await findGiven(suite, 'reports')
  const coverage = await findGiven(suite, 'coverage-reports')
  const problems = [...reports.problems, ...coverage.problems]
  if (problems.length > 0) throw new UserError(problems)
  return reports
}
