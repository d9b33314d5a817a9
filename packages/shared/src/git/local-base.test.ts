import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { commitTree, git, scratchRepository, writeTree } from './test/scratch.ts'
import type { Story } from './test/story.ts'
import { changedPaths, find, forgetStory, shaOf, tell, textOf } from './test/story.ts'

afterAll(forgetStory)

let story: Story
beforeEach(() => {
  story = tell()
})

describe('findBase on a laptop', () => {
  const local = { kind: 'local' } as const

  it('takes the merge base with the default branch of the remote', async () => {
    git(story.author, 'fetch', '--quiet')
    git(story.author, 'remote', 'set-head', 'origin', 'main')
    git(story.author, 'checkout', '--quiet', 'topic')
    writeTree(story.author, { 'new.py': 'n = 1\n' })
    const found = await find(story.author, local)
    expect(found.base).toMatchObject({ kind: 'found', sha: story.fork, ref: 'origin/main' })
    expect(await changedPaths(found)).toEqual(['new.py', 'topic.py'])
  })

  it('counts what is not pushed as new on the default branch', async () => {
    git(story.author, 'fetch', '--quiet')
    git(story.author, 'checkout', '--quiet', 'main')
    commitTree(story.author, { 'unpushed.py': 'u = 1\n' })
    const found = await find(story.author, local)
    expect(await changedPaths(found)).toEqual(['unpushed.py'])
  })

  it('takes HEAD on the default branch', async () => {
    const folder = scratchRepository()
    writeTree(folder, { 'a.py': 'a = 2\n' })
    const found = await find(folder, local)
    expect(shaOf(found)).toBe(git(folder, 'rev-parse', 'HEAD'))
    expect(textOf(found)).toMatch(/^Base is `main` at \w{7}: only what is not committed is new\.$/)
    expect(await changedPaths(found)).toEqual(['a.py'])
  })

  it('takes HEAD where the only branch has another name', async () => {
    const folder = scratchRepository()
    git(folder, 'branch', '--move', 'trunk')
    expect(shaOf(await find(folder, local))).toBe(git(folder, 'rev-parse', 'HEAD'))
  })

  it('asks for a name where several branches might be meant', async () => {
    const folder = scratchRepository()
    git(folder, 'branch', '--move', 'trunk')
    git(folder, 'branch', 'other')
    expect(textOf(await find(folder, local))).toContain('`--base`')
  })

  it('works in a worktree without a branch', async () => {
    const worktree = `${story.author}-worktree`
    git(story.author, 'worktree', 'add', '--quiet', '--detach', worktree, story.topic)
    const found = await find(worktree, local)
    git(story.author, 'worktree', 'remove', '--force', worktree)
    expect(shaOf(found)).toBe(story.fork)
  })

  it('has no base before the first commit', async () => {
    const folder = scratchRepository()
    git(folder, 'checkout', '--quiet', '--orphan', 'empty')
    expect((await find(folder, local)).base).toMatchObject({ kind: 'none', firstRun: true })
  })

  it('says so when the histories have nothing in common', async () => {
    const folder = scratchRepository()
    git(folder, 'checkout', '--quiet', '--orphan', 'other')
    commitTree(folder, { 'b.py': 'b = 1\n' })
    expect(textOf(await find(folder, local))).toContain('no history in common with `main`')
  })
})
