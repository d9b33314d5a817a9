import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShardManifest } from './manifest-file.ts'
import { parseManifest, renderIds, renderManifest } from './manifest-file.ts'
import { parsePlan, renderPlan } from './plan-file.ts'
import { planShards } from './shard-plan.ts'
import { recordedDurations } from './test/recorded-durations.ts'

const plan = planShards(recordedDurations(60, 1), 3)
const manifest: ShardManifest = {
  shard: 2,
  shards: 3,
  leg: { python: '3.12', viewport: { width: 390 } },
  plan: plan.digest,
  tests: plan.shards[1]?.ids,
  run: '712',
  job: 'unit-tests',
  attempt: 1,
  jobs: 6,
}

function problemOf(read: object): string {
  return 'problem' in read ? String(read.problem) : ''
}

function changedPlan(change: (document: ReturnType<typeof JSON.parse>) => void): string {
  const document = JSON.parse(renderPlan(plan))
  change(document)
  return problemOf(parsePlan(JSON.stringify(document)))
}

describe('the plan file', () => {
  test('says what the plan says', () => {
    expect(parsePlan(renderPlan(plan))).toEqual({ plan })
  })

  test('holds ten thousand tests', () => {
    const large = planShards(recordedDurations(10_000, 2), 20)
    expect(parsePlan(renderPlan(large))).toEqual({ plan: large })
  })

  test('is refused where a test was moved, added, left out or doubled', () => {
    expect(changedPlan(({ shards }) => shards[0].tests.pop())).toContain('damaged')
    expect(changedPlan(({ shards }) => shards[0].tests.push('zzz.py::test'))).toContain('damaged')
    expect(changedPlan(({ shards }) => shards.pop())).toContain('damaged')
    expect(
      changedPlan(({ shards }) => {
        ;[shards[0].tests, shards[1].tests] = [shards[1].tests, shards[0].tests]
      }),
    ).toContain('damaged')
  })

  test('is refused where a runner would be led astray', () => {
    expect(changedPlan(({ shards }) => (shards[1].tests = ['../../x.py::test']))).toContain('outside')
    expect(changedPlan(({ shards }) => (shards[1].tests = ['-p evil']))).toContain('option')
    expect(changedPlan(({ shards }) => (shards[1].tests = ['a\n--evil']))).toContain('control character')
  })

  test('names what else is wrong', () => {
    expect(changedPlan((document) => (document.version = 2))).toContain('same version of the action')
    expect(changedPlan((document) => (document.shards = []))).toContain('1 to 256 shards')
    expect(changedPlan((document) => (document.shards = Array(257).fill(document.shards[0])))).toContain(
      '256',
    )
    expect(changedPlan(({ shards }) => (shards[2] = null))).toContain('Shard 3')
    expect(changedPlan(({ shards }) => shards[0].tests.reverse())).toContain('not in order')
    expect(problemOf(parsePlan('<html>'))).toContain('This is no shard plan')
    expect(problemOf(parsePlan(renderManifest(manifest)))).toContain('This is no shard plan')
  })
})

describe('the manifest', () => {
  test('says what the shard knows', () => {
    expect(parseManifest(renderManifest(manifest))).toEqual({ manifest })
  })

  test('names what ran the tests, and nothing else in its place', () => {
    const runner = { id: 'pytest', name: 'pytest', version: '9.2.0' }
    expect(parseManifest(renderManifest({ ...manifest, runner }))).toEqual({
      manifest: { ...manifest, runner },
    })
    const runnerOf = (given: unknown) => {
      const read = parseManifest(JSON.stringify({ ...JSON.parse(renderManifest(manifest)), runner: given }))
      return 'manifest' in read ? read.manifest.runner : read.problem
    }
    expect([7, 'npx', {}, { id: 'other', name: 'x' }, { id: 'command', name: 7 }].map(runnerOf)).toEqual(
      Array(5).fill(undefined),
    )
    expect(runnerOf({ id: 'command', name: 'np\nx', version: 1 })).toEqual({ id: 'command', name: 'np x' })
  })

  test('of a leg that is not split has no plan and no tests', () => {
    const leg: ShardManifest = { shard: 1, shards: 1, leg: { os: 'windows' }, attempt: 2 }
    expect(parseManifest(renderManifest(leg))).toEqual({ manifest: leg })
  })

  test.each([
    ['shard', 4],
    ['shard', 0],
    ['shards', 257],
    ['leg', []],
    ['leg', { note: 'x'.repeat(10_001) }],
    ['plan', 'abc'],
    ['plan', undefined],
    ['tests', undefined],
    ['tests', []],
    ['tests', ['/etc/x']],
    ['tests', ['b', 'a']],
    ['tests', ['a', 'a']],
    ['run', '../1'],
    ['job', 'a b'],
  ])('is refused with %s %j', (name, value) => {
    expect(problemOf(parseManifest(renderManifest({ ...manifest, [name]: value })))).toContain('damaged')
  })

  test('whatever is in it, is read or refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(manifest)), fc.jsonValue(), (name, value) => {
        const read = parseManifest(renderManifest({ ...manifest, [name]: value }))
        expect(Object.keys(read)).toHaveLength(1)
      }),
    )
  })
})

test('ids for a runner stand one a line', () => {
  expect(renderIds(['a.py::test[x y]', 'b.py::test'])).toBe('a.py::test[x y]\nb.py::test\n')
})
