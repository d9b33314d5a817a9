/** What a hosted runner keeps between jobs, against a fake cache service: the machine is a new one each time. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { BundleResult, RunnerEvent } from '../../scripts/runner.ts'
import type { FakeCache } from './fake-cache.ts'
import { startFakeCache } from './fake-cache.ts'
import type { SmallProject } from './small-project.ts'
import { makeSmallProject } from './small-project.ts'

const CLEAN = '"""Adds."""\n\n\ndef add(a: int, b: int) -> int:\n    """Sum."""\n    return a + b\n'
const MAIN = 'refs/heads/main'
const TOPIC = 'refs/pull/7/merge'
/** Where nothing is to be had. */
const NO_INDEX = {
  PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
  PIP_EXTRA_INDEX_URL: '',
  PIP_FIND_LINKS: '',
  PIP_RETRIES: '0',
  UV_INDEX_URL: 'http://127.0.0.1:9/simple',
  UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple',
  UV_HTTP_TIMEOUT: '2',
}

interface World {
  readonly cache: FakeCache
  readonly project: SmallProject
  /** On a machine that has nothing yet. */
  run(refs: readonly string[], change?: Partial<Parameters<SmallProject['run']>[0]>): Promise<BundleResult>
}

let world: World | undefined
afterEach(async () => {
  world?.project.remove()
  await world?.cache.close()
})

async function open(): Promise<World> {
  const cache = await startFakeCache()
  const project = makeSmallProject(
    { 'pyproject.toml': '[tool.ruff.lint]\nselect = ["F"]\n', 'add.py': CLEAN },
    { 'sub.py': CLEAN },
  )
  const toolCache = join(project.workspace, '../tool-cache')
  world = {
    cache,
    project,
    run: (refs, change = {}) => {
      rmSync(toolCache, { recursive: true, force: true })
      return project.run({
        inputs: { tools: 'ruff' },
        toolCache,
        ...change,
        env: { ...cache.environment(...refs), UV_CACHE_DIR: join(toolCache, 'uv-cache'), ...change.env },
      })
    },
  }
  return world
}

function push(project: SmallProject): RunnerEvent {
  const payload = { before: '0'.repeat(40), after: project.base, ref: MAIN }
  return { name: 'push', sha: project.base, ref: MAIN, payload }
}

const kept = (cache: FakeCache, ref: string): readonly string[] =>
  cache.entries.filter((entry) => entry.ref === ref).map(({ key }) => key.replace(/-[0-9a-f]{64}.*/, ''))

test('a pull request runs with the tools that its base branch has installed, without a package index', async (context) => {
  const { cache, project, run } = await open()
  const first = await run([MAIN], { event: push(project) })
  if (first.log.includes('package index')) context.skip('no package index')
  expect(first.exitCode, first.log).toBe(0)
  const tools = kept(cache, MAIN).filter((key) => key.startsWith('ci-actions-tools-'))
  expect(tools.map((key) => key.replace(/.*-(?=environments|uv)/, '')).sort()).toEqual([
    'environments',
    expect.stringMatching(/^uv-/),
  ])

  const second = await run([TOPIC, MAIN], { env: NO_INDEX })
  expect(second.exitCode, second.log).toBe(0)
  expect(second.outputs['verdict']).toBe('passed')
  // What it needs and no more: uv would only be used to install.
  expect(cache.restored.filter((key) => key.startsWith('ci-actions-tools-'))).toHaveLength(1)
  // Its own results, for its own next run; of tools there was nothing new.
  expect(kept(cache, TOPIC).filter((key) => key.startsWith('ci-actions-tools-'))).toEqual([])
  expect(kept(cache, TOPIC)).toHaveLength(1)
})

test('damaged archives cost time, never the verdict', async () => {
  const { cache, project, run } = await open()
  await run([MAIN], { event: push(project) })
  for (const entry of cache.entries) entry.content = entry.content.subarray(0, entry.content.length / 2)
  const damaged = await run([TOPIC, MAIN])
  expect(damaged.outputs['verdict'], damaged.log).toBe('passed')
})
