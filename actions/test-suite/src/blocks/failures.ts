/** All failed tests: common causes first, then each by itself. Pure. */
import type { Block } from '@ci-actions/shared'
import { counted } from '@ci-actions/shared'
import type { JoinedTest } from '../labels/across-legs.ts'
import { causeBlock, sortByCause } from './causes.ts'
import type { FailureLength, FailureView } from './failure.ts'
import { failureParts, failureTitle } from './failure.ts'
import { code, nameParts, plain } from './prose.ts'

/** In a summary. */
const mostShown = 20
/** On the page: with all that there is to say, in brief, and in a table. */
const mostWhole = 200
const mostBrief = 1000
const mostRows = 5000
/** So few need no fold around them. */
const few = 3

/** `uncounted`: failed tests of which nothing but their number was kept. */
export function failureBlocks(
  failed: readonly JoinedTest[],
  view: FailureView,
  uncounted = 0,
): readonly Block[] {
  if (failed.length === 0) return []
  const { common, single } = sortByCause(newFirst(failed, view), view.places)
  const entries: readonly Block[] = [
    ...common.slice(0, mostBrief).map((cause, index) => causeBlock(cause, view, lengthOf(index))),
    ...single.slice(0, mostBrief).map((test, index) => failureBlock(test, view, index)),
    ...restBlocks(
      [...common.slice(mostBrief).flatMap(({ tests }) => tests), ...single.slice(mostBrief)],
      uncounted,
    ),
  ]
  if (entries.length <= few && uncounted === 0) return entries
  const byCause = common.reduce((sum, { tests }) => sum + tests.length, 0)
  const parts = [
    counted(failed.length + uncounted, 'test'),
    byCause === 0 ? '' : `${byCause} by ${counted(common.length, 'common cause')}`,
    newness(failed, view),
  ]
  const title = `Failures: ${parts.filter((part) => part !== '').join(', ')}`
  return [{ kind: 'details', title, blocks: entries, most: mostShown }]
}

/** What the change broke stands before what it found broken. */
function newFirst(
  failed: readonly JoinedTest[],
  { failedBefore = () => false }: FailureView,
): readonly JoinedTest[] {
  return failed.toSorted((a, b) => Number(failedBefore(a.id)) - Number(failedBefore(b.id)))
}

function newness(failed: readonly JoinedTest[], { failedBefore }: FailureView): string {
  if (failedBefore === undefined) return ''
  const before = failed.filter(({ id }) => failedBefore(id)).length
  if (before === 0) return 'none of which failed before'
  return before === failed.length ? 'all of which failed before' : `${before} of which failed before`
}

function lengthOf(index: number): FailureLength {
  return index < mostWhole ? 'whole' : 'brief'
}

function failureBlock(test: JoinedTest, view: FailureView, index: number): Block {
  const blocks = failureParts(test, view, lengthOf(index))
  return { kind: 'details', title: failureTitle(test, view), blocks }
}

function restBlocks(rest: readonly JoinedTest[], uncounted: number): readonly Block[] {
  if (rest.length + uncounted === 0) return []
  const rows = rest.slice(0, mostRows).map(({ id, failures }) => {
    const { name, place } = nameParts(id)
    return [code(place === '' ? name : `${place}::${name}`), plain(failures[0]?.message ?? '')]
  })
  const columns = [{ title: 'test' }, { title: 'failed with' }]
  const table: Block = { kind: 'table', columns, rows, more: rest.length - rows.length + uncounted }
  return [
    { kind: 'details', title: `More failures: ${counted(rest.length + uncounted, 'test')}`, blocks: [table] },
  ]
}
