import { describe, expect, it } from 'vitest'
import { GithubError } from '../action/errors.ts'
import type { CommentRequest } from './comment.ts'
import { commentMarker, publishComment } from './comment.ts'
import type { FakeComment } from './test/fake-github.ts'
import { actionsBot, fakeGithub } from './test/fake-github.ts'

const marker = commentMarker('quality-gate/ci/lint/default')
const person = { login: 'mallory', type: 'User' } as const
const request: CommentRequest = {
  repository: 'o/r',
  issue: 7,
  body: 'Failed.',
  marker,
  when: 'always',
  failed: true,
}

function comment(id: number, body: string, user: FakeComment['user'] = actionsBot): FakeComment {
  return { id, body, user, html_url: `https://github.com/o/r/pull/7#issuecomment-${id}` }
}

describe('publishComment', () => {
  it('creates one comment that is found again', async () => {
    const api = fakeGithub({ comments: [comment(1, 'LGTM', person)] })
    expect(await publishComment(api, request)).toMatchObject({ done: 'created' })
    expect(await publishComment(api, { ...request, body: 'Passed.', failed: false })).toEqual({
      done: 'updated',
      url: 'https://github.com/o/r/pull/7#issuecomment-1001',
    })
    expect(api.comments.map(({ body }) => body)).toEqual(['LGTM', `${marker}\nPassed.`])
  })

  it('writes nothing when nothing changed', async () => {
    const api = fakeGithub({ comments: [comment(1, `${marker}\r\nFailed.`)] })
    expect(await publishComment(api, request)).toMatchObject({ done: 'unchanged' })
    expect(api.writes()).toEqual([])
  })

  it('keeps the marker where the body has it', async () => {
    const api = fakeGithub()
    await publishComment(api, { ...request, body: `Failed.\n${marker}\n` })
    expect(api.comments[0]?.body).toBe(`Failed.\n${marker}`)
    expect(await publishComment(api, { ...request, body: `Passed.\n${marker}` })).toMatchObject({
      done: 'updated',
    })
  })

  it('finds its comment behind many others', async () => {
    const others = Array.from({ length: 230 }, (_, index) => comment(index + 1, 'hello', person))
    const api = fakeGithub({ comments: [...others, comment(900, `${marker}\nold`)] })
    expect(await publishComment(api, request)).toMatchObject({ done: 'updated' })
    expect(api.writes()).toEqual(['PATCH /repos/o/r/issues/comments/900'])
    expect(
      api.requests.filter(({ method, path }) => method === 'GET' && path.includes('comments')),
    ).toHaveLength(3)
  })

  it('stops looking at some point', async () => {
    const others = Array.from({ length: 5000 }, (_, index) => comment(index + 1, 'hello', person))
    const api = fakeGithub({ comments: others })
    expect(await publishComment(api, request)).toMatchObject({ done: 'created' })
    expect(api.requests).toHaveLength(31)
  })

  it.each([
    ['a person that copied the marker', `${marker}\nI am green`, person],
    ['a bot that quotes it', `> ${marker}\nsomeone said`, actionsBot],
    ['another use of the action', `${commentMarker('other')}\nx`, actionsBot],
  ])('does not touch a comment of %s', async (_, body, user) => {
    const api = fakeGithub({ comments: [comment(1, body, user)] })
    expect(await publishComment(api, request)).toMatchObject({ done: 'created' })
    expect(api.comments[0]?.body).toBe(body)
  })

  it("with a person's token, touches that person's comments only", async () => {
    const self = { login: 'ada', type: 'User' } as const
    const comments = [
      comment(1, `${marker}\nx`, actionsBot),
      comment(2, `${marker}\nx`, person),
      comment(3, `${marker}\nx`, self),
    ]
    const api = fakeGithub({ comments, self })
    await publishComment(api, request)
    expect(api.writes()).toEqual(['PATCH /repos/o/r/issues/comments/3'])
  })

  it('on failure only: is silent about a good verdict, and turns an earlier comment green', async () => {
    const good = { ...request, when: 'on-failure', failed: false, body: 'Passed.' } as const
    const silent = fakeGithub()
    expect(await publishComment(silent, good)).toEqual({ done: 'nothing' })
    expect(silent.writes()).toEqual([])
    const earlier = fakeGithub({ comments: [comment(1, `${marker}\nFailed.`)] })
    expect(await publishComment(earlier, good)).toMatchObject({ done: 'updated' })
    expect(earlier.comments.map(({ body }) => body)).toEqual([`${marker}\nPassed.`])
    expect(await publishComment(fakeGithub(), { ...good, failed: true })).toMatchObject({ done: 'created' })
  })

  it('creates a new one when the old one was deleted meanwhile', async () => {
    const api = fakeGithub({
      comments: [comment(1, `${marker}\nold`)],
      refuse: ({ method }) => (method === 'PATCH' ? new GithubError(404, 'Not Found') : undefined),
    })
    expect(await publishComment(api, request)).toMatchObject({ done: 'created' })
  })

  it('passes a refusal on', async () => {
    const refuse = ({ method }: { method: string }): GithubError | undefined =>
      method === 'POST' ? new GithubError(403, 'Resource not accessible by integration') : undefined
    await expect(publishComment(fakeGithub({ refuse }), request)).rejects.toThrow('not accessible')
  })

  it.each(['€', 'x', '😀'])('keeps to the longest body (%s)', async (character) => {
    const api = fakeGithub()
    const body = `${character.repeat(70_000)}\n${marker}`
    expect(await publishComment(api, { ...request, body })).toMatchObject({ done: 'created' })
    expect(api.comments[0]?.body.startsWith(`${marker}\n`)).toBe(true)
    expect(api.comments[0]?.body.endsWith(`${character}…`)).toBe(true)
  })
})

describe('commentMarker', () => {
  it('is one HTML comment, whatever the key, and differs where the key does', () => {
    for (const key of ['a --> <script>', 'a\nb', 'ü', '--', '\ud800']) {
      expect(commentMarker(key)).toMatch(/^<!-- ci-actions: [^\s<>-]+ -->$/)
    }
    expect(commentMarker('a-b')).not.toBe(commentMarker('a_b'))
  })
})
