import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { checkOut, event, git } from './test/scratch.ts'
import type { Story } from './test/story.ts'
import { changedPaths, depths, find, forgetStory, push, shaOf, tell, textOf } from './test/story.ts'

afterAll(forgetStory)

let story: Story
beforeEach(() => {
  story = tell()
})

describe.each(depths)('findBase, push in a %s clone', (depth) => {
  const zeros = '0'.repeat(40)

  it('takes the merge base on a branch, so that a harmless commit does not hide a bad one', async () => {
    const found = await find(checkOut(story.remote, story.topic, depth), {
      event: push('topic', story.topicFirst),
    })
    expect(shaOf(found)).toBe(story.fork)
    expect(textOf(found)).toContain('the merge base with `main`')
  })

  it('takes the commit before the push on the default branch', async () => {
    const found = await find(checkOut(story.remote, story.main, depth), { event: push('main', story.fork) })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('takes the merge base on the first push of a branch', async () => {
    const found = await find(checkOut(story.remote, story.topic, depth), { event: push('topic', zeros) })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('has no base on the first push of the default branch', async () => {
    const found = await find(checkOut(story.remote, story.main, depth), { event: push('main', zeros) })
    expect(found.base).toMatchObject({ kind: 'none', firstRun: true })
  })

  it('does not charge a rebase with the commits it moved onto', async () => {
    git(story.author, 'checkout', '--quiet', 'topic')
    git(story.author, 'rebase', '--quiet', 'main')
    git(story.author, 'push', '--quiet', '--force', 'origin', 'topic')
    const rebased = git(story.author, 'rev-parse', 'HEAD')
    const forced = push('topic', story.topic, { forced: true })
    const found = await find(checkOut(story.remote, rebased, depth), { event: forced })
    expect(shaOf(found)).toBe(story.main)
    expect(await changedPaths(found)).toEqual(['topic.py'])
  })

  it('takes the commit before the push on a branch that has nothing in common with the default one', async () => {
    git(story.author, 'checkout', '--quiet', '--orphan', 'pages')
    git(story.author, 'commit', '--quiet', '--message', 'one')
    const before = git(story.author, 'rev-parse', 'HEAD')
    git(story.author, 'commit', '--quiet', '--allow-empty', '--message', 'two')
    git(story.author, 'push', '--quiet', 'origin', 'pages')
    const after = git(story.author, 'rev-parse', 'HEAD')
    const found = await find(checkOut(story.remote, after, depth), { event: push('pages', before) })
    expect(shaOf(found)).toBe(before)
    expect(textOf(found)).toContain('where `pages` was before this push')
  })

  it('has no base when the default branch was replaced and its old end is gone', async () => {
    const gone = push('main', 'a'.repeat(40), { forced: true })
    const found = await find(checkOut(story.remote, story.main, depth), { event: gone })
    expect(found.base.kind).toBe('none')
    expect(found.base).not.toHaveProperty('firstRun')
    expect(textOf(found)).toContain('commit aaaaaaa')
  })

  it('takes the old end of a default branch that was replaced', async () => {
    const forced = push('main', story.topic, { forced: true })
    const found = await find(checkOut(story.remote, story.main, depth), { event: forced })
    expect(shaOf(found)).toBe(story.topic)
  })
})

describe('findBase, push', () => {
  it('does not make a complete clone shallow when it fetches a commit that was thrown away', async () => {
    git(story.author, 'push', '--quiet', 'origin', '--delete', 'topic')
    const folder = checkOut(story.remote, story.main, 'full')
    const found = await find(folder, { event: push('main', story.topic, { forced: true }) })
    expect(shaOf(found)).toBe(story.topic)
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe('false')
  })
})

describe.each(depths)('findBase, other events in a %s clone', (depth) => {
  it('takes the base of the merge group', async () => {
    const group = { base_sha: story.main, head_sha: story.merge, base_ref: 'refs/heads/main' }
    const found = await find(checkOut(story.remote, story.merge, depth), {
      event: event('merge_group', { payload: { merge_group: group } }),
    })
    expect(found.base).toMatchObject({ kind: 'found', sha: story.main, ref: 'main' })
    expect(await changedPaths(found)).toEqual(['topic.py'])
  })

  it.each(['workflow_dispatch', 'schedule', 'release'])(
    'takes the first parent on the default branch (%s)',
    async (name) => {
      const found = await find(checkOut(story.remote, story.main, depth), { event: event(name) })
      expect(shaOf(found)).toBe(story.fork)
      expect(textOf(found)).toContain('first parent')
    },
  )

  it('takes the merge base on another branch', async () => {
    const found = await find(checkOut(story.remote, story.topic, depth), {
      event: event('workflow_dispatch'),
    })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('asks the remote for the default branch when the payload does not tell it', async () => {
    const found = await find(checkOut(story.remote, story.topic, depth), {
      event: event('schedule', { payload: {} }),
    })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('takes the first parent for a tag on the default branch', async () => {
    const tag = event('push', {
      ref: 'refs/tags/v1',
      payload: { before: '0'.repeat(40), repository: { default_branch: 'main' } },
    })
    expect(shaOf(await find(checkOut(story.remote, story.main, depth), { event: tag }))).toBe(story.fork)
  })

  it('has no base on the very first commit', async () => {
    const found = await find(checkOut(story.remote, story.first, depth), { event: event('schedule') })
    expect(found.base).toMatchObject({ kind: 'none', firstRun: true })
  })

  it('finds the wanted branch, wherever it is by now', async () => {
    const found = await find(checkOut(story.remote, story.topic, depth), {
      event: event('push'),
      wanted: 'main',
    })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('finds the wanted commit', async () => {
    const folder = checkOut(story.remote, story.topic, depth)
    expect(shaOf(await find(folder, { event: event('push'), wanted: story.first }))).toBe(story.first)
  })

  it('finds the wanted tag', async () => {
    git(story.author, 'tag', 'v0', story.fork)
    git(story.author, 'push', '--quiet', 'origin', 'v0')
    expect(shaOf(await find(checkOut(story.remote, story.topic, depth), { wanted: 'v0' }))).toBe(story.fork)
  })

  it.each(['nothing', '--help', 'a b', '', 'f'.repeat(40)])(
    'says that the wanted base does not exist: %j',
    async (wanted) => {
      const folder = checkOut(story.remote, story.topic, depth)
      const { base } = await find(folder, { event: push('topic', story.topicFirst), wanted })
      // An empty one is not given.
      expect(base.kind).toBe(wanted === '' ? 'found' : 'none')
    },
  )
})
