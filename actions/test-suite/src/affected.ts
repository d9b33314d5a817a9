/** `select: affected`: leaves out the test files that the change cannot affect, and says which and why. */
import { findChanges } from '@ci-actions/shared'
import { selectTests } from './select/select.ts'
import { readSelectionFacts } from './select/selection-facts.ts'
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
  const { context, repository, project, files } = suite
  const { host, inputs } = context
  if (inputs.select === 'all') return everything()
  if (repository === undefined) return everything(['there is no git repository'])
  if (project.folder !== '') return everything(['the project is a part of its repository'])
  const { base, changes } = await findChanges(host, repository, {
    wanted: inputs.base,
    offline: inputs.offline,
  })
  const selection = selectTests({
    ...(await readSelectionFacts(host, repository, files)),
    files,
    changes: base.kind === 'found' ? changes : undefined,
    options: new Map([
      ['`args`', inputs.args.join(' ')],
      ['`PYTEST_ADDOPTS`', host.facts.projectEnvironment['PYTEST_ADDOPTS'] ?? ''],
    ]),
  })
  if (selection.kind === 'all') return everything(selection.why)
  const leftOut = selection.leftOut.map(({ file }) => file)
  return { leftOut, none: selection.run.length === 0, notices: [describe(selection.run.length, leftOut)] }
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
