import { isRecord } from '@ci-actions/shared'

/** A leg of a matrix: the values of its dimensions, which may be anything that JSON can say. */
export type Leg = Readonly<Record<string, unknown>>

/** `matrix` of a job, parsed, without its shard. No matrix (GitHub gives null) is a leg without dimensions. */
export function legOf(matrix: unknown, shardKey = 'shard'): Leg {
  if (!isRecord(matrix)) return {}
  return Object.fromEntries(Object.entries(matrix).filter(([name]) => name !== shardKey))
}

/** The same for legs with the same values, in whatever order the dimensions stand. */
export function legKey(leg: Leg): string {
  return JSON.stringify(sortKeys(leg))
}

/** Such as `browser firefox, python 3.12`; empty without dimensions. */
export function legName(leg: Leg): string {
  const shown = (value: unknown): string =>
    typeof value === 'string' ? value : JSON.stringify(sortKeys(value))
  return Object.keys(leg)
    .sort()
    .map((name) => `${name} ${shown(leg[name])}`)
    .join(', ')
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, 200)
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isRecord(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortKeys(inner)]))
}
