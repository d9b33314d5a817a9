/** `select: affected`: leaves out the test files that the change cannot affect, and says which and why. */
import { listFiles } from '@ci-actions/shared'
import type { SelectedFile } from './select/select.ts'
import { selectTests } from './select/select.ts'
import { readSelectionFacts } from './select/selection-facts.ts'
import { isSettingsFile } from './select/settings.ts'
import type { Suite } from './suite.ts'

export interface Affected {
  /** Test files that pytest passes over, relative to the project. */
  readonly leftOut: readonly string[]
  /** Whether no test can see the change: a result, and not a run that found nothing. */
  readonly none: boolean
  readonly notices: readonly string[]
}

/** In doubt every test runs, and the notice says what the doubt is. */
export async function findAffected(suite: Suite): Promise<Affected> {
  const { context, repository, project } = suite
  const { host, inputs } = context
  if (inputs.select === 'all') return everything()
  if (repository === undefined) return everything(['there is no git repository'])
  const { base, changes } = await suite.change()
  // What a part of the repository loads may lie in other parts.
  const files = await listFiles(repository)
  const facts = await readSelectionFacts(host, repository, files)
  const here = project.folder === '' ? '' : `${project.folder}/`
  if (here !== '' && testsElsewhere(facts.sources)) return everything(['`testpaths` leaves the project'])
  const selection = selectTests({
    ...facts,
    files,
    changes: base.kind === 'found' ? changes : undefined,
    options: new Map([
      ['`args`', inputs.args.join(' ')],
      ['`PYTEST_ADDOPTS`', host.facts.projectEnvironment['PYTEST_ADDOPTS'] ?? ''],
    ]),
  })
  if (selection.kind === 'all') return everything(selection.why)
  const ofProject = (chosen: readonly SelectedFile[]) =>
    chosen.flatMap(({ file }) => (file.startsWith(here) ? [file.slice(here.length)] : []))
  const run = ofProject(selection.run)
  const leftOut = ofProject(selection.leftOut)
  return { leftOut, none: run.length === 0, notices: [describe(run.length, leftOut)] }
}

/** Whether a project that is a part of its repository runs tests of other parts. */
function testsElsewhere(sources: ReadonlyMap<string, string>): boolean {
  return [...sources].some(
    ([path, text]) => isSettingsFile(path) && /\btestpaths\b[^\]]{0,2000}?\.\.[/\\'"]/.test(text),
  )
}

function everything(why: readonly string[] = []): Affected {
  const more = why.length > 3 ? `, and ${why.length - 3} more` : ''
  const notices = why.length === 0 ? [] : [`All tests run: ${why.slice(0, 3).join('; ')}${more}.`]
  return { leftOut: [], none: false, notices }
}

function describe(run: number, leftOut: readonly string[]): string {
  const all = `${run} of ${run + leftOut.length} test files run`
  if (leftOut.length === 0) return `${all}: the change can affect each of them.`
  const shown = leftOut.slice(0, 10).map((file) => `\`${file.replaceAll('`', "'")}\``)
  const more = leftOut.length > shown.length ? ` and ${leftOut.length - shown.length} more` : ''
  return `${all}. Left out, since they load nothing that changed: ${shown.join(', ')}${more}.`
}
