import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { GithubError } from '../action/errors.ts'
import type { GithubApi } from '../host/ports.ts'
import { checkOut, commitTree, event, git } from './test/scratch.ts'
import type { Story } from './test/story.ts'
import {
  changedPaths,
  comparing,
  depths,
  find,
  forgetStory,
  pullRequest,
  shaOf,
  tell,
  textOf,
} from './test/story.ts'

afterAll(forgetStory)

let story: Story
beforeEach(() => {
  story = tell()
})

describe.each(depths)('findBase, pull request in a %s clone', (depth) => {
  it('takes the first parent of the merge commit', async () => {
    const found = await find(checkOut(story.remote, story.merge, depth), {
      event: pullRequest(story, 'pull_request'),
    })
    const short = story.main.slice(0, 7)
    expect(found.base).toEqual({
      kind: 'found',
      sha: story.main,
      ref: 'main',
      message: `Base is \`main\` at ${short}, the merge commit's first parent.`,
    })
    expect(await changedPaths(found)).toEqual(['topic.py'])
  })

  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])(
    'takes the merge base when the head is checked out (%s)',
    async (name) => {
      const found = await find(checkOut(story.remote, story.topic, depth), {
        event: pullRequest(story, name),
      })
      expect(shaOf(found)).toBe(story.fork)
      expect(textOf(found)).toBe(`Base is ${story.fork.slice(0, 7)}, the merge base with \`main\`.`)
      expect(await changedPaths(found)).toEqual(['topic.py'])
    },
  )

  it('does not charge what the author merged in from the base branch', async () => {
    const merged = mergeMainIntoTopic()
    const found = await find(checkOut(story.remote, merged, depth), {
      event: pullRequest(story, 'pull_request'),
    })
    expect(shaOf(found)).toBe(story.main)
    expect(await changedPaths(found)).toEqual(['topic.py'])
  })

  it('says that nothing is new when pull_request_target checked out the base', async () => {
    const fields = { sha: story.main, ref: 'refs/heads/main' }
    const found = await find(checkOut(story.remote, story.main, depth), {
      event: pullRequest(story, 'pull_request_target', fields),
    })
    expect(shaOf(found)).toBe(story.main)
    expect(textOf(found)).toContain('`pull_request_target` checks out the base branch')
  })

  it('leaves the working tree and the branches as they were', async () => {
    const folder = checkOut(story.remote, story.topic, depth)
    const before = git(folder, 'for-each-ref')
    await find(folder, { event: pullRequest(story, 'pull_request') })
    expect(git(folder, 'for-each-ref')).toBe(before)
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(git(folder, 'rev-parse', '--is-shallow-repository')).toBe(String(depth === 'shallow'))
  })
})

function mergeMainIntoTopic(): string {
  git(story.author, 'checkout', '--quiet', 'topic')
  git(story.author, 'merge', '--quiet', '--no-edit', 'main')
  git(story.author, 'push', '--quiet', 'origin', 'topic')
  return git(story.author, 'rev-parse', 'HEAD')
}

describe('findBase, pull request', () => {
  it('asks GitHub for the merge base rather than fetch history', async () => {
    const api = comparing(story)
    const folder = checkOut(story.remote, story.topic, 'shallow')
    const found = await find(folder, { event: pullRequest(story, 'pull_request'), github: api })
    expect(shaOf(found)).toBe(story.fork)
    expect(api.paths).toEqual([`/repos/o/r/compare/main...${story.topic}?per_page=1&page=2`])
    expect(await changedPaths(found)).toEqual(['topic.py'])
  })

  it('fetches commits when GitHub does not answer', async () => {
    const refusing: GithubApi = { request: () => Promise.reject(new GithubError(403, 'forbidden')) }
    const folder = checkOut(story.remote, story.topic, 'shallow')
    const found = await find(folder, { event: pullRequest(story, 'pull_request'), github: refusing })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('does not take a merge commit of the author for the test merge', async () => {
    git(story.author, 'checkout', '--quiet', '--detach', story.topic)
    const evil = commitTree(story.author, { 'topic.py': 'z = 2\n', 'evil.py': 'hidden = 1\n' })
    const tree = git(story.author, 'rev-parse', `${evil}^{tree}`)
    const crafted = git(
      story.author,
      'commit-tree',
      '-p',
      evil,
      '-p',
      story.topic,
      '-m',
      `Merge ${story.topic} into ${evil}`,
      tree,
    )
    git(story.author, 'push', '--quiet', 'origin', `${crafted}:refs/heads/crafted`)
    const found = await find(checkOut(story.remote, crafted, 'shallow'), {
      event: pullRequest(story, 'pull_request'),
    })
    expect(await changedPaths(found)).toEqual(['evil.py', 'topic.py'])
  })

  it('does not take the tip of the base branch for the test merge when it is a merge commit itself', async () => {
    git(story.author, 'checkout', '--quiet', 'main')
    git(story.author, 'merge', '--quiet', '--no-ff', '--no-edit', story.topicFirst)
    git(story.author, 'push', '--quiet', 'origin', 'main')
    const tip = git(story.author, 'rev-parse', 'main')
    const found = await find(checkOut(story.remote, tip, 'shallow'), {
      event: pullRequest(story, 'pull_request_target', { sha: tip, ref: 'refs/heads/main' }),
    })
    expect(shaOf(found)).toBe(tip)
  })

  it('finds a merge base that is far away', async () => {
    git(story.author, 'checkout', '--quiet', 'topic')
    for (let index = 0; index < 80; index += 1)
      git(story.author, 'commit', '--quiet', '--allow-empty', '-m', 'more')
    git(story.author, 'push', '--quiet', 'origin', 'topic')
    const far = git(story.author, 'rev-parse', 'HEAD')
    const found = await find(checkOut(story.remote, far, 'shallow'), {
      event: pullRequest(story, 'pull_request'),
    })
    expect(shaOf(found)).toBe(story.fork)
  })

  it('does not take an older common commit for the merge base when the nearer one is cut off', async () => {
    // main: fork - main; topic reaches `fork` by a short way and `main` only by a way of 80 commits.
    git(story.author, 'checkout', '--quiet', '-b', 'long', 'main')
    for (let index = 0; index < 80; index += 1)
      git(story.author, 'commit', '--quiet', '--allow-empty', '-m', 'more')
    git(story.author, 'checkout', '--quiet', '-b', 'both', story.topic)
    git(story.author, 'merge', '--quiet', '--no-edit', 'long')
    git(story.author, 'push', '--quiet', 'origin', 'both')
    const head = git(story.author, 'rev-parse', 'HEAD')
    const found = await find(checkOut(story.remote, head, 'shallow'), {
      event: pullRequest(story, 'pull_request'),
    })
    expect(shaOf(found)).toBe(story.main)
  })

  it('says what to do when the base cannot be fetched', async () => {
    const folder = checkOut(story.remote, story.merge, 'shallow')
    git(folder, 'remote', 'set-url', 'origin', 'file:///nonexistent/of/the/test')
    const found = await find(folder, { event: pullRequest(story, 'pull_request') })
    expect(found.base.kind).toBe('none')
    expect(textOf(found)).toContain(`The base is commit ${story.main.slice(0, 7)}`)
    expect(textOf(found)).toContain('`fetch-depth: 0`')
  })

  it.each(['merge', 'topic'] as const)('touches no network when offline (%s)', async (what) => {
    const folder = checkOut(story.remote, story[what], 'shallow')
    const found = await find(folder, {
      event: pullRequest(story, 'pull_request'),
      offline: true,
      github: comparing(story),
    })
    expect(found.base.kind).toBe('none')
    expect(textOf(found)).toContain('`offline` forbids')
  })

  it('falls back to the default branch of the remote when the payload is not what it should be', async () => {
    const payload = {
      pull_request: { number: '7', head: { sha: '--upload-pack=x' }, base: { ref: '-x', sha: 1 } },
    }
    const folder = checkOut(story.remote, story.topic, 'full')
    const found = await find(folder, { event: event('pull_request', { payload }) })
    expect(shaOf(found)).toBe(story.fork)
  })
})
