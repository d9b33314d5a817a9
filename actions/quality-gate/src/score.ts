/**
 * The score, 0–100. Pure; docs/score.md explains it with a worked example.
 *
 * It is the weighted mean of its parts. A part made of problems loses half of what is left each time the
 * density of problems grows by one half-life; a part made of a share is that share. Parts that were not
 * measured are left out and the other weights grow in proportion. Parts and total are rounded to one decimal
 * where they arise, so that what a report shows is what rules compare, and its differences add up.
 */
import type { Finding, Measurement, ProjectSize } from '@ci-actions/shared'

export type PartName =
  | 'formatting'
  | 'lint'
  | 'types'
  | 'complexity'
  | 'duplication'
  | 'documentation'
  | 'coverage'

export const weights: Readonly<Record<PartName, number>> = {
  formatting: 15,
  lint: 25,
  types: 25,
  complexity: 15,
  duplication: 10,
  documentation: 10,
  coverage: 20,
}

/** Density at which half of the part's points are lost. */
export const halfLives = {
  /** Share of files that a formatter would change. */
  formatting: 0.25,
  /** Weighted places for each 1,000 lines that are not blank. */
  lint: 20,
  types: 10,
  complexity: 4,
  /** Share of duplicated lines. */
  duplication: 0.15,
} as const

/** A lint error weighs as much as five warnings. A place that several linters report counts once, by its worst. */
const lintWeights: Readonly<Record<string, number>> = { 'lint-errors': 5, 'lint-warnings': 1 }

export interface ScoreInput {
  /** Findings that stand; fixed ones are not among them. */
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  /** Metrics that were measured; a part is there when one of its metrics is. */
  readonly measured: ReadonlySet<string>
  readonly size: ProjectSize
}

export interface ScorePart {
  readonly name: PartName
  readonly weight: number
  /** 0–100, one decimal. */
  readonly score: number
  /** Distinct places that cost points, by tool; a place found by two tools counts for each. */
  readonly places: Readonly<Record<string, number>>
}

export interface Score {
  /** 0–100, one decimal. */
  readonly total: number
  readonly parts: readonly ScorePart[]
  /** Parts that nothing measured. */
  readonly missing: readonly PartName[]
}

/** Undefined where there is nothing to score: no lines of code, or no part measured. */
export function computeScore(input: ScoreInput): Score | undefined {
  if (input.size.lines === 0) return undefined
  const names = Object.keys(weights).filter((name): name is PartName => name in weights)
  const parts = names.flatMap((name) => {
    const score = partScore(name, input)
    return score === undefined
      ? []
      : [{ name, weight: weights[name], score: toTenth(score), places: placesByTool(name, input) }]
  })
  if (parts.length === 0) return undefined
  return {
    total: totalOf(parts),
    parts,
    // Coverage is optional: it is a part only where a report is given.
    missing: names.filter((name) => name !== 'coverage' && parts.every((part) => part.name !== name)),
  }
}

/** Weighted mean of parts. */
export function totalOf(parts: readonly Pick<ScorePart, 'weight' | 'score'>[]): number {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0)
  return toTenth(parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight)
}

/** Half away from zero. Through nine decimals, so that 57.25 does not become 57.2 because it was computed as 57.2499999999999. */
export function toTenth(value: number): number {
  const tenths = Math.round(Number((10 * Math.abs(value)).toFixed(9)))
  return (value < 0 ? -tenths : tenths) / 10 + 0
}

const countMetrics: Readonly<Record<PartName, readonly string[]>> = {
  formatting: ['formatting-issues'],
  lint: ['lint-errors', 'lint-warnings'],
  types: ['type-errors'],
  complexity: ['complexity-over-limit'],
  duplication: [],
  documentation: [],
  coverage: [],
}

function partScore(name: PartName, input: ScoreInput): number | undefined {
  const perThousand = 1000 / input.size.lines
  const any = countMetrics[name].some((metric) => input.measured.has(metric))
  switch (name) {
    case 'formatting': {
      const files = new Set(findingsOf(name, input).map((finding) => finding.location?.path))
      return any
        ? decay(files.size / Math.max(input.size.files, files.size), halfLives.formatting)
        : undefined
    }
    case 'lint':
      return any ? decay(weighPlaces(findingsOf(name, input)) * perThousand, halfLives.lint) : undefined
    case 'types':
      return typesScore(
        any,
        placesOf(findingsOf(name, input)).size * perThousand,
        share('type-coverage', input),
      )
    case 'complexity':
      return any
        ? decay(placesOf(findingsOf(name, input)).size * perThousand, halfLives.complexity)
        : undefined
    case 'duplication': {
      const duplicated = share('duplication', input)
      return duplicated === undefined ? undefined : decay(duplicated, halfLives.duplication)
    }
    case 'documentation':
      return percent(share('docstring-coverage', input))
    case 'coverage':
      return percent(share('coverage', input))
  }
}

/** Errors weigh three quarters, annotated signatures one quarter; without a type checker there is no such part. */
function typesScore(checked: boolean, density: number, annotated: number | undefined): number | undefined {
  if (!checked) return undefined
  const errors = decay(density, halfLives.types)
  return annotated === undefined ? errors : 0.75 * errors + 25 * annotated
}

function percent(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 100 * value
}

function decay(density: number, halfLife: number): number {
  return 100 * 0.5 ** (density / halfLife)
}

function findingsOf(name: PartName, input: ScoreInput): readonly Finding[] {
  return input.findings.filter(
    (finding) => finding.metric !== undefined && countMetrics[name].includes(finding.metric),
  )
}

/** Σ value ÷ Σ of, 0–1; undefined where nothing was measured. */
function share(metric: string, input: ScoreInput): number | undefined {
  let value = 0
  let of = 0
  for (const part of input.measurements) {
    if (part.metric !== metric) continue
    value += part.value
    of += part.of ?? 0
  }
  return of === 0 ? undefined : value / of
}

function placesOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  for (const finding of findings) {
    const place = `${finding.location?.path ?? ''}:${finding.location?.line ?? 0}`
    const weight = lintWeights[finding.metric ?? ''] ?? 1
    places.set(place, Math.max(places.get(place) ?? 0, weight))
  }
  return places
}

function weighPlaces(findings: readonly Finding[]): number {
  return placesOf(findings)
    .values()
    .reduce((sum, weight) => sum + weight, 0)
}

function placesByTool(name: PartName, input: ScoreInput): Readonly<Record<string, number>> {
  const byTool = Map.groupBy(findingsOf(name, input), (finding) => finding.tool)
  const sorted = [...byTool].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([tool, findings]) => [tool, placesOf(findings).size]))
}
