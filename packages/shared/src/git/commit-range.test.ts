import { execFileSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { GithubEvent } from '../host/ports.ts'
import type { CommitRange } from './commit-range.ts'
import { findCommitRange } from './commit-range.ts'
import { openRepository } from './repository.ts'
import { checkOut, commitTree, event, git, scratchHost, scratchRepository } from './test/scratch.ts'
import type { Story } from './test/story.ts'
import { depths, forgetStory, pullRequest, push, tell } from './test/story.ts'

afterAll(forgetStory)

let story: Story
beforeEach(() => {
  story = tell()
})

async function rangeOf(folder: string, from: GithubEvent | undefined, offline = false): Promise<CommitRange> {
  const host = scratchHost(folder, from === undefined ? { kind: 'local' } : { event: from })
  const repository = await openRepository(host, folder)
  if (!repository) throw new Error(`${folder} did not open`)
  return findCommitRange(repository, host, { offline })
}

function commitsOf(range: CommitRange): readonly string[] {
  return range.kind === 'commits' ? range.commits : [range.kind]
}

describe.each(depths)('commits that a run is about, in a %s clone', (depth) => {
  it.each([[2], [undefined]])('are those of the pull request, which says that it has %s', async (commits) => {
    const asked = pullRequest(story, 'pull_request')
    const pull = { ...(asked.payload['pull_request'] as object), ...(commits && { commits }) }
    const folder = checkOut(story.remote, story.merge, depth)
    const range = await rangeOf(folder, { ...asked, payload: { ...asked.payload, pull_request: pull } })
    expect(commitsOf(range)).toEqual([story.topic, story.topicFirst])
  })

  it('are those of the merge group', async () => {
    const group = { base_sha: story.main, head_sha: story.merge, base_ref: 'refs/heads/main' }
    const asked = event('merge_group', { payload: { merge_group: group }, sha: story.merge })
    const range = await rangeOf(checkOut(story.remote, story.merge, depth), asked)
    expect(commitsOf(range).toSorted()).toEqual([story.merge, story.topic, story.topicFirst].toSorted())
  })

  it('are those of a push to the default branch', async () => {
    const range = await rangeOf(checkOut(story.remote, story.main, depth), push('main', story.fork))
    expect(commitsOf(range)).toEqual([story.main])
  })

  it('are all that a branch adds on its first push', async () => {
    const range = await rangeOf(checkOut(story.remote, story.topic, depth), push('topic', '0'.repeat(40)))
    expect(commitsOf(range)).toEqual([story.topic, story.topicFirst])
  })

  it('are not those onto which a branch was rebased', async () => {
    git(story.author, 'checkout', '--quiet', 'topic')
    git(story.author, 'rebase', '--quiet', 'main')
    git(story.author, 'push', '--quiet', '--force', 'origin', 'topic')
    const rebased = git(story.author, 'rev-parse', 'HEAD')
    const forced = push('topic', story.topic, { forced: true })
    const range = await rangeOf(checkOut(story.remote, rebased, depth), forced)
    expect(commitsOf(range)).toHaveLength(2)
    expect(commitsOf(range)).not.toContain(story.main)
  })

  it.each(['schedule', 'workflow_dispatch', 'release'])('are all of them for %s', async (name) => {
    const folder = checkOut(story.remote, story.main, depth)
    expect(await rangeOf(folder, event(name, { sha: story.main }))).toMatchObject({ kind: 'all' })
    expect(git(folder, 'rev-list', '--count', 'HEAD')).toBe('3')
  })
})

describe('where commits cannot be had', () => {
  it('says so, and what to do', async () => {
    const folder = checkOut(story.remote, story.merge, 'shallow')
    const range = await rangeOf(folder, pullRequest(story, 'pull_request'), true)
    expect(range).toMatchObject({ kind: 'unknown', why: expect.stringContaining('`fetch-depth: 0`') })
  })

  it('never takes the commit at the cut for one of the range', async () => {
    const deep = Array.from({ length: 5 }, (_, index) => commitTree(story.author, { 'm.py': `m = ${index}` }))
    git(story.author, 'push', '--quiet', 'origin', 'HEAD:main')
    const folder = checkOut(story.remote, deep.at(-1) ?? '', 'shallow')
    git(folder, 'fetch', '--quiet', '--depth=2', 'origin', deep.at(-1) ?? '')
    const range = await rangeOf(folder, push('main', deep[1] ?? ''), true)
    expect(range.kind).toBe('unknown')
  })
})

it('on a laptop they are what the branch adds to its base', async () => {
  const folder = checkOut(story.remote, story.topic, 'full')
  git(folder, 'remote', 'set-head', 'origin', 'main')
  expect(commitsOf(await rangeOf(folder, undefined))).toEqual([story.topic, story.topicFirst])
})

describe('the commit behind those of the run', () => {
  async function behind(folder: string, from: string): Promise<string | undefined> {
    const range = await rangeOf(folder, push('main', from))
    return range.kind === 'commits' ? range.behind : range.kind
  }

  it('is their base where nothing else stands between them', async () => {
    expect(await behind(checkOut(story.remote, story.main, 'full'), story.fork)).toBe(story.fork)
  })

  it('is behind all of them where the base is newer than some', async () => {
    const folder = scratchRepository()
    const day = (date: number, ...args: readonly string[]) => {
      const time = `2030-01-0${date}T00:00:00Z`
      const env = { ...process.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time }
      const who = ['-c', 'user.name=n', '-c', 'user.email=n@example.test', '-c', 'commit.gpgsign=false']
      execFileSync('git', [...who, ...args], { cwd: folder, env, stdio: 'ignore' })
      return git(folder, 'rev-parse', 'HEAD')
    }
    const empty = ['commit', '--allow-empty', '--message']
    const fork = day(1, ...empty, 'fork')
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    const older = day(2, ...empty, 'older')
    git(folder, 'checkout', '--quiet', 'main')
    const base = day(5, ...empty, 'base')
    git(folder, 'checkout', '--quiet', 'topic')
    const merge = day(6, 'merge', '--no-ff', '--message', 'merge', 'main')
    expect(commitsOf(await rangeOf(folder, push('main', base)))).toEqual([merge, older])
    expect(await behind(folder, base)).toBe(fork)
  })
})
