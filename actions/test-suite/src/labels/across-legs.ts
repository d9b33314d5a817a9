/** The same test in several legs of a matrix as one, which says in which of them. Pure. */
import type { StoredTest } from '../results/id-store.ts'
import type { TestLabels } from '../results/label-counts.ts'
import { labelsOf } from '../results/label-counts.ts'
import type { TestFailure, TestResult } from '../results/test-result.ts'
import { compareLegs } from './leg-names.ts'

/** In which of all legs something came of a test. */
export interface LegsOfTest {
  readonly names: readonly string[]
  /** Of how many legs. */
  readonly of: number
  /** Where it failed, but not like that. */
  readonly differentIn: number
  readonly skippedIn: number
  /** Legs that have no result of it. */
  readonly absentFrom: number
}

export interface JoinedTest extends TestResult {
  /** Labels of each result that it stands for; absent: itself alone, without labels. */
  readonly instances?: readonly TestLabels[] | undefined
  /** Absent where there is one leg. */
  readonly legs?: LegsOfTest | undefined
}

const mostFailures = 10
const mostNames = 4

/** Results of one id and status are joined; those that one leg has twice stay two. In order of the first of each. */
export function joinLegs(
  tests: readonly TestResult[],
  all: { readonly legs: number; ids(): Iterable<StoredTest> },
): readonly JoinedTest[] {
  if (all.legs < 2) return tests.map((test) => ({ ...test, instances: [labelsOf(test)] }))
  const elsewhere = outcomesOf(new Set(tests.map(({ id }) => id)), all.ids())
  const seen = new Map<string, number>()
  const times = (test: TestResult) => {
    const key = JSON.stringify([test.id, test.status, test.flaky, test.leg])
    const time = (seen.get(key) ?? 0) + 1
    seen.set(key, time)
    return time
  }
  const groups = Map.groupBy(tests, (test) => JSON.stringify([test.id, test.status, test.flaky, times(test)]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const names = group.flatMap(({ leg }) => leg ?? []).toSorted(compareLegs)
    const here = new Set(names)
    const { failed, skipped, any } = elsewhere.get(first.id) ?? noOutcomes()
    const legs = {
      names,
      of: all.legs,
      differentIn: failed.difference(here).size,
      skippedIn: skipped.difference(failed).difference(here).size,
      absentFrom: all.legs - any.size,
    }
    const order = group.find((test) => test.order !== undefined)?.order
    return [{ ...first, order, failures: failuresOf(group), instances: group.map(labelsOf), legs }]
  })
}

interface Outcomes {
  readonly failed: Set<string>
  readonly skipped: Set<string>
  readonly any: Set<string>
}

function noOutcomes(): Outcomes {
  return { failed: new Set(), skipped: new Set(), any: new Set() }
}

/** By id, in which legs it came to what. */
function outcomesOf(wanted: ReadonlySet<string>, tests: Iterable<StoredTest>): ReadonlyMap<string, Outcomes> {
  const found = new Map<string, Outcomes>()
  if (wanted.size === 0) return found
  for (const { id, status, leg } of tests) {
    if (leg === undefined || !wanted.has(id)) continue
    const outcomes = found.get(id) ?? noOutcomes()
    found.set(id, outcomes)
    outcomes.any.add(leg)
    if (status === 'skipped') outcomes.skipped.add(leg)
    else if (status !== 'passed') outcomes.failed.add(leg)
  }
  return found
}

/** Those of the first leg, and what other legs say that it does not. */
function failuresOf([first, ...others]: readonly TestResult[]): readonly TestFailure[] {
  const failures = [...(first?.failures ?? [])]
  const known = new Set(failures.map(sameness))
  for (const { failures: more, leg } of others)
    for (const failure of more) {
      if (known.has(sameness(failure)) || failures.length >= mostFailures) continue
      known.add(sameness(failure))
      failures.push({ ...failure, message: `${leg}: ${failure.message}` })
    }
  return failures
}

function sameness({ kind, type, message }: TestFailure): string {
  return JSON.stringify([kind, type, message])
}

/** `only in python 3.11`, `in 2 of 3 legs (python 3.11, python 3.12)`; empty for one leg. `shown` formats a name. */
export function describeLegs(
  legs: LegsOfTest | undefined,
  shown: (name: string) => string = (name) => name,
): string {
  if (legs === undefined) return ''
  const { names, of, differentIn, skippedIn, absentFrom } = legs
  if (names.length >= of) return `in all ${of} legs`
  const [only] = names
  if (names.length === 1 && only !== undefined && differentIn + skippedIn + absentFrom === 0)
    return `only in ${shown(only)}`
  // Names of several dimensions have commas of their own.
  const between = names.some((name) => name.includes(', ')) ? '; ' : ', '
  const list = names.slice(0, mostNames).map(shown).join(between)
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const rest = [
    ...(differentIn > 0 ? [`failed otherwise in ${differentIn}`] : []),
    ...(skippedIn > 0 ? [`skipped in ${skippedIn}`] : []),
    ...(absentFrom > 0 ? [`absent from ${absentFrom}`] : []),
  ]
  return `in ${names.length} of ${of} legs (${[`${list}${more}`, ...rest].join('; ')})`
}
