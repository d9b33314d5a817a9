/** What took several tests down at once: one of them whole, the others by name. Pure. */
import type { Block } from '@ci-actions/shared'
import { shorten } from '@ci-actions/shared'
import type { JoinedTest } from '../labels/across-legs.ts'
import { describeLegs } from '../labels/across-legs.ts'
import { groupByCause } from '../results/group-by-cause.ts'
import type { TestResult } from '../results/test-result.ts'
import type { FailureLength, FailureView } from './failure.ts'
import { failureParts, framesOf } from './failure.ts'
import { code, plain, printed } from './prose.ts'
import type { SourcePlaces } from './traceback.ts'

export interface CommonCause {
  readonly cause: string
  /** At least two. */
  readonly tests: readonly JoinedTest[]
}

export interface SortedFailures {
  readonly common: readonly CommonCause[]
  /** In the order given. */
  readonly single: readonly JoinedTest[]
}

/**
 * Equal words of assertions (`assert 1 == 2`, numbers aside) are one cause only where they failed at one place. Tests
 * that say nothing have nothing in common.
 */
export function sortByCause(failed: readonly JoinedTest[], places: SourcePlaces): SortedFailures {
  const groups = groupByCause(failed).flatMap(({ cause, tests }): readonly CommonCause[] => {
    if (cause === '') return []
    if (tests.length < 2 || !isAssertion(tests[0])) return [{ cause, tests }]
    return [...Map.groupBy(tests, (test) => placeOf(test, places)).values()].map((same) => {
      return { cause, tests: same }
    })
  })
  const common = groups
    .filter(({ tests }) => tests.length > 1)
    .toSorted((a, b) => b.tests.length - a.tests.length)
  const grouped = new Set(common.flatMap(({ tests }) => tests))
  return { common, single: failed.filter((test) => !grouped.has(test)) }
}

function isAssertion(test: TestResult | undefined): boolean {
  const [failure] = test?.failures ?? []
  return /assert|expect|should/i.test(`${failure?.type ?? ''} ${failure?.message ?? ''}`)
}

function placeOf(test: TestResult, places: SourcePlaces): string {
  const [frame] = framesOf(test, places)
  return frame === undefined ? test.id.replace(/\[.*/s, '') : `${frame.path}:${frame.line}`
}

const mostNames = 50
const longestCause = 160
const longestId = 400

export function causeBlock(
  { cause, tests }: CommonCause,
  view: FailureView,
  length: FailureLength = 'whole',
): Block {
  const [first] = tests
  const others = tests.slice(1, mostNames)
  const more = tests.length - 1 - others.length
  const items = [
    ...others.map((test) => nameAndHistory(test, view)),
    ...(more > 0 ? [`… and ${more} more, in \`result.json\` of the report folder`] : []),
  ]
  return {
    kind: 'details',
    title: `${tests.length} tests: ${plain(shorten(printed(cause), longestCause))}`,
    blocks: [
      ...(first === undefined
        ? []
        : [
            { kind: 'paragraph', text: `One of them: ${nameAndHistory(first, view)}` } as const,
            ...withoutWords(failureParts(first, view, length), cause),
          ]),
      { kind: 'details', title: `The others: ${tests.length - 1}`, blocks: [{ kind: 'list', items }] },
    ],
  }
}

/** The title has said them already. */
function withoutWords(blocks: readonly Block[], cause: string): readonly Block[] {
  const [first] = blocks
  const isSaid = first?.kind === 'paragraph' && cause.length <= longestCause && first.text === plain(cause)
  return isSaid ? blocks.slice(1) : blocks
}

function nameAndHistory({ id, legs }: JoinedTest, { history }: FailureView): string {
  const parts = [code(shorten(id, longestId)), describeLegs(legs, code), history(id)]
  return parts.filter((part) => part !== '').join(' · ')
}
