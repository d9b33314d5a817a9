import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArrivedShard } from './arrived-shard.ts'
import { newestAttempts, proveComplete } from './completeness.ts'
import { legKey, legOf } from './leg.ts'
import type { ShardManifest } from './manifest-file.ts'
import { planShards } from './shard-plan.ts'
import { recordedDurations } from './test/recorded-durations.ts'
import { pytestResultName } from './test-id.ts'

const plan = planShards(recordedDurations(30, 1), 3)
const otherPlan = planShards(recordedDurations(31, 1), 3)

function arrived(shard: number, change: Partial<ShardManifest> = {}, ids?: readonly string[]): ArrivedShard {
  const tests = plan.shards[shard - 1]?.ids ?? []
  const manifest = { shard, shards: 3, leg: {}, plan: plan.digest, tests, run: '7', attempt: 1, ...change }
  return { source: `results-${shard}`, manifest, ids: ids ?? tests }
}

const all = [arrived(1), arrived(2), arrived(3)]
const firstId = plan.shards[0]?.ids[0] ?? ''

describe('complete', () => {
  test('is what has every shard with its tests, in any order', () => {
    expect(proveComplete(plan, all)).toEqual([])
    expect(proveComplete(plan, all.toReversed(), { run: '7' })).toEqual([])
    expect(proveComplete({ shards: 3 }, all)).toEqual([])
  })

  test('is what has every shard of every leg', () => {
    const legs = [{ python: '3.12' }, { python: '3.13' }]
    const both = legs.flatMap((leg) => [1, 2, 3].map((shard) => arrived(shard, { leg, jobs: 6 })))
    expect(proveComplete(plan, both)).toEqual([])
    expect(proveComplete(plan, both, { legs })).toEqual([])
  })

  test('is what ran again', () => {
    const again = [...all, arrived(2, { attempt: 2 })]
    expect(
      proveComplete(plan, [arrived(1), arrived(2, {}, []), arrived(3), arrived(2, { attempt: 2 })]),
    ).toEqual([])
    expect(newestAttempts(again).replaced).toEqual([all[1]])
  })

  test('is a job that another one outlived: only the same job can have run again', () => {
    const unit = arrived(1, { job: 'unit' })
    const integration = arrived(1, { job: 'integration', attempt: 2 })
    expect(newestAttempts([unit, integration])).toEqual({ newest: [unit, integration], replaced: [] })
  })

  test('are legs that are not split', () => {
    const legs = ['linux', 'windows'].map((os) => ({ os }))
    const whole = legs.map((leg, index) => ({
      source: `leg-${index}`,
      manifest: { shard: 1, shards: 1, leg, attempt: 1, jobs: 2 },
      ids: ['a::b'],
    }))
    expect(proveComplete({ shards: 1 }, whole)).toEqual([])
    expect(proveComplete({ shards: 1 }, whole.slice(1))).toEqual([
      'The matrix has 2 jobs; results of 1 have arrived.',
    ])
    expect(
      proveComplete({ shards: 1 }, [{ ...whole[0], ids: [] } as ArrivedShard, ...whole.slice(1)]),
    ).toEqual(['Shard 1 of 1 [os linux] (leg-0) has no tests in its results.'])
  })

  test('is found where results name tests in their own way', () => {
    const resultId = (id: string) => {
      const { classname, name } = pytestResultName(id)
      return `${classname}::${name}`
    }
    const named = all.map((one) => ({ ...one, ids: [...one.ids].map(resultId) }))
    expect(proveComplete(plan, named, { resultId })).toEqual([])
    expect(proveComplete(plan, named)).not.toEqual([])
  })
})

describe('not complete', () => {
  test.each([
    ['nothing', [], ['No shard has arrived.']],
    ['a shard too few', all.slice(0, 2), ['Shard 3 of 3 has not arrived.']],
    [
      'a shard twice',
      [...all, { ...arrived(2), source: 'copy' }],
      ['Shard 2 of 3 has arrived 2 times: results-2, copy.'],
    ],
    [
      'a test without result',
      [arrived(1, {}, plan.shards[0]?.ids.slice(1)), arrived(2), arrived(3)],
      [`Shard 1 of 3 (results-1) has no result of ${JSON.stringify(firstId)}.`],
    ],
    [
      'a test in two shards',
      [arrived(1), arrived(2, {}, [...(plan.shards[1]?.ids ?? []), firstId]), arrived(3)],
      [`Shard 2 of 3 (results-2) has results that it was not given: ${JSON.stringify(firstId)}.`],
    ],
    [
      'a shard of another run',
      [arrived(1), arrived(2), arrived(3, { run: '6' })],
      ['Shard 3 of 3 (results-3) is from run 6, not from run 7: remove results of earlier runs.'],
    ],
    [
      'a shard of another number',
      [arrived(1), arrived(2), arrived(3, { shards: 4 })],
      ['Shard 3 of 4 (results-3) is one of 4, but 3 were planned.'],
    ],
  ])('%s', (_, shards, problems) => {
    expect(proveComplete(plan, shards)).toEqual(problems)
  })

  test('a shard of another plan', () => {
    const tests = otherPlan.shards[2]?.ids ?? []
    const stranger = arrived(3, { plan: otherPlan.digest, tests }, tests)
    const problems = proveComplete(plan, [arrived(1), arrived(2), stranger])
    expect(problems[0]).toMatch(/^Shard 3 of 3 \(results-3\) ran by another plan/)
    expect(problems[1]).toContain('was given other tests')
    expect(proveComplete({ shards: 3 }, [arrived(1), arrived(2), stranger])[0]).toContain('another plan')
  })

  test('a shard that was given other tests but claims the same plan', () => {
    const tests = (plan.shards[2]?.ids ?? []).slice(1)
    expect(proveComplete(plan, [arrived(1), arrived(2), arrived(3, { tests }, tests)])).toEqual([
      'Shard 3 of 3 (results-3) was given other tests than the plan has for it.',
    ])
  })

  test('two shards that were given the same test, without the plan', () => {
    const tests = [...(plan.shards[1]?.ids ?? []), firstId].sort()
    expect(proveComplete({ shards: 3 }, [arrived(1), arrived(2, { tests }, tests), arrived(3)])).toEqual([
      `Shard 2 of 3 (results-2) and shard 1 were both given ${JSON.stringify(firstId)}.`,
    ])
  })

  test('a leg of which nothing arrived, known by the legs or by their number', () => {
    const [leg, other] = [{ python: '3.12' }, { python: '3.13' }]
    const one = (jobs?: number) => [1, 2, 3].map((shard) => arrived(shard, { leg, jobs }))
    expect(proveComplete(plan, one(), { legs: [leg, other] })).toEqual([
      'Nothing has arrived from the leg python 3.13.',
    ])
    expect(proveComplete(plan, one(6))).toEqual(['The matrix has 6 jobs; results of 3 have arrived.'])
    expect(proveComplete(plan, one())).toEqual([expect.stringContaining('cannot be proven')])
    expect(proveComplete(plan, one(), { legs: [other] })).toEqual([
      'Nothing has arrived from the leg python 3.13.',
      'The leg python 3.12 was not planned (results-1).',
    ])
  })

  test('a shard of one leg', () => {
    const [leg, other] = [{ python: '3.12' }, { python: '3.13' }]
    const shards = [1, 2, 3].flatMap((shard) => [
      arrived(shard, { leg, jobs: 6 }),
      arrived(shard, { leg: other, jobs: 6 }),
    ])
    expect(proveComplete(plan, shards.slice(0, 5))).toEqual([
      'Shard 3 of 3 [python 3.13] has not arrived.',
      'The matrix has 6 jobs; results of 5 have arrived.',
    ])
  })

  test('whatever is taken away or added', () => {
    const change = fc.record({
      shard: fc.nat(2),
      at: fc.nat(9),
      what: fc.constantFrom('drop', 'double', 'lose', 'add', 'swap'),
    })
    fc.assert(
      fc.property(change, ({ shard, at, what }) => {
        const shards = all.map((one) => ({ ...one, ids: [...one.ids] }))
        const one = shards[shard]
        if (one === undefined) return
        const index = at % one.ids.length
        if (what === 'drop') shards.splice(shard, 1)
        if (what === 'double') shards.push(one)
        if (what === 'lose') one.ids.splice(index, 1)
        if (what === 'add') one.ids.push(`stranger::${at}`)
        if (what === 'swap') one.ids[index] = `stranger::${at}`
        expect(proveComplete(plan, shards)).not.toEqual([])
        expect(proveComplete({ shards: 3 }, shards)).not.toEqual([])
      }),
    )
  })

  test('with ten thousand tests missing, in a few words', () => {
    const large = planShards(recordedDurations(10_000, 3), 1)
    const tests = large.shards[0]?.ids ?? []
    const manifest = { shard: 1, shards: 1, leg: {}, plan: large.digest, tests, attempt: 1 }
    const [problem = ''] = proveComplete(large, [{ source: 's', manifest, ids: [] }])
    expect(problem).toContain('and 9995 more')
    expect(problem.length).toBeLessThan(2000)
  })
})

describe('a leg', () => {
  test('is the matrix without its shard', () => {
    expect(legOf({ shard: 3, os: 'linux', include: { a: [1, null] } })).toEqual({
      os: 'linux',
      include: { a: [1, null] },
    })
    expect([legOf(null), legOf(undefined), legOf([1]), legOf('x')]).toEqual([{}, {}, {}, {}])
  })

  test('is the same in any order of its dimensions', () => {
    expect(legKey({ a: { x: 1, y: 2 }, b: [1, 2] })).toBe(legKey({ b: [1, 2], a: { y: 2, x: 1 } }))
    expect(legKey({ a: [1, 2] })).not.toBe(legKey({ a: [2, 1] }))
    expect(legKey({ a: 1 })).not.toBe(legKey({ a: '1' }))
  })
})

test.each([
  [
    'tests/unit/test_tax.py::TestRates::test_zero[a::b/c.py]',
    'tests.unit.test_tax.TestRates',
    'test_zero[a::b/c.py]',
  ],
  ['test_top.py::test_x', 'test_top', 'test_x'],
  ['docs/usage.txt', '', 'docs.usage.txt'],
])('pytest writes %s as its own name', (id, classname, name) => {
  expect(pytestResultName(id)).toEqual({ classname, name })
})
