/** What the inputs name and the run needs from the start: files and folders of the user. */
import { join } from 'node:path'
import { allTogether, openRepository } from '@ci-actions/shared'
import { readExploitation } from './exploitation.ts'
import { findReports } from './reports/report-patterns.ts'
import type { ScanContext } from './scan-context.ts'
import { givenDatabases } from './scan-settings.ts'
import { loadSuppressions } from './suppression-list.ts'

/** Throws one `UserError` with all that is missing or cannot be read, the files of `reports` included. */
export async function readGivenInputs(context: ScanContext) {
  try {
    const [exploitation, suppressions, databases] = await allTogether([
      readExploitation(context.host, context.inputs),
      loadSuppressions(context),
      givenDatabases(context),
    ])
    return { exploitation, suppressions, databases }
  } catch (error) {
    // Reports are looked for once the repository is open; who has to mend something is told of them too.
    await allTogether([Promise.reject(error), lookForReports(context)])
    throw error
  }
}

async function lookForReports({ host, inputs, reportFolder }: ScanContext): Promise<void> {
  const { reports: lines, token, 'allow-empty': allowEmpty, 'working-directory': folder } = inputs
  if (lines.length === 0) return
  const repository = await openRepository(host, join(host.facts.workspace, folder), token)
  const top = repository?.top ?? host.facts.workspace
  await findReports({ host, lines, allowEmpty, top, reportFolder })
}
