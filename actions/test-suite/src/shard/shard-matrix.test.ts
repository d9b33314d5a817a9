import { describe, expect, test } from 'vitest'
import { shardMatrix } from './shard-matrix.ts'
import { planShards } from './shard-plan.ts'

const plan = planOf(4)

function planOf(shards: number) {
  const tests = Array.from({ length: shards }, (_, index) => ({ id: `a.py::test_${index}`, file: 'a.py' }))
  return planShards(tests, shards)
}

describe('the matrix', () => {
  test('is what `strategy.matrix` takes', () => {
    expect(JSON.parse(shardMatrix(plan))).toEqual({ shard: [1, 2, 3, 4] })
    expect(shardMatrix(plan)).not.toContain('\n')
  })

  test('has other dimensions beside the shards, whatever their values are', () => {
    const dimensions = { browser: ['firefox', 'webkit'], viewport: [{ width: 390 }, { width: 1280 }] }
    expect(JSON.parse(shardMatrix(plan, dimensions))).toEqual({ ...dimensions, shard: [1, 2, 3, 4] })
  })

  test('may have 256 jobs and no more', () => {
    const python = Array.from({ length: 64 }, (_, index) => index)
    expect(JSON.parse(shardMatrix(plan, { python })).python).toHaveLength(64)
    expect(() => shardMatrix(plan, { python: [...python, 64] })).toThrow(
      '4 shards in each of 65 legs are 260 jobs; GitHub starts at most 256 from one matrix. Use at most 3 shards.',
    )
    const many = Array.from({ length: 257 }, (_, index) => index)
    expect(() => shardMatrix(planOf(1), { many })).toThrow('Use fewer values.')
  })

  test('may not be larger than an output', () => {
    expect(() => shardMatrix(plan, { note: ['x'.repeat(524_288)] })).toThrow('1 MB')
  })

  test.each(['shard', 'include', 'exclude', 'py thon', '', '1st', '${{ x }}'])(
    'has no dimension "%s"',
    (name) => {
      expect(() => shardMatrix(plan, { [name]: [1] })).toThrow('cannot be a dimension')
    },
  )

  test('has no dimension without values, which would start no job', () => {
    expect(() => shardMatrix(plan, { python: [] })).toThrow('has no values')
  })
})
