/** Line coverage from a report that an earlier step wrote. */
import { join } from 'node:path'
import type { CoverageReport, Host, MetricPart } from '@ci-actions/shared'
import { messageOf, readCoverageFile, ToolOutputError, UserError } from '@ci-actions/shared'

/** Reports larger than this are no coverage reports of one project. */
const maxBytes = 512 * 1024 * 1024

/** One part that feeds `coverage`, or none where no report is given. Throws a `UserError` where it cannot be read. */
export async function readCoverage(host: Host, path: string | undefined): Promise<readonly MetricPart[]> {
  if (path === undefined) return []
  const absolute = join(host.facts.workspace, path)
  const status = await host.files.status(absolute)
  if (status?.kind !== 'file') {
    throw new UserError(
      `\`coverage-report\`: there is no file \`${path}\`. Run the tests with coverage before this step.`,
    )
  }
  if (status.bytes > maxBytes) throw new UserError(`\`coverage-report\`: \`${path}\` is larger than 512 MiB.`)
  const { covered, lines } = await readReport(host, path, absolute)
  if (lines === 0) throw new UserError(`\`coverage-report\`: \`${path}\` names no lines of code.`)
  return [
    {
      tool: 'coverage',
      metrics: ['coverage'],
      findings: [],
      measurements: [{ metric: 'coverage', value: covered, of: lines }],
      compared: 'none',
    },
  ]
}

async function readReport(host: Host, path: string, absolute: string): Promise<CoverageReport> {
  try {
    return await readCoverageFile({ path, chunks: () => host.files.stream(absolute) })
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    throw new UserError(`\`coverage-report\`: ${messageOf(error)}`)
  }
}
