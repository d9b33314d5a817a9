/** How long the runs of the base's branch took, how many of their tests passed, and this run beside them. Pure. */
import type { Block, HistoryRun } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import { dayOfRun, shortCommit } from '../failure-history.ts'
import { code } from './prose.ts'

/** Runs that a chart shows, this one aside. */
export const mostRuns = 30
/** Of fewer, a line of text says as much. */
const fewestPoints = 3

export interface RunHistory {
  /** Of one branch, newest first, without this run. */
  readonly runs: readonly HistoryRun[]
  readonly branch: string
}

interface Figure {
  readonly title: string
  readonly unit: 'seconds' | 'percent'
  of(run: HistoryRun): number | undefined
}

const clock: Figure = { title: 'Time', unit: 'seconds', of: ({ seconds }) => seconds }
/** Where results were only read, nobody knows how long the run took. */
const allTests: Figure = { ...clock, title: 'Time of all tests together', of: storedValue('duration') }
const passRate: Figure = { title: 'Pass rate', unit: 'percent', of: passRateOf }
const coverage: Figure = { title: 'Coverage', unit: 'percent', of: storedValue('coverage') }

/** Empty where there are no runs to compare with. */
export function historyBlocks(now: HistoryRun | undefined, { runs, branch }: RunHistory): readonly Block[] {
  const before = runs.slice(0, mostRuns)
  if (now === undefined || before.length === 0) return []
  const figures = [now.seconds === undefined ? allTests : clock, passRate, coverage]
  const lines = figures.flatMap((figure) => lineOf(figure, now, before) ?? [])
  if (lines.length === 0) return []
  const of = branch === '' ? 'on this machine' : `of ${code(branch)}`
  const few = before.length === 1 ? 'the last run' : `the last ${before.length} runs`
  return [
    {
      kind: 'details',
      title: `History: ${few} ${of}`,
      blocks: [
        { kind: 'list', items: lines },
        ...figures.flatMap((figure) => chartOf(figure, now, before) ?? []),
      ],
    },
  ]
}

/** `Time: 41 s now; 38 s in the median of the last 20 runs`. Says the same as the chart to who sees none. */
function lineOf(figure: Figure, now: HistoryRun, before: readonly HistoryRun[]): string | undefined {
  const { title, unit } = figure
  const known = before.flatMap((run) => figure.of(run) ?? [])
  const value = figure.of(now)
  const [last] = known
  if (value === undefined || last === undefined) return undefined
  const figureNow = `${title}: ${formatValue(value, unit)} now`
  if (known.length === 1) return `${figureNow}; ${formatValue(last, unit)} in the run before.`
  const sorted = known.toSorted((a, b) => a - b)
  const [low, middle, high] = [0, Math.floor(sorted.length / 2), -1].map((place) =>
    formatValue(sorted.at(place) ?? last, unit),
  )
  const runs = `the last ${known.length} runs`
  if (low === high) return `${figureNow}; ${low} in each of ${runs}.`
  return `${figureNow}; ${middle} in the median of ${runs}, from ${low} to ${high}.`
}

/** A line that never moves says nothing that its text does not. */
function chartOf(figure: Figure, now: HistoryRun, before: readonly HistoryRun[]): Block | undefined {
  const points = [...before.toReversed(), now].flatMap((run) => {
    const value = figure.of(run)
    return value === undefined ? [] : [{ label: run === now ? 'this run' : labelOf(run), value }]
  })
  const moves = points.some(({ value }) => value !== points[0]?.value)
  if (figure.of(now) === undefined || points.length < fewestPoints || !moves) return undefined
  return {
    kind: 'chart',
    title: figure.title,
    unit: figure.unit,
    points,
  }
}

function labelOf({ sha, time }: HistoryRun): string {
  return `${dayOfRun(time)} ${shortCommit(sha)}`.trim()
}

function storedValue(name: string): (run: HistoryRun) => number | undefined {
  return ({ values }) => (values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined)
}

/** Runs of the first versions have their counts alone. */
function passRateOf(run: HistoryRun): number | undefined {
  const { tests, failures, skipped } = run
  const ran = tests - skipped
  return storedValue('pass-rate')(run) ?? (ran > 0 ? Math.max(0, (100 * (ran - failures)) / ran) : undefined)
}
