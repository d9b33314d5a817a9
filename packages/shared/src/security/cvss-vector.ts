/** Vectors of the Common Vulnerability Scoring System, as text. Pure. */

/** A vector with every metric that its version knows is half as long; anything longer is no vector. */
const longestVector = 512

/** Values allowed of a metric, by its name. */
export type MetricValues = Readonly<Record<string, string>>

export interface VectorGrammar {
  /** With the slash: `CVSS:4.0/`. Empty for version 2, which has none. */
  readonly prefix: RegExp
  /** Each must be given. Values are single characters. */
  readonly base: MetricValues
  /** May be given, and do not change the base score. Values are separated by blanks. */
  readonly others: MetricValues
}

/** Metrics in any order, each at most once, as both specifications demand of who reads; undefined for anything else. */
export function parseVector(text: string, grammar: VectorGrammar): ReadonlyMap<string, string> | undefined {
  if (text.length > longestVector) return undefined
  const [prefix] = grammar.prefix.exec(text) ?? []
  if (prefix === undefined) return undefined
  const metrics = new Map<string, string>()
  for (const part of text.slice(prefix.length).split('/')) {
    const [name = '', value = '', ...more] = part.split(':')
    if (more.length > 0 || metrics.has(name) || !isAllowed(name, value, grammar)) return undefined
    metrics.set(name, value)
  }
  return Object.keys(grammar.base).every((name) => metrics.has(name)) ? metrics : undefined
}

function isAllowed(name: string, value: string, { base, others }: VectorGrammar): boolean {
  if (value === '') return false
  if (Object.hasOwn(base, name)) return value.length === 1 && base[name]?.includes(value) === true
  return Object.hasOwn(others, name) && others[name]?.split(' ').includes(value) === true
}
