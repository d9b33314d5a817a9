/** Scores head and base, and explains the result. Pure. */
import type {
  Block,
  CheckResults,
  ComparedOutcome,
  Derived,
  Finding,
  Measurement,
  MetricPart,
} from '@ci-actions/shared'
import { formatValue, shortName } from '@ci-actions/shared'
import type { Score, ScoreInput, ScorePart } from './score.ts'
import { computeScore, toTenth, totalOf, weights } from './score.ts'

/** As much of the results as the score needs. */
export type ScoredResults = Pick<CheckResults, 'size' | 'baseSize' | 'hasBase' | 'extra'> & {
  readonly compared: readonly (Pick<ComparedOutcome, 'part'> & {
    readonly outcome: { readonly tool: { readonly id: string; readonly name: string } }
  })[]
}

type ScoredOutcome = ScoredResults['compared'][number]

export function reportScore(results: ScoredResults): Derived {
  const head = computeScore(inputOf(results, 'head'))
  const base = results.hasBase ? computeScore(inputOf(results, 'base')) : undefined
  if (head === undefined) return { parts: [scorePart(undefined, undefined)], blocks: [], notices: [] }
  const comparable = base !== undefined && sameParts(head, base) ? base : undefined
  const names = new Map(results.compared.map(({ outcome: { tool } }) => [tool.id, shortName(tool.name)]))
  const block: Block = {
    kind: 'details',
    title: titleOf(head, comparable),
    blocks: [scoreTable(head, comparable, names), ...explain(head, comparable, results)],
  }
  return { parts: [scorePart(head, comparable)], blocks: [block], notices: [] }
}

function scorePart(head: Score | undefined, base: Score | undefined): MetricPart {
  const measure = (score: Score): readonly Measurement[] => [{ metric: 'score', value: score.total }]
  return {
    tool: 'score',
    metrics: ['score'],
    findings: [],
    measurements: head === undefined ? [] : measure(head),
    ...(base !== undefined && { baseMeasurements: measure(base) }),
    compared: base === undefined ? 'none' : 'exact',
  }
}

/**
 * What stands now or stood at the base. Where a tool's base is known by changed lines only, what is not new
 * counts as having been there; what was fixed is not known then.
 */
function inputOf({ compared, extra, size, baseSize }: ScoredResults, side: 'head' | 'base'): ScoreInput {
  const ran = compared.filter(({ part }) => part.metrics.length > 0)
  const at = side === 'head' ? standing : stood
  return {
    findings: ran.flatMap((outcome) => at(outcome)),
    measurements: [
      ...ran.flatMap(({ part }) =>
        side === 'base' && part.compared === 'exact'
          ? (part.baseMeasurements ?? part.measurements)
          : part.measurements,
      ),
      ...extra.flatMap((part) => part.measurements),
    ],
    measured: new Set([...ran, ...extra.map((part) => ({ part }))].flatMap(({ part }) => part.metrics)),
    size: side === 'head' ? size : baseSize,
  }
}

function standing({ part }: ScoredOutcome): readonly Finding[] {
  return part.findings.filter(({ state, suppression }) => state !== 'fixed' && suppression === undefined)
}

/** A suppression made by the change itself must not look like an improvement: it counts on neither side. */
function stood({ part }: ScoredOutcome): readonly Finding[] {
  return part.findings.filter(({ state, suppression }) => state !== 'new' && suppression === undefined)
}

function sameParts(a: Score, b: Score): boolean {
  return (
    a.parts.length === b.parts.length && a.parts.every((part, index) => part.name === b.parts[index]?.name)
  )
}

function points(value: number): string {
  return formatValue(value, 'points')
}

function signed(value: number): string {
  return formatValue(toTenth(value), 'points', { signed: true })
}

function titleOf(head: Score, base: Score | undefined): string {
  const title = `Score: ${points(head.total)}`
  if (base === undefined) return title
  if (base.total === head.total) return `${title}, as at the base`
  return `${title} (${signed(head.total - base.total)}; ${points(base.total)} at the base)`
}

function bar(score: number): string {
  const full = Math.floor(score / 10)
  return `\`${'█'.repeat(full)}${'░'.repeat(10 - full)}\``
}

/** Points of the total that a part takes away from 100, or, with a base, adds to what the total was there. */
function effectOf(part: ScorePart, base: Score | undefined, all: Score): number {
  const weight = part.weight / all.parts.reduce((sum, each) => sum + each.weight, 0)
  return weight * (part.score - scoreBefore(part, base))
}

/** Without a base a part is compared with what it can be at best. */
function scoreBefore(part: ScorePart, base: Score | undefined): number {
  return base?.parts.find(({ name }) => name === part.name)?.score ?? 100
}

function scoreTable(head: Score, base: Score | undefined, names: ReadonlyMap<string, string>): Block {
  const total = head.parts.reduce((sum, part) => sum + part.weight, 0)
  const right = 'right' as const
  const before = base === undefined ? [] : [{ title: 'base', align: right }]
  const rows = head.parts.map((part) => [
    part.name,
    `${points((100 * part.weight) / total)} %`,
    points(part.score),
    bar(part.score),
    ...(base === undefined ? [] : [points(scoreBefore(part, base))]),
    signed(effectOf(part, base, head)),
    placesText(part, names),
  ])
  const sum = [
    'score',
    '100 %',
    points(head.total),
    bar(head.total),
    ...(base === undefined ? [] : [points(base.total)]),
    signed(head.total - (base?.total ?? 100)),
    '',
  ]
  return {
    kind: 'table',
    columns: [
      { title: 'part' },
      { title: 'weight', align: right },
      { title: 'score', align: right },
      { title: '' },
      ...before,
      { title: 'effect', align: right },
      { title: 'places' },
    ],
    rows: [...rows, sum],
  }
}

function placesText(part: ScorePart, names: ReadonlyMap<string, string>): string {
  const places = Object.entries(part.places)
  return places.map(([tool, count]) => `${formatValue(count, 'count')} ${names.get(tool) ?? tool}`).join(', ')
}

function explain(head: Score, base: Score | undefined, { size }: ScoredResults): readonly Block[] {
  const texts = [effectText(head, base)]
  if (head.missing.length > 0) {
    const missing = head.missing.map((name) => `${name} (${weights[name]})`).join(', ')
    texts.push(`Not measured, so the other weights grew: ${missing}.`)
  }
  const lines = formatValue(size.lines, 'count')
  const files = formatValue(size.files, 'count')
  texts.push(
    `Densities are for ${lines} lines that are not blank, in ${files} files. \`docs/score.md\` has the formula.`,
  )
  return texts.map((text) => ({ kind: 'paragraph', text }))
}

/** What the column of effects means, which part cost most, and what the score would be without that. */
function effectText(head: Score, base: Score | undefined): string {
  const meaning =
    base === undefined
      ? '`effect` is what a part below 100 costs the score, in points.'
      : '`effect` is what the change of a part since the base did to the score, in points.'
  const [worst] = head.parts
    .map((part) => ({ part, cost: -effectOf(part, base, head) }))
    .toSorted((a, b) => b.cost - a.cost)
  if (worst === undefined || worst.cost < 0.05) return meaning
  const { part, cost } = worst
  const name = `${part.name[0]?.toUpperCase()}${part.name.slice(1)}`
  const before = points(scoreBefore(part, base))
  const now = points(part.score)
  const change =
    base === undefined ? `, at ${now} of 100, costs` : ` fell from ${before} to ${now}, which costs`
  const otherwise = base === undefined ? 'With 100 there' : `With ${before} there, as at the base`
  const mended = { ...part, score: scoreBefore(part, base) }
  const without = points(totalOf(head.parts.map((each) => (each === part ? mended : each))))
  return `${meaning} ${name}${change} most: ${points(toTenth(cost))}. ${otherwise}, the score would be ${without}.`
}
