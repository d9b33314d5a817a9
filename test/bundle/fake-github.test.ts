import { afterEach, describe, expect, test } from 'vitest'
import type { FakeGithub } from './fake-github.ts'
import { startFakeGithub } from './fake-github.ts'

let github: FakeGithub | undefined
afterEach(() => github?.close())

const SHA = 'a'.repeat(40)
const annotation = { path: 'a.py', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'x' }

async function send(method: string, path: string, body: unknown, token = 'token t'): Promise<number> {
  const headers = { authorization: token, 'content-type': 'application/json' }
  const response = await fetch(`${github?.url}/repos/acme/orders-service${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  })
  await response.text()
  return response.status
}

function checkRun(output: object): object {
  return {
    name: 'quality',
    head_sha: SHA,
    status: 'completed',
    conclusion: 'neutral',
    output: { title: 't', summary: 's', ...output },
  }
}

describe('the fake GitHub', () => {
  test.for([
    ['51 annotations', { annotations: Array.from({ length: 51 }, () => annotation) }],
    ['columns on several lines', { annotations: [{ ...annotation, end_line: 2, start_column: 1 }] }],
    ['a summary above 65,535 characters', { summary: 'x'.repeat(65_536) }],
    ['an absolute path', { annotations: [{ ...annotation, path: '/a.py' }] }],
    ['lines out of order', { annotations: [{ ...annotation, start_line: 3 }] }],
  ] as const)('refuses %s', async ([, output]) => {
    github = await startFakeGithub()
    expect(await send('POST', '/check-runs', checkRun(output))).toBe(422)
    expect(github.checkRuns).toEqual([])
  })

  test('keeps what is within the limits, and adds the pages of annotations up', async () => {
    github = await startFakeGithub()
    const page = { annotations: Array.from({ length: 50 }, () => annotation), summary: 'x'.repeat(65_535) }
    expect(await send('POST', '/check-runs', checkRun(page))).toBe(201)
    expect(
      await send('PATCH', '/check-runs/1', {
        output: { title: 't', summary: 's', annotations: [annotation] },
      }),
    ).toBe(200)
    expect(github.checkRuns[0]?.annotations).toHaveLength(51)
  })

  test('knows comments, refuses empty and too long ones', async () => {
    github = await startFakeGithub()
    expect(await send('POST', '/issues/7/comments', { body: 'one' })).toBe(201)
    expect(await send('PATCH', '/issues/comments/1', { body: 'two' })).toBe(200)
    expect(await send('POST', '/issues/7/comments', { body: ' ' })).toBe(422)
    expect(await send('POST', '/issues/7/comments', { body: 'x'.repeat(65_537) })).toBe(422)
    expect(github.comments.map((comment) => comment.body)).toEqual(['two'])
  })

  test('asks for a token, and lets a token of a fork read only', async () => {
    github = await startFakeGithub({ token: 'read' })
    expect(await send('POST', '/issues/7/comments', { body: 'x' }, '')).toBe(401)
    expect(await send('POST', '/issues/7/comments', { body: 'x' })).toBe(403)
    expect(github.comments).toEqual([])
  })
})
