import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
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

function zipped(log: object): string {
  return gzipSync(JSON.stringify(log)).toString('base64')
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

  test.for([
    ['a good file', {}, 202],
    ['a ref that is none', { ref: 'main' }, 422],
    ['a commit that is none', { commit_sha: 'main' }, 422],
    ['a key that it does not know', { category: 'x' }, 422],
    ['what is not compressed', { sarif: btoa('{"runs":[]}') }, 400],
    ['more than 10 MB', { sarif: randomBytes(10 * 1024 * 1024 + 1).toString('base64') }, 413],
  ] as const)('answers an upload of %s', async ([, change, status]) => {
    github = await startFakeGithub()
    const upload = {
      commit_sha: SHA,
      ref: 'refs/heads/main',
      checkout_uri: 'file:///w/',
      sarif: zipped({ runs: [] }),
    }
    expect(await send('POST', '/code-scanning/sarifs', { ...upload, ...change })).toBe(status)
    expect(github.analyses).toHaveLength(status === 202 ? 1 : 0)
  })

  test('says while it processes a file what is wrong in it', async () => {
    github = await startFakeGithub()
    const run = {
      tool: {
        driver: { name: 'Bandit', rules: [{ id: 'B1', properties: { 'security-severity': 'High' } }] },
      },
      automationDetails: { id: 'scan/bandit/' },
      results: [
        {},
        { locations: [{}] },
        { locations: [{ physicalLocation: { artifactLocation: { uri: 'git://x/y' } } }] },
        { locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }] },
      ],
    }
    const sarif = zipped({ runs: [run, run] })
    await send('POST', '/code-scanning/sarifs', {
      commit_sha: SHA,
      ref: 'refs/heads/main',
      checkout_uri: 'file:///w/',
      sarif,
    })
    expect(github.analyses[0]?.errors).toEqual([
      'A delivery cannot contain multiple runs with the same category',
      'could not convert rules: invalid security severity value, is not a number',
      'locationFromSarifResult: expected at least one location',
      'locationFromSarifResult: expected artifact location',
      'SARIF URI scheme "git" did not match the checkout URI scheme "file"',
      'an invalid URI was provided as a SARIF location',
    ])
  })

  test('asks for a token, and lets a token of a fork read only', async () => {
    github = await startFakeGithub({ token: 'read' })
    expect(await send('POST', '/issues/7/comments', { body: 'x' }, '')).toBe(401)
    expect(await send('POST', '/issues/7/comments', { body: 'x' })).toBe(403)
    expect(github.comments).toEqual([])
  })
})
