import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fixture, read } from './test/stage.ts'

const names = readdirSync(new URL('fixtures/', import.meta.url)).filter((name) => name !== 'README.md')

/** Paths to all values within, the value itself among them. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((part, index) => (String(index) === key ? replaced(part, rest, by) : part))
  if (typeof value !== 'object' || value === null) return by
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === key ? replaced(part, rest, by) : part]),
  )
}

const odd = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  1e308,
  '',
  'x',
  '\u0000',
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  true,
)

it.each(names.filter((name) => !name.endsWith('l')))(
  '%s with any value replaced is read or refused',
  async (name) => {
    const report: unknown = JSON.parse(fixture(name))
    const paths = pathsIn(report)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), odd, async (path, by) => {
        const outcome = await read(JSON.stringify(replaced(report, path, by))).catch((error: unknown) =>
          String(error),
        )
        // A log of SARIF may have no outcome less or more than one.
        if (typeof outcome === 'string') expect(outcome).toMatch(/\d outcomes/)
        else expect(outcome.run.why ?? '').not.toContain('bug of ours')
      }),
      { numRuns: 60 },
    )
  },
)

it.each(names)('%s cut anywhere is never clean', async (name) => {
  const whole = fixture(name).trimEnd()
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (end) => {
      // Lines are whole reports each: cut before or behind a line break, nothing is missing.
      if (name.endsWith('l') && (whole[end] === '\n' || whole[end - 1] === '\n')) return
      expect((await read(whole.slice(0, end))).run.status).toBe('failed')
    }),
    { numRuns: 25 },
  )
})
