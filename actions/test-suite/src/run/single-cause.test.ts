import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSingleCause } from './single-cause.ts'

const some = fc.integer({ min: 1, max: 300 }).chain((size) =>
  fc.record({
    items: fc.constant(Array.from({ length: size }, (_, index) => index)),
    chosen: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 4 }),
  }),
)
const mostProbes = (size: number) => Math.ceil(Math.log2(size)) + 1

describe('findSingleCause', () => {
  it('finds one of those that suffice, with few probes, each a part in its order', async () => {
    await fc.assert(
      fc.asyncProperty(some, async ({ items, chosen }) => {
        let probes = 0
        const found = await findSingleCause(items, async (part) => {
          probes += 1
          expect([...part].sort((a, b) => a - b)).toEqual(part)
          return part.some((item) => chosen.includes(item))
        })
        expect(found.kind).toBe('one')
        expect(chosen).toContain(found.kind === 'one' ? found.item : undefined)
        expect(probes).toBeLessThanOrEqual(mostProbes(items.length))
      }),
    )
  })

  it('ends and names none where several are needed together', async () => {
    await fc.assert(
      fc.asyncProperty(some, async ({ items, chosen }) => {
        fc.pre(chosen.length > 1)
        let probes = 0
        const found = await findSingleCause(items, async (part) => {
          probes += 1
          return chosen.every((item) => part.includes(item))
        })
        expect(found).toEqual({ kind: 'several' })
        expect(probes).toBeLessThanOrEqual(mostProbes(items.length))
      }),
    )
  })

  it('ends at the first probe without an answer', async () => {
    let probes = 0
    const found = await findSingleCause([1, 2, 3, 4, 5], async () => {
      probes += 1
      return probes === 1 ? true : undefined
    })
    expect(found).toEqual({ kind: 'unknown' })
    expect(probes).toBe(2)
  })

  it('has nothing to name where there is nothing', async () => {
    expect(await findSingleCause([], async () => true)).toEqual({ kind: 'several' })
  })
})
