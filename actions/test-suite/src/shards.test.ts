import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { testSuite } from './action.ts'
import { environmentWith } from './run/test/stage.ts'

const sources = {
  'tests/test_a.py':
    'import pytest\n\n@pytest.mark.parametrize("n", range(4))\ndef test_n(n):\n    assert n < 9\n',
  'tests/test_b.py':
    'class TestB:\n    def test_one(self):\n        assert 1 == 1\n\n    def test_two(self):\n        pass\n',
}

let virtualEnvironment: string
beforeAll(async () => {
  virtualEnvironment = dirname(dirname((await environmentWith('requirements')).python))
}, 300_000)

/** A project, and what is done with it as on a runner; `keep` puts a job's report folder aside, as an artifact. */
function project() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shards-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'project')
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const step = async (inputs: Readonly<Record<string, string>>, keep?: string) => {
    const temporary = join(folder, `temporary-${Math.random()}`)
    mkdirSync(temporary)
    const host = recordingHost({
      facts: {
        ...{ workspace: root, temporary, cacheFolder: join(folder, 'cache') },
        toolEnvironment: { PATH: process.env['PATH'] ?? '', VIRTUAL_ENV: virtualEnvironment },
        projectEnvironment: { PATH: process.env['PATH'] ?? '' },
      },
      event: { name: 'push', ref: 'refs/heads/main', runId: '7' },
      files: nodeFiles,
      clock: nodeClock,
      processes: nodeProcesses(new AbortController().signal),
      inputs: { history: 'off', ...inputs },
    })
    const end = await runAction(testSuite, host)
    const report = join(root, end.report.reportFolder ?? '')
    if (keep !== undefined) cpSync(report, join(root, keep), { recursive: true })
    return { ...end, outputs: Object.fromEntries(host.recorded.outputs) }
  }
  return { root, step }
}

async function twoShards() {
  const { root, step } = project()
  const plan = await step({ mode: 'shard', shards: '2' }, 'plan')
  const merge = (inputs: Readonly<Record<string, string>> = {}) =>
    step({ mode: 'merge', reports: 'parts/**', 'shard-plan': 'plan/shard-plan.json', ...inputs })
  const shard = (number: string) =>
    step(
      {
        shard: number,
        'shard-plan': 'plan/shard-plan.json',
        'job-total': '2',
        matrix: `{"shard":${number}}`,
      },
      `parts/${number}`,
    )
  return { root, plan, shard, merge }
}

describe('shards', { timeout: 120_000 }, () => {
  it('run every test once, and come together again', async () => {
    const { plan, shard, merge } = await twoShards()
    expect(plan).toMatchObject({ verdict: 'incomplete', exitCode: 0, outputs: { matrix: '{"shard":[1,2]}' } })
    expect((await shard('1')).verdict).toBe('passed')
    expect((await shard('2')).verdict).toBe('passed')
    const { verdict, report } = await merge()
    expect(report.reasons).toEqual([])
    expect(verdict).toBe('passed')
    expect(report.metrics.find(({ name }) => name === 'tests')?.value).toBe(6)
  })

  it('are never green where one is missing, or not whole', async () => {
    const { root, shard, merge } = await twoShards()
    await shard('1')
    const alone = await merge()
    expect(alone.verdict).toBe('incomplete')
    expect(alone.report.reasons[0]).toMatchObject({ code: 'parts-missing' })
    // What is missing may cover the rest, so no figure is held against the change.
    const covered = await merge({ coverage: 'true', gate: 'coverage >= 99%' })
    expect(covered.verdict).toBe('incomplete')
    expect(covered.report.metrics.map(({ name }) => name)).not.toContain('coverage')
    await shard('2')
    writeFileSync(join(root, 'parts/2/test-results.jsonl'), '{"tests":0}\n')
    expect((await merge()).verdict).toBe('incomplete')
    rmSync(join(root, 'parts/2/test-results.jsonl'))
    expect((await merge()).verdict).toBe('incomplete')
  })

  it('say what is wrong with how they are asked for', async () => {
    const { shard } = await twoShards()
    expect((await shard('3')).report.reasons[0]?.message).toContain('the plan has 2 shards')
    const { step } = project()
    expect((await step({ mode: 'shard' })).report.reasons[0]?.message).toContain('`shards`')
    expect((await step({ shard: '1' })).report.reasons[0]?.message).toContain('`shard-plan`')
    const unmerged = await step({ mode: 'merge', reports: 'tests/**' })
    expect(unmerged.report.reasons[0]?.message).toContain('shard-manifest.json')
  })
})
