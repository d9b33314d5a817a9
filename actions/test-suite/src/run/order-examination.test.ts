import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderRun } from './order-examination.ts'
import { examineOrder, orderLimits } from './order-examination.ts'
import type { TestOrder } from './recorder-settings.ts'

/** A test passes unless one of `spoilers` ran before it, or all of `setters` are missing. */
interface SimulatedTest {
  readonly spoilers?: readonly string[]
  readonly setters?: readonly string[]
  readonly always?: 'fails'
}

interface Simulation {
  readonly processes: () => number
  run(order: TestOrder): Promise<OrderRun>
}

/** `files`: ids in the order of the files; those without rules pass. */
function simulate(
  files: readonly string[],
  tests: ReadonlyMap<string, SimulatedTest>,
  most = Number.POSITIVE_INFINITY,
) {
  let processes = 0
  const simulation: Simulation = {
    processes: () => processes,
    run: async (order) => {
      processes += 1
      return outcome(chosen(files, order), tests)
    },
  }
  return {
    ...simulation,
    run: async (order: TestOrder) => (processes >= most ? undefined : simulation.run(order)),
  }
}

function chosen(files: readonly string[], { kind, ids }: TestOrder): readonly string[] {
  if (kind === 'exactly') return ids
  if (kind === 'these') return files.filter((id) => ids.includes(id))
  return files.slice(0, Math.max(...ids.map((id) => files.indexOf(id))) + 1)
}

function outcome(order: readonly string[], tests: ReadonlyMap<string, SimulatedTest>): OrderRun {
  const failed = order.filter((id, index) => {
    const { spoilers = [], setters = [], always } = tests.get(id) ?? {}
    const before = order.slice(0, index)
    if (always === 'fails' || spoilers.some((each) => before.includes(each))) return true
    return setters.length > 0 && !setters.some((each) => before.includes(each))
  })
  return { order, failed: new Set(failed), passed: new Set(order.filter((id) => !failed.includes(id))) }
}

async function examine(
  files: readonly string[],
  random: readonly string[],
  rules: Readonly<Record<string, SimulatedTest>>,
  most?: number,
) {
  const tests = new Map(Object.entries(rules))
  const simulation = simulate(files, tests, most)
  const ran = outcome(random, tests)
  const answer = await examineOrder({ ran: random, failed: [...ran.failed], run: simulation.run })
  return { ...answer, failed: ran.failed, processes: simulation.processes() }
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

describe('examineOrder', () => {
  it('names the test after which another fails', async () => {
    const { roles, complete } = await examine(letters, ['h', 'c', 'a', 'g', 'b'], {
      b: { spoilers: ['c'] },
    })
    expect([...roles]).toEqual([['b', { kind: 'after', test: 'c' }]])
    expect(complete).toBe(true)
  })

  it('names the test without which another fails', async () => {
    const { roles } = await examine(letters, ['g', 'e', 'b', 'a'], { e: { setters: ['b'] } })
    expect([...roles]).toEqual([['e', { kind: 'without', test: 'b' }]])
  })

  it('says nothing about a test that fails in every order', async () => {
    const { roles, complete, processes } = await examine(letters, letters, { d: { always: 'fails' } })
    expect(roles.size).toBe(0)
    expect(complete).toBe(true)
    expect(processes).toBe(2)
  })

  it('tells them apart where all come together', async () => {
    const { roles } = await examine(letters, ['h', 'c', 'f', 'b', 'd', 'a'], {
      d: { always: 'fails' },
      b: { spoilers: ['c'] },
      f: { setters: ['a'] },
    })
    expect(Object.fromEntries(roles)).toEqual({
      b: { kind: 'after', test: 'c' },
      f: { kind: 'without', test: 'a' },
    })
  })

  it('sees what a test needs that failed itself', async () => {
    const { roles } = await examine(letters, ['h', 'c', 'a', 'b'], {
      a: { spoilers: ['h'] },
      c: { setters: ['a'] },
    })
    expect(Object.fromEntries(roles)).toEqual({
      a: { kind: 'after', test: 'h' },
      c: { kind: 'without', test: 'a' },
    })
  })

  it('says that several are needed together', async () => {
    const pair = async (order: TestOrder): Promise<OrderRun> => {
      const ids = chosen(letters, order)
      const at = ids.indexOf('b')
      const fails = at !== -1 && ['c', 'e'].every((each) => ids.slice(0, at).includes(each))
      return { order: ids, failed: new Set(fails ? ['b'] : []), passed: new Set(fails ? [] : ids) }
    }
    const { roles } = await examineOrder({ ran: ['e', 'd', 'c', 'a', 'b'], failed: ['b'], run: pair })
    expect([...roles]).toEqual([['b', { kind: 'after', several: true }]])
  })

  it('calls chance what does not come again', async () => {
    const passing = async (order: TestOrder) => outcome(chosen(letters, order), new Map())
    const { roles, complete } = await examineOrder({ ran: letters, failed: ['d'], run: passing })
    expect([...roles]).toEqual([['d', { kind: 'chance' }]])
    expect(complete).toBe(true)
  })

  it('does not believe a culprit with which it passes the next time', async () => {
    const fails = [false, true, false, true, false]
    const run = async (order: TestOrder): Promise<OrderRun> => {
      const ids = chosen(letters, order)
      const failed = new Set(fails.shift() ? ['b'] : [])
      return { order: ids, failed, passed: new Set(ids).difference(failed) }
    }
    const { roles } = await examineOrder({ ran: ['c', 'b'], failed: ['b'], run })
    expect([...roles]).toEqual([['b', { kind: 'chance' }]])
    expect(fails).toEqual([])
  })

  it('does not run the failed tests once more where that is known', async () => {
    const asked: string[] = []
    const simulation = simulate(letters, new Map([['b', { spoilers: ['c'] }]]))
    const { roles } = await examineOrder({
      ran: ['c', 'b'],
      failed: ['b'],
      again: { order: ['b'], passed: new Set(['b']), failed: new Set() },
      run: (order) => {
        asked.push(order.kind)
        return simulation.run(order)
      },
    })
    expect(asked).not.toContain('these')
    expect([...roles]).toEqual([['b', { kind: 'after', test: 'c' }]])
  })

  it('looks long for a few, and knows the others by what it found', async () => {
    const victims = Array.from({ length: 30 }, (_, index) => `v${index}`)
    const others = Array.from({ length: 200 }, (_, index) => `o${index}`)
    const rules = Object.fromEntries(victims.map((id) => [id, { spoilers: ['o7'] }]))
    const { roles, complete, processes } = await examine(
      [...victims, ...others],
      [...others, ...victims],
      rules,
    )
    expect(roles.size).toBe(orderLimits.tests)
    expect(new Set([...roles.values()].map(({ test }) => test))).toEqual(new Set(['o7']))
    expect(complete).toBe(false)
    expect(processes).toBeLessThan(60)
  })

  it('claims only what is so, however soon it has to end', async () => {
    const files = Array.from({ length: 24 }, (_, index) => `t${index}`)
    const rule = fc.record({
      id: fc.constantFrom(...files),
      kind: fc.constantFrom('spoilers', 'setters', 'always'),
      others: fc.uniqueArray(fc.constantFrom(...files), { minLength: 1, maxLength: 3 }),
    })
    const random = fc.shuffledSubarray(files, { minLength: files.length })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(rule, { maxLength: 4, selector: ({ id }) => id }),
        random,
        fc.nat(60),
        async (rules, order, most) => {
          const tests = Object.fromEntries(
            rules.map(({ id, kind, others }) => [
              id,
              kind === 'always'
                ? { always: 'fails' as const }
                : { [kind]: others.filter((each) => each !== id) },
            ]),
          )
          const known = new Map<string, SimulatedTest>(Object.entries(tests))
          const { roles, failed, processes, complete } = await examine(files, order, tests, most)
          expect(processes).toBeLessThanOrEqual(most)
          const fails = (ids: readonly string[], id: string) => outcome(ids, known).failed.has(id)
          for (const [id, { kind, test }] of roles) {
            expect(failed.has(id)).toBe(true)
            expect(kind).not.toBe('chance')
            if (test !== undefined) expect(fails([id], id)).toBe(kind === 'without')
            if (test !== undefined) expect(fails([test, id], id)).toBe(kind === 'after')
          }
          if (complete) for (const id of failed) expect(roles.has(id) || fails(files, id)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})
