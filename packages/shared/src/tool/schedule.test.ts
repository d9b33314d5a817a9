import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Job } from './schedule.ts'
import { longestFirst, nextJob, runScheduled, weight } from './schedule.ts'

const anyJob = fc.record({
  parallel: fc.boolean(),
  scope: fc.constantFrom('file' as const, 'imports' as const, 'project' as const),
  seconds: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
})

describe('longestFirst', () => {
  test('puts remembered durations in falling order', () => {
    const jobs = [3, 70, 11].map((seconds): Job => ({ parallel: false, scope: 'file', seconds }))
    expect(longestFirst(jobs).map((job) => job.seconds)).toEqual([70, 11, 3])
  })

  test('a tool never seen before starts ahead of a short one', () => {
    const short: Job = { parallel: false, scope: 'project', seconds: 2 }
    const unknown: Job = { parallel: true, scope: 'file' }
    expect(longestFirst([short, unknown])).toEqual([unknown, short])
  })
})

describe('nextJob', () => {
  const parallel: Job = { parallel: true, scope: 'file' }
  const single: Job = { parallel: false, scope: 'file' }

  test('on two cores a parallel tool shares with one single-core tool', () => {
    expect(nextJob([parallel, single], [parallel], 2)).toBe(single)
    expect(nextJob([single], [parallel, single], 2)).toBeUndefined()
  })

  test('a parallel tool waits for cores and is overtaken meanwhile', () => {
    expect(nextJob([parallel, single], [single, single], 4)).toBe(single)
    expect(nextJob([parallel], [single], 4)).toBe(parallel)
  })

  test('on one core anything runs, but alone', () => {
    expect(nextJob([parallel], [], 1)).toBe(parallel)
    expect(nextJob([single], [parallel], 1)).toBeUndefined()
  })
})

describe('runScheduled', () => {
  test('runs every job once and never beyond the cores', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyJob, { maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        async (jobs, cores) => {
          const running = new Set<Job>()
          const done: Job[] = []
          await runScheduled(jobs, cores, async (job) => {
            running.add(job)
            const used = [...running].reduce((total, each) => total + weight(each, cores), 0)
            expect(used).toBeLessThanOrEqual(cores)
            expect([...running].filter((each) => each.parallel).length).toBeLessThanOrEqual(1)
            await Promise.resolve()
            running.delete(job)
            done.push(job)
          })
          expect(done).toHaveLength(jobs.length)
          expect(new Set(done).size).toBe(jobs.length)
        },
      ),
    )
  })
})
