import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openRepository } from '../git/repository.ts'
import type { Remote } from '../git/test/scratch.ts'
import {
  checkOut,
  commitTree,
  git,
  scratchHost,
  scratchRemote,
  scratchRepository,
} from '../git/test/scratch.ts'
import { recordingClock } from '../host/recording/clock.ts'
import { openBranchStore } from './branch-store.ts'
import { sampleRun } from './test/sample-runs.ts'

const branch = 'ci-history'

interface Clone {
  readonly folder: string
  readonly store: ReturnType<typeof openBranchStore>
}

/** A remote with one commit of code on `main`. */
function remoteWithCode(): { readonly remote: Remote; readonly bare: string; readonly sha: string } {
  const remote = scratchRemote()
  const source = scratchRepository({ 'a.py': 'a = 1\n', 'b.py': 'b = 1\n' })
  const sha = commitTree(source, { 'a.py': 'a = 2\n' })
  git(source, 'push', '--quiet', remote.url, `${sha}:refs/heads/main`)
  return { remote, bare: remote.url.replace('file://', ''), sha }
}

async function openClone(
  remote: Remote,
  sha: string,
  series = 's',
  name = branch,
  depth = 'shallow' as 'shallow' | 'full',
) {
  const folder = checkOut(remote, sha, depth)
  return open(folder, series, name)
}

async function open(folder: string, series = 's', name = branch): Promise<Clone> {
  const host = scratchHost(folder)
  const repository = await openRepository(host, folder)
  if (repository === undefined) throw new Error('no repository')
  return { folder, store: openBranchStore(host, repository, name, series) }
}

const run = (name: string, time = 1) => sampleRun({ run: name, time }, { 'tests/test_a.py::test_a': 1 })

describe('a history on a branch', () => {
  test('is empty before the first run, and then read by every clone', async () => {
    const { remote, sha } = remoteWithCode()
    const writer = await openClone(remote, sha)
    expect(await writer.store.read()).toEqual({ history: { runs: [] } })
    expect(await writer.store.add(run('1'))).toEqual({})
    expect(await writer.store.add(run('2', 2))).toEqual({})
    for (const depth of ['shallow', 'full'] as const) {
      const reader = await openClone(remote, sha, 's', branch, depth)
      expect(await reader.store.read()).toEqual({ history: { runs: [run('2', 2), run('1')] } })
    }
  })

  test('is one commit, however many runs there were, beside the histories of others', async () => {
    const { remote, sha, bare } = remoteWithCode()
    const [unit, e2e] = [await openClone(remote, sha, 'unit'), await openClone(remote, sha, 'e2e')]
    for (const name of ['1', '2', '3']) {
      await unit.store.add(run(name))
      await e2e.store.add(run(name))
    }
    expect(git(bare, 'rev-list', '--count', branch)).toBe('1')
    expect(git(bare, 'ls-tree', '-r', '--name-only', branch).split('\n')).toEqual([
      '.ci-actions-history',
      'v1/e2e.jsonl',
      'v1/unit.jsonl',
    ])
    expect((await e2e.store.read()).history.runs).toHaveLength(3)
  })

  test.each(['shallow', 'full'] as const)('leaves a %s clone as it was', async (depth) => {
    const { remote, sha, bare } = remoteWithCode()
    await (await openClone(remote, sha)).store.add(run('1'))
    const folder = checkOut(remote, sha, depth)
    git(folder, 'rm', '--quiet', '--cached', 'b.py')
    const look = () => ({
      status: git(folder, 'status', '--porcelain'),
      refs: git(folder, 'for-each-ref'),
      head: git(folder, 'rev-parse', 'HEAD'),
      shallow: git(folder, 'rev-parse', '--is-shallow-repository'),
      names: readdirSync(join(folder, '.git')),
      fetched: readFileSync(join(folder, '.git/FETCH_HEAD'), 'utf8'),
      index: git(folder, 'ls-files', '--stage'),
    })
    const before = look()
    const { store } = await open(folder)
    await store.read()
    expect(await store.add(run('2'))).toEqual({})
    expect(look()).toEqual(before)
    expect(git(bare, 'rev-parse', 'main')).toBe(sha)
  })

  test('loses nothing of writers that push at the same time, the first ones included', async () => {
    const { remote, sha } = remoteWithCode()
    const clones = await Promise.all(['0', '1', '2', '3', '4'].map(async () => openClone(remote, sha)))
    const added = clones.map(async ({ store }, writer) => {
      const answers = []
      for (const round of ['a', 'b']) answers.push(await store.add(run(`${writer}${round}`)))
      return answers
    })
    expect((await Promise.all(added)).flat()).toEqual(Array.from({ length: 10 }, () => ({})))
    const { history } = await (await openClone(remote, sha)).store.read()
    expect(history.runs.map((each) => each.run).sort()).toEqual(clones.flatMap((_, n) => [`${n}a`, `${n}b`]))
  })

  test('never replaces a branch that holds something else', async () => {
    const { remote, sha, bare } = remoteWithCode()
    const { store } = await openClone(remote, sha, 's', 'main')
    expect((await store.add(run('1'))).why).toContain('holds something else')
    expect((await store.read()).why).toContain('holds something else')
    expect(git(bare, 'rev-parse', 'main')).toBe(sha)
  })

  test('starts a damaged file anew, and keeps the others', async () => {
    const { remote, sha, bare } = remoteWithCode()
    const { store } = await openClone(remote, sha)
    const other = await openClone(remote, sha, 'other')
    await other.store.add(run('1'))
    const work = checkOut(remote, git(bare, 'rev-parse', branch), 'full')
    const damaged = commitTree(work, { 'v1/s.jsonl': '{"format":1,"tests":[]}\n{"run":' })
    git(work, 'push', '--quiet', '--force', remote.url, `${damaged}:refs/heads/${branch}`)
    expect(await store.read()).toEqual({ history: { runs: [] } })
    expect(await store.add(run('2'))).toEqual({})
    expect((await store.read()).history.runs.map((each) => each.run)).toEqual(['2'])
    expect((await other.store.read()).history.runs.map((each) => each.run)).toEqual(['1'])
  })

  test('gives up on a server that refuses, and says what it said', async () => {
    const { remote, sha, bare } = remoteWithCode()
    git(bare, 'config', 'receive.denyCurrentBranch', 'refuse')
    git(bare, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    git(bare, 'config', 'core.bare', 'false')
    const folder = checkOut(remote, sha, 'shallow')
    const host = { ...scratchHost(folder), clock: recordingClock(0) }
    const repository = await openRepository(host, folder)
    if (repository === undefined) throw new Error('no repository')
    // The first push makes the branch, which is then checked out there.
    const store = openBranchStore(host, repository, branch, 's')
    await store.add(run('1'))
    expect((await store.add(run('2'))).why).toMatch(/branch ci-history: git push was refused/)
    expect((await store.read()).history.runs.map((each) => each.run)).not.toContain('2')
  })

  test('needs a remote', async () => {
    const { store } = await open(scratchRepository())
    expect((await store.add(run('1'))).why).toContain('no remote')
    expect(await store.read()).toEqual({ history: { runs: [] }, why: expect.stringContaining('no remote') })
  })
})
