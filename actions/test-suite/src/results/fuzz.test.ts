/** Generated runs in several dialects, and real ones with damage. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlannedTest } from './test/dialects.ts'
import { dialects, tap } from './test/dialects.ts'
import type { ReadText } from './test/read.ts'
import { isGreen, readText } from './test/read.ts'

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
const name = fc
  .tuple(
    word,
    fc.string({ maxLength: 8, unit: 'grapheme' }).map((text) => text.replaceAll(/[\s/]+/g, '')),
  )
  .map(([start, rest]) => `test_${start}[${rest}]`)
const planned: fc.Arbitrary<PlannedTest> = fc.record({
  name,
  classname: fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.')),
  status: fc.constantFrom('passed', 'passed', 'failed', 'error', 'skipped'),
  message: fc
    .string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })
    .map((text) => `because ${text}`),
  milliseconds: fc.nat(100_000),
})
const run = fc.uniqueArray(planned, {
  minLength: 1,
  maxLength: 12,
  selector: (each) => `${each.classname}::${each.name}`,
})

function brief({ results }: ReadText): string[] {
  return results.map(({ id, status, seconds }) => `${id} ${status} ${seconds?.toFixed(3)}`).toSorted()
}

describe.for(Object.entries(dialects))('%s', ([, render]) => {
  test('reads back what was written, in any pieces and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(run, fc.integer({ min: 1, max: 100 }), fc.boolean(), async (tests, size, isWide) => {
        const text = render(tests)
        const read = await readText(isWide ? Buffer.from(`\ufeff${text}`, 'utf16le') : text, size)
        expect(read).toMatchObject({ complete: true, problems: [] })
        const noTime = read.format === 'go-test' ? ['error'] : []
        const expected = tests.map(({ classname, name: test, status, milliseconds }) => {
          const seconds = noTime.includes(status) ? undefined : (milliseconds / 1000).toFixed(3)
          return `${classname}::${test} ${status} ${seconds}`
        })
        expect(brief(read)).toEqual(expected.toSorted())
        // What the store of ids puts together again.
        for (const { id, name: own, place } of read.results)
          expect(id).toBe(place === undefined ? own : `${place}::${own}`)
        for (const { failures } of read.results)
          for (const { message } of failures) expect(message).toMatch(/^because/)
      }),
      { numRuns: 150 },
    )
  })

  test('cut off anywhere, it is never green', async () => {
    await fc.assert(
      fc.asyncProperty(
        run,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        async (tests, share) => {
          const whole = render(tests).trimEnd()
          const read = await readOrRefuse(whole.slice(0, Math.floor(whole.length * share)))
          if (read !== undefined) expect(isGreen(read)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('TAP reads back what was written, and is never green where it is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(run, fc.nat(), async (tests, cut) => {
      const whole = tap(tests)
      const statuses = (await readText(whole)).results.map((result) => [result.name, result.status])
      expect(statuses).toEqual(
        tests.map(({ name: test, status }) => [test, status === 'error' ? 'failed' : status]),
      )
      const lines = whole.split('\n')
      const read = await readOrRefuse(lines.slice(0, cut % (lines.length - 1)).join('\n'))
      if (read !== undefined) expect(isGreen(read)).toBe(false)
    }),
    { numRuns: 150 },
  )
})

/** Undefined where it was refused, which is no verdict about tests; anything else that is thrown is a bug. */
async function readOrRefuse(content: string | Uint8Array): Promise<ReadText | undefined> {
  try {
    return await readText(content)
  } catch (error) {
    expect(error).toMatchObject({ name: 'ToolOutputError' })
    return undefined
  }
}

const folder = join(import.meta.dirname, 'fixtures')
const recorded = join(import.meta.dirname, '../../../../test/fixtures/runners')
const real = [
  ...readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const),
  ...readdirSync(recorded).map((id) => {
    const file = readdirSync(join(recorded, id)).find((name) => name.startsWith('recorded.')) ?? ''
    return [`${id}: ${file}`, readFileSync(join(recorded, id, file))] as const
  }),
]

interface Edit {
  /** Share of the file before it. */
  readonly at: number
  /** Bytes taken out. */
  readonly length: number
  /** What is put there instead, and a part of the file itself: where it begins, and how long it is. */
  readonly put: Uint8Array
  readonly copied: readonly [number, number] | null
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.nat(60),
  put: fc.uint8Array({ maxLength: 8 }),
  copied: fc.option(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400))),
})

/** Leaves the first `whole` bytes as they are. */
function damaged(bytes: Buffer, whole: number, edits: readonly Edit[]): Buffer {
  let content = bytes
  for (const { at, length, put, copied } of edits) {
    const from = whole + Math.floor(at * (content.length - whole))
    const start = Math.floor((copied?.[0] ?? 0) * bytes.length)
    const copy = bytes.subarray(start, start + (copied?.[1] ?? 0))
    content = Buffer.concat([content.subarray(0, from), put, copy, content.subarray(from + length)])
  }
  return content
}

describe.for(real)('%s', ([, bytes]) => {
  test('with bytes replaced, put in or taken out, it is read or refused, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const read = await readOrRefuse(damaged(bytes, 0, edits))
        expect(read === undefined || read.tests === read.results.length).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('damage takes nothing away of what stands before it', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(share, edits, async (before, changes) => {
        const whole = Math.floor(before * bytes.length)
        const start = await readOrRefuse(bytes.subarray(0, whole))
        const read = await readOrRefuse(damaged(bytes, whole, changes))
        if (start === undefined || read === undefined) return
        const brief = ({ id, status }: ReadText['results'][number]) => `${id} ${status}`
        // The last tests may not have been over yet.
        const sure = start.results.slice(0, -unsure(start)).map(brief)
        expect(read.results.slice(0, sure.length).map(brief)).toEqual(sure)
      }),
      { numRuns: 100 },
    )
  })

  test('cut off, it is whole only if nothing was lost', async () => {
    const { tests, format } = await readText(bytes)
    // Packages of Go follow each other; nothing says how many there are.
    if (format === 'go-test') return
    const text = bytes.toString().trimEnd()
    const step = Math.ceil(text.length / 400)
    for (let length = 1; length < text.length - 1; length += length < text.length - 200 ? step : 1) {
      const read = await readOrRefuse(Buffer.from(text.slice(0, length)))
      if (read?.complete) expect(read.tests, text.slice(0, length).slice(-200)).toBe(tests)
    }
  })

  test('cut off, it is never green', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.toString().trimEnd().length - 2), async (length) => {
        const read = await readOrRefuse(bytes.subarray(0, length))
        if (read !== undefined) expect(isGreen(read)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})

/** How many of the last tests more of the file may change: one that is open, and one that waits for its other tries. */
function unsure({ format, results }: ReadText): number {
  const open = format === 'go-test' ? results.filter(({ status }) => status === 'error').length + 1 : 2
  return Math.max(1, open)
}
