import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRepository } from '../git/repository.ts'
import {
  commitTree,
  git,
  scratchFolder,
  scratchHost,
  scratchRemote,
  scratchRepository,
} from '../git/test/scratch.ts'
import { readAt } from '../git/tree.ts'
import type { Host } from '../host/ports.ts'
import { recordingHost } from '../host/recording/index.ts'
import { commonInputs } from './common-inputs.ts'
import { flag, text } from './input.ts'
import { offlineRemarks, withoutNetwork } from './offline.ts'
import { runAction } from './run-action.ts'
import { outcome, sample } from './test/sample-action.ts'

const policy = (lines: string) => ({ '/workspace/.github/ci-actions.yml': `sample:\n${lines}` })

describe('a host without network', () => {
  it('has nothing of GitHub, and asks nobody', async () => {
    const host = recordingHost({ event: {}, http: () => ({ status: 200 }) })
    const offline = withoutNetwork(host)
    expect(offline.github).toBeUndefined()
    expect(await offline.cache.restore('/folder', 'key', [])).toBeUndefined()
    expect(await offline.cache.save('/folder', 'key')).toBe(false)
    const asked = offline.http.request({
      method: 'GET',
      url: 'https://example.org/x',
      timeoutMs: 1,
      maxBytes: 1,
    })
    await expect(asked).rejects.toThrow('`offline` forbids to ask example.org')
    expect([host.recorded.http, host.memoryCache?.uses]).toEqual([[], []])
  })

  it('keeps the folder that stands for the cache on a laptop', () => {
    const host = recordingHost({ facts: { kind: 'local' } })
    expect(withoutNetwork(host).cache).toBe(host.cache)
  })

  it('fetches nothing, and nothing that a partial clone left out', async () => {
    const { folder, base, knocks } = await partialClone()
    const tried = async (host: Host) => {
      const repository = await openRepository(host, folder)
      await expect(async () => repository && readAt(repository, base, 'a.py')).rejects.toThrow('a.py of')
      await repository?.git(['fetch', 'origin'], { network: 'own' })
      return knocks()
    }
    expect(await tried(withoutNetwork(scratchHost(folder)))).toBe(0)
    expect(await tried(scratchHost(folder))).toBeGreaterThan(1)
  })
})

/** One whose base is here without its files, and whose remote opens to nobody. */
async function partialClone() {
  const remote = scratchRemote()
  const files = { 'a.py': 'base\n', '.github/ci-actions.yml': 'sample: {}\n' }
  const author = scratchRepository(files)
  const base = git(author, 'rev-parse', 'HEAD')
  commitTree(author, { 'a.py': 'head\n', '.github/ci-actions.yml': 'sample: { offline: true }\n' })
  git(author, 'push', '--quiet', remote.url, 'HEAD:refs/heads/main')
  const folder = scratchFolder()
  git(folder, 'clone', '--quiet', '--filter=blob:none', '--branch=main', remote.url, '.')
  const { port, knocks } = await doorbell()
  git(folder, 'remote', 'set-url', 'origin', `http://127.0.0.1:${port}/x.git`)
  return { folder, base, knocks }
}

/** Counts who knocks, and lets nobody in. */
async function doorbell() {
  let count = 0
  const server = createServer((socket) => {
    count += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { port: typeof address === 'object' ? address?.port : undefined, knocks: () => count }
}

describe('other inputs beside `offline`', () => {
  const sent = { 'check-run': true, comment: 'on-failure', 'upload-sarif': true, history: 'branch:ci' }

  it('that ask for the network alone are told, each', () => {
    const { problems } = offlineRemarks({ offline: true, ...sent }, 'github')
    expect(problems.map((problem) => /`([\w-]+)`/.exec(problem)?.[1])).toEqual(Object.keys(sent))
    for (const problem of problems) expect(problem).toContain('which `offline` forbids')
  })

  it('are nothing to speak of without it, as defaults, and on a laptop', () => {
    const none = { problems: [], notices: [] }
    expect(offlineRemarks({ offline: false, ...sent, cache: 'file' }, 'github')).toEqual(none)
    expect(offlineRemarks({ offline: true, ...sent, cache: 'file' }, 'local')).toEqual(none)
    const defaults = {
      offline: true,
      'check-run': false,
      comment: 'off',
      'upload-sarif': false,
      history: 'change',
    }
    expect(offlineRemarks({ ...defaults, cache: 'off' }, 'github')).toEqual(none)
  })

  it.each([{ cache: 'file' }, { cache: 'imports' }, { history: 'cache' }])(
    '%j leaves the cache of GitHub out, and says so',
    (values) => {
      const { problems, notices } = offlineRemarks({ offline: true, ...values }, 'github')
      expect([problems, notices]).toEqual([[], [expect.stringContaining('the cache of GitHub')]])
    },
  )
})

describe('an action', () => {
  const action = {
    ...sample(async () => outcome('passed')),
    allInputs: {
      ...commonInputs,
      'upload-sarif': flag({ description: 'Sends.', default: 'false' }),
      base: text({ description: 'Base.' }),
    },
  }

  it('tells all that contradicts at once, and sends not even that', async () => {
    const inputs = { offline: 'true', comment: 'always', 'upload-sarif': 'true', 'default-gate': 'of' }
    const pull = { name: 'pull_request', payload: { pull_request: { number: 7 } } }
    const host = recordingHost({ event: pull, inputs, files: policy('  check-run: true\n') })
    const { report, exitCode } = await runAction(action, host)
    expect(exitCode).toBe(2)
    const named = report.reasons.map(({ message }) => /`([\w-]+)`/.exec(message)?.[1])
    expect(named).toEqual(['default-gate', 'check-run', 'comment', 'upload-sarif'])
    expect([host.recorded.github, report.degraded]).toEqual([[], []])
  })

  it('is given a host that reaches nobody', async () => {
    const host = recordingHost({ event: {}, inputs: { offline: 'true' } })
    let github: unknown = 'not run'
    const run = sample(async (context) => {
      github = context.host.github
      return outcome('passed')
    })
    await runAction(run, host)
    expect(github).toBeUndefined()
  })

  it('does not ask for the policy of the base where that of the head says `offline`', async () => {
    const { folder, base, knocks } = await partialClone()
    const end = async (inputs: Readonly<Record<string, string>>) => {
      const { facts, files, processes } = scratchHost(folder)
      const host = recordingHost({ facts, files, processes, inputs: { 'policy-ref': 'base', ...inputs } })
      return (await runAction(action, host)).report.reasons[0]?.message
    }
    expect(await end({ base })).toContain('.github/ci-actions.yml of')
    expect(await end({ base: 'a'.repeat(40) })).toContain('`offline` forbids to ask its remote')
    expect(knocks()).toBe(0)
    // What the workflow says goes before that.
    await end({ base, offline: 'false' })
    expect(knocks()).toBeGreaterThan(0)
  })
})
