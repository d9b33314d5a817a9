/** One value of a metric from what its parts say. */
import type { Measurement, MetricDeclaration, MetricValue } from './metric.ts'
import type { Share } from './metrics.ts'
import { kept } from './precision.ts'

/** Undefined where nothing can be said: no numbers, or one that is none. */
export function totalOf(
  name: string,
  declaration: MetricDeclaration,
  labels: Readonly<Record<string, string>>,
  shares: readonly Share[],
): MetricValue | undefined {
  const feeding = shares.filter((share) => share.now.length > 0)
  const now = total(
    declaration,
    feeding.flatMap((share) => share.now),
  )
  if (now === undefined) return undefined
  const base = shares.every((share) => share.base !== undefined)
    ? total(
        declaration,
        shares.flatMap((share) => share.base ?? []),
      )
    : undefined
  const fresh = feeding.every((share) => share.new !== undefined)
    ? feeding.reduce((sum, share) => sum + (share.new ?? 0), 0)
    : undefined
  return {
    name,
    labels,
    value: kept(now.value),
    unit: declaration.unit,
    ...(base && { base: kept(base.value) }),
    ...(fresh !== undefined && { new: kept(fresh) }),
    tools: [...new Set(feeding.map((share) => share.tool))].toSorted(),
    ...(now.at !== undefined && { at: now.at }),
  }
}

interface Total {
  readonly value: number
  readonly at?: string | undefined
}

function total(declaration: MetricDeclaration, measurements: readonly Measurement[]): Total | undefined {
  const numbers = measurements.flatMap((each) =>
    each.of === undefined ? [each.value] : [each.value, each.of],
  )
  if (measurements.length === 0 || !numbers.every(Number.isFinite)) return undefined
  switch (declaration.adds) {
    case 'sum':
      return { value: sum(measurements.map((each) => each.value)) }
    case 'max':
      return largest(measurements)
    case 'ratio':
      return ratio(measurements, declaration.unit === 'percent' ? 100 : 1)
    case 'only':
      return measurements.length === 1 ? largest(measurements) : undefined
  }
}

/** Of equal ones the one whose place sorts first, so that the order of parts does not matter. */
function largest(measurements: readonly Measurement[]): Total | undefined {
  const place = (each: Measurement) => each.at ?? each.path
  let best: Measurement | undefined
  for (const each of measurements) {
    const more = best === undefined || each.value > best.value
    if (more || (each.value === best?.value && (place(each) ?? '') < (place(best) ?? ''))) best = each
  }
  return best && { value: best.value, at: place(best) }
}

/** A part without a denominator is a finished figure and stands only for itself. */
function ratio(measurements: readonly Measurement[], factor: number): Total | undefined {
  const [first] = measurements
  if (measurements.length === 1 && first !== undefined && first.of === undefined)
    return { value: first.value }
  if (measurements.some((each) => each.of === undefined)) return undefined
  const whole = sum(measurements.map((each) => each.of ?? 0))
  return whole === 0 ? undefined : { value: (sum(measurements.map((each) => each.value)) / whole) * factor }
}

/** From the smallest up: floating-point sums depend on the order. */
function sum(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((total, value) => total + value, 0)
}
