import { createHash } from 'node:crypto'

/**
 * Tells the legs of a matrix apart. GitHub gives a JavaScript action no variable for it, but evaluates
 * `${{ toJson(matrix) }}` as an input's default; that input is `matrix`. In a called workflow, whose own matrix is
 * empty, the workflow may set `CI_ACTIONS_MATRIX` instead (any text).
 *
 * Twelve hex digits; empty without a matrix. The order of the keys does not matter.
 */
export function matrixDigest(env: Readonly<Record<string, string | undefined>>): string {
  const values = [env['INPUT_MATRIX'], env['CI_ACTIONS_MATRIX']].map(canonical).find((text) => text !== '')
  return values === undefined ? '' : createHash('sha256').update(values).digest('hex').slice(0, 12)
}

function canonical(text: string | undefined): string {
  const given = text?.trim() ?? ''
  if (['', 'null', '{}'].includes(given.replaceAll(/\s/g, ''))) return ''
  try {
    return JSON.stringify(sorted(JSON.parse(given)))
  } catch {
    return given
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
