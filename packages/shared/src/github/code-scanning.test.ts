import { describe, expect, it } from 'vitest'
import { GithubError, UnavailableError } from '../action/errors.ts'
import { recordingClock } from '../host/recording/index.ts'
import { renderSarif } from '../report/sarif.ts'
import { sampleFinding } from '../report/test/builders.ts'
import { manyReport } from '../report/test/sample-reports.ts'
import { fitsCodeScanning, uploadSarif } from './code-scanning.ts'
import type { FakeOptions } from './test/fake-github.ts'
import { fakeGithub } from './test/fake-github.ts'

const event = {
  name: 'push',
  payload: {},
  repository: 'o/r',
  serverUrl: 'https://github.com',
  sha: 'c'.repeat(40),
  ref: 'refs/heads/main',
  runId: '1',
  runAttempt: 1,
  workflow: 'w',
  job: 'j',
  action: 'a',
  matrix: '',
  actor: 'ada',
}
const fileOf = (tool: string) =>
  renderSarif({ ...manyReport, tools: [], findings: [sampleFinding({ tool })] })

async function upload(
  options: FakeOptions & { readonly files?: readonly string[]; readonly cancelAfter?: number } = {},
) {
  const api = fakeGithub(options)
  const clock = recordingClock(0)
  const cancel = new AbortController()
  const { sleep } = clock
  Object.assign(clock, {
    sleep: async (ms: number) => {
      await sleep(ms)
      if (clock.monotonic() >= (options.cancelAfter ?? Number.POSITIVE_INFINITY)) cancel.abort()
    },
  })
  const problems = await uploadSarif(
    { api, event, clock, cancelled: cancel.signal },
    {
      sha: event.sha,
      ref: event.ref,
      files: options.files ?? [fileOf('bandit')],
      checkoutUri: 'file:///workspace/',
      toolName: 'Security scan',
    },
  )
  return { problems, api, seconds: clock.monotonic() / 1000 }
}

describe('uploadSarif', () => {
  it('sends what was scanned, and waits until it is accepted', async () => {
    const { problems, api, seconds } = await upload({ codeScanning: { pendingFor: 2 } })
    expect(problems).toEqual([])
    expect(seconds).toBe(35)
    const [analysis] = api.analyses
    expect(analysis).toMatchObject({
      sha: event.sha,
      ref: 'refs/heads/main',
      checkoutUri: 'file:///workspace/',
    })
    expect(analysis?.text).toBe(fileOf('bandit'))
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET'])
  })

  it('sends all files before it waits', async () => {
    const { problems, api, seconds } = await upload({ files: ['a', 'b', 'c'].map(fileOf) })
    expect(problems).toEqual([])
    expect(seconds).toBe(5)
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'GET', 'GET', 'GET'])
  })

  it('gives up after 155 seconds, and says where to look', async () => {
    const { problems, api, seconds } = await upload({ codeScanning: { pendingFor: 99 } })
    expect(seconds).toBe(155)
    expect(api.requests).toHaveLength(6)
    expect(problems).toEqual([expect.stringContaining('not processed them within 155 seconds')])
  })

  it('ends with a cancellation', async () => {
    const { problems, seconds } = await upload({ codeScanning: { pendingFor: 99 }, cancelAfter: 20_000 })
    expect(seconds).toBeLessThan(21)
    expect(problems).toEqual(['the run was cancelled before GitHub had processed the results'])
  })

  it.each([
    [
      'rejecting SARIF, as there are more runs than allowed (21 > 20)',
      'could not process the results: rejecting SARIF, as',
    ],
    ['an invalid URI was provided as a SARIF location', 'no valid address; that is an error in ci-actions'],
    [
      'locationFromSarifResult: expected artifact location',
      'a result has no place; that is an error in ci-actions',
    ],
    ['expected at least one location', 'a result has no place'],
    [
      'could not convert rules: invalid security severity value, is not a number',
      'a severity that is no number',
    ],
    ['SARIF URI scheme "git" did not match the checkout URI scheme "file"', 'a place is not in the checkout'],
    ['rejecting delivery as the repository has too many logical alerts', 'delete analyses of tools'],
    ['A delivery cannot contain multiple runs with the same category', 'an `id` of its own'],
    [
      'CodeQL analyses from advanced configurations cannot be processed when the default setup is enabled',
      'turn one of them off',
    ],
    ['something new \u001b[31m', 'GitHub could not process the results: something new \\u{1b}[31m'],
  ])('explains the rejection %j', async (said, expected) => {
    const { problems } = await upload({ codeScanning: { errors: [said, said] } })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(expected)
  })

  it.each([
    [403, 'Resource not accessible by integration', 'the `token` has no `security-events: write`'],
    [403, 'Code Security must be enabled for this repository to use code scanning.', 'code scanning is off'],
    [
      403,
      'Advanced Security must be enabled for this repository to use code scanning.',
      'Settings › Advanced Security',
    ],
    [404, 'Not Found', 'code scanning is off for this repository'],
    [404, 'commit not found', 'push it before it is scanned'],
    [413, 'Payload Too Large', 'larger than GitHub takes'],
    [422, 'A delivery cannot contain multiple runs with the same category', 'an `id` of its own'],
    [422, 'Invalid request.', 'GitHub refused it (422: Invalid request.)'],
    [401, 'Bad credentials', 'wrong or has expired'],
  ])('explains a refusal with %i and %j, and does not try again', async (status, message, expected) => {
    const { problems, api } = await upload({
      files: ['a', 'b'].map(fileOf),
      refuse: () => new GithubError(status, message),
    })
    expect(problems).toEqual([expect.stringContaining(expected)])
    expect(problems[0]).toContain('(2 files of 2 not sent)')
    expect(api.requests).toHaveLength(1)
  })

  it('says what became of the files before the one that was refused', async () => {
    let posts = 0
    const { problems, api } = await upload({
      files: ['a', 'b', 'c'].map(fileOf),
      codeScanning: { errors: ['too many logical alerts'] },
      refuse: ({ method }) => {
        if (method === 'POST') posts += 1
        return method === 'POST' && posts === 2 ? new GithubError(413, 'Payload Too Large') : undefined
      },
    })
    expect(problems).toEqual([
      expect.stringMatching(/larger than GitHub takes.*\(2 files of 3 not sent\)/),
      expect.stringContaining('delete analyses'),
    ])
    expect(api.analyses).toHaveLength(1)
  })

  it('does not call accepted what nobody could be asked about', async () => {
    const { problems } = await upload({
      refuse: ({ method }) => {
        if (method === 'GET') throw new UnavailableError("GitHub's API", 'answered 500')
        return undefined
      },
    })
    expect(problems).toEqual(["whether GitHub accepts the results is not known: GitHub's API: answered 500"])
  })

  it('asks again where GitHub does not know the file yet', async () => {
    let asked = 0
    const { problems, seconds } = await upload({
      refuse: ({ method }) => {
        if (method === 'GET') asked += 1
        return asked === 1 ? new GithubError(404, 'Not Found') : undefined
      },
    })
    expect({ problems, seconds }).toEqual({ problems: [], seconds: 15 })
  })

  it('knows what fits', () => {
    expect(fitsCodeScanning('x'.repeat(30_000_000))).toBe(true)
    let state = 1
    const noise = Array.from({ length: 2_000_000 }, () => {
      state = (state * 48_271) % 2_147_483_647
      return state.toString(36)
    }).join('')
    expect(fitsCodeScanning(noise.slice(0, 9_000_000))).toBe(true)
    expect(fitsCodeScanning(noise.repeat(2))).toBe(false)
  })
})
