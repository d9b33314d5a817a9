import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { GithubError, UnavailableError } from '../../action/errors.ts'
import { createHttp } from '../node/http.ts'
import { recordingClock } from '../recording/clock.ts'
import { githubApi } from './api.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

type Answer = readonly [status: number, headers?: Record<string, string>, body?: string]

/** A GitHub that gives one answer after the other, the last one for ever. */
async function open(answers: readonly Answer[], cancelled: AbortSignal = new AbortController().signal) {
  const seen: string[] = []
  const requests: IncomingMessage[] = []
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, headers = {}, body = '{"message": "said so"}'] = answers[
      Math.min(seen.length, answers.length - 1)
    ] ?? [500]
    requests.push(request)
    seen.push(`${request.method} ${request.url} ${await text(request)}`.trim())
    if (status === 0) response.destroy()
    else response.writeHead(status, headers).end(body)
  }
  const listening = createServer(answer)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const clock = recordingClock(Date.UTC(2026, 0, 1))
  const api = githubApi({
    http: createHttp({}),
    clock,
    cancelled,
    token: 'the-token',
    baseUrl: `http://127.0.0.1:${port}/api/v3/`,
  })
  return { api, seen, requests, clock, waited: () => clock.monotonic() / 1000 }
}

const ok: Answer = [200, {}, '{"id": 7}']

describe('a request', () => {
  test('goes to the base address with token and JSON', async () => {
    const { api, seen, requests } = await open([ok])
    expect(await api.request('POST', '/repos/o/r/check-runs', { name: 'ä' })).toEqual({ id: 7 })
    expect(seen).toEqual(['POST /api/v3/repos/o/r/check-runs {"name":"ä"}'])
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer the-token',
      'content-type': 'application/json',
    })
  })

  test('may be answered without content', async () => {
    const { api } = await open([[204, {}, '']])
    expect(await api.request('DELETE', '/x')).toBeNull()
  })

  test('answered by something that is no JSON is not trusted', async () => {
    const { api } = await open([[200, {}, '<html>']])
    await expect(api.request('GET', '/x')).rejects.toThrow(UnavailableError)
  })
})

describe('a retry', () => {
  test.each<[string, Answer, number]>([
    ['429 with Retry-After in seconds', [429, { 'retry-after': '7' }], 7],
    ['429 with Retry-After as a date', [429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }], 9],
    ['403 with Retry-After', [403, { 'retry-after': '3' }], 3],
    [
      '403 of a secondary limit without a time',
      [403, {}, '{"message": "You have exceeded a secondary rate limit."}'],
      60,
    ],
    [
      '403 with nothing left until soon',
      [
        403,
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.UTC(2026, 0, 1, 0, 0, 20) / 1000) },
      ],
      21,
    ],
    ['502', [502], 1],
    ['503 with Retry-After', [503, { 'retry-after': '5' }], 5],
    ['a connection that breaks', [0], 1],
  ])('after %s', async (_, refusal, seconds) => {
    const { api, seen, waited } = await open([refusal, ok])
    expect(await api.request('PATCH', '/x', {})).toEqual({ id: 7 })
    expect(seen.length).toBe(2)
    expect(waited()).toBe(seconds)
  })

  test('waits longer each time, and ends', async () => {
    const { api, seen, waited } = await open([[500]])
    await expect(api.request('GET', '/x')).rejects.toThrow("GitHub's API: answered 500, 6 times in a row")
    expect(seen.length).toBe(6)
    expect(waited()).toBe(1 + 2 + 4 + 8 + 16)
  })

  test('is not made where the limit lasts longer than two minutes, in one piece or in several', async () => {
    const long = await open([[429, { 'retry-after': '3600' }]])
    await expect(long.api.request('GET', '/x')).rejects.toThrow('a re-run helps in about 60 minutes')
    expect([long.seen.length, long.waited()]).toEqual([1, 0])
    const several = await open([[429, { 'retry-after': '50' }]])
    await expect(several.api.request('GET', '/x')).rejects.toThrow(UnavailableError)
    expect([several.seen.length, several.waited()]).toEqual([3, 100])
  })

  test.each([0, 502, 504])('is not made of a POST whose answer was lost (%i)', async (status) => {
    const { api, seen } = await open([[status], ok])
    await expect(api.request('POST', '/x', {})).rejects.toThrow(UnavailableError)
    expect(seen.length).toBe(1)
  })

  test.each([500, 503, 429])('is made of a POST that was turned away (%i)', async (status) => {
    const { api, seen } = await open([[status, { 'retry-after': '1' }], ok])
    expect(await api.request('POST', '/x', {})).toEqual({ id: 7 })
    expect(seen.length).toBe(2)
  })

  test('ends with cancellation, also while it waits', async () => {
    const cancel = new AbortController()
    const { api, seen, clock, waited } = await open([[429, { 'retry-after': '60' }]], cancel.signal)
    const { sleep } = clock
    Object.assign(clock, {
      sleep: async (ms: number) => {
        await sleep(ms)
        if (waited() >= 3) cancel.abort()
      },
    })
    await expect(api.request('GET', '/x')).rejects.toThrow(UnavailableError)
    expect(waited()).toBeLessThan(4)
    expect(seen.length).toBeLessThanOrEqual(2)
  })

  test('is not made after cancellation', async () => {
    const { api, seen, waited } = await open([[503]], AbortSignal.abort())
    await expect(api.request('GET', '/x')).rejects.toThrow(UnavailableError)
    expect([seen.length, waited()]).toEqual([1, 0])
  })
})

describe('a refusal', () => {
  test.each<[string, 'GET' | 'POST', string, Answer, string]>([
    [
      'names the permission that GitHub names',
      'POST',
      '/repos/o/r/x',
      [403, { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }],
      '`issues: write` or `pull-requests: write`',
    ],
    [
      'names all that are needed together',
      'POST',
      '/repos/o/r/x',
      [403, { 'x-accepted-github-permissions': 'contents=write,workflows=write' }],
      '`contents: write` and `workflows: write`',
    ],
    ['knows check runs', 'POST', '/repos/o/r/check-runs', [403], '`checks: write`'],
    ['knows comments', 'POST', '/repos/o/r/issues/7/comments', [403], '`pull-requests: write`'],
    ['knows SARIF', 'POST', '/repos/o/r/code-scanning/sarifs', [403], '`security-events: write`'],
    ['explains what is not found', 'GET', '/repos/o/r/contents/a?ref=b', [404], '`contents: read`'],
    ['explains a bad token', 'GET', '/x', [401], 'wrong or has expired'],
    [
      'passes on what was wrong',
      'POST',
      '/x',
      [
        422,
        {},
        '{"message": "Invalid request.", "errors": ["No more than 50 annotations", {"message": "too long"}]}',
      ],
      'Invalid request.; No more than 50 annotations; too long',
    ],
  ])('%s', async (_, method, path, answer, expected) => {
    const { api, seen } = await open([answer])
    const failure = await api.request(method, path, {}).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(GithubError)
    expect(failure).toMatchObject({ status: answer[0], message: expect.stringContaining(expected) })
    expect(failure).toMatchObject({ message: expect.stringContaining(`${method} ${path.split('?')[0]}`) })
    expect(seen.length).toBe(1)
  })
})
