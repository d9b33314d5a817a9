import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inParallel } from './in-parallel.ts'

it('gives results in order, and never has more under way than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 })),
      fc.integer({ min: 1, max: 5 }),
      async (turns, atATime) => {
        let running = 0
        let most = 0
        const results = await inParallel(turns, atATime, async (turn) => {
          most = Math.max(most, ++running)
          for (let each = 0; each < turn; each++) await Promise.resolve()
          running--
          return turn
        })
        expect(results).toEqual(turns)
        expect(most).toBe(Math.min(atATime, turns.length))
      },
    ),
  )
})

it('passes an error on', async () => {
  const broken = inParallel([1, 2], 1, async (each) => Promise.reject(new Error(`no ${each}`)))
  await expect(broken).rejects.toThrow('no 1')
})
