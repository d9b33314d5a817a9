import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Annotation } from '../report/annotation.ts'
import type { CheckRunRequest } from './check-run.ts'
import { publishCheckRun } from './check-run.ts'
import { fakeGithub } from './test/fake-github.ts'

const request: CheckRunRequest = {
  repository: 'o/r',
  sha: 'a'.repeat(40),
  name: 'Quality gate',
  externalId: 'quality-gate/ci/lint/default',
  title: 'Passed',
  summary: 'All good.',
  annotations: [],
}

function annotations(count: number): readonly Annotation[] {
  return Array.from({ length: count }, (_, index) => ({
    level: 'error',
    title: 'F401',
    message: `m${index}`,
    path: 'a.py',
    line: index + 1,
  }))
}

describe('publishCheckRun', () => {
  it('creates a completed neutral run on the commit', async () => {
    const api = fakeGithub()
    const published = await publishCheckRun(api, {
      ...request,
      detailsUrl: 'https://github.com/o/r/actions/runs/1',
    })
    expect(published).toEqual({ id: 41, url: 'https://github.com/o/r/runs/41', sent: 0, notSent: 0 })
    expect(api.requests).toEqual([
      {
        method: 'POST',
        path: '/repos/o/r/check-runs',
        body: {
          name: 'Quality gate',
          head_sha: 'a'.repeat(40),
          external_id: 'quality-gate/ci/lint/default',
          details_url: 'https://github.com/o/r/actions/runs/1',
          status: 'completed',
          conclusion: 'neutral',
          output: { title: 'Passed', summary: 'All good.', annotations: [] },
        },
      },
    ])
  })

  it.each([
    [50, 1],
    [51, 2],
    [120, 3],
  ])('sends %i annotations in %i requests, each once and in order', async (count, requests) => {
    const api = fakeGithub()
    const published = await publishCheckRun(api, { ...request, annotations: annotations(count) })
    expect(api.requests.map(({ method }) => method)).toEqual(['POST', ...Array(requests - 1).fill('PATCH')])
    expect(api.annotations.map(({ message }) => message)).toEqual(
      annotations(count).map(({ message }) => message),
    )
    expect(published).toMatchObject({ sent: count, notSent: 0 })
  })

  it('bounds the requests and says what is not shown', async () => {
    const api = fakeGithub()
    const all = { ...request, summary: 'ü'.repeat(65_535), annotations: annotations(2501) }
    expect(await publishCheckRun(api, all)).toMatchObject({ sent: 2500, notSent: 1 })
    expect(api.requests).toHaveLength(50)
    expect(api.requests[0]?.body).toMatchObject({
      output: { summary: expect.stringMatching(/…\n\nShowing 2,500 of 2,501 annotations\.$/) },
    })
  })

  it('names lines and columns as GitHub takes them', async () => {
    const api = fakeGithub()
    const place = { title: '', message: 'm', path: 'a.py' }
    await publishCheckRun(api, {
      ...request,
      annotations: [
        { ...place, level: 'error', line: 3, column: 5, endColumn: 9 },
        { ...place, level: 'warning', line: 3, endLine: 4, column: 5, endColumn: 2 },
        { ...place, level: 'notice', line: 3, column: 5 },
        { ...place, level: 'notice', line: 3, endLine: 2 },
        { level: 'error', title: 'ruff failed', message: '' },
      ],
    })
    const common = { path: 'a.py', message: 'm' }
    expect(api.annotations).toEqual([
      { ...common, start_line: 3, end_line: 3, start_column: 5, end_column: 9, annotation_level: 'failure' },
      { ...common, start_line: 3, end_line: 4, annotation_level: 'warning' },
      { ...common, start_line: 3, end_line: 3, start_column: 5, end_column: 5, annotation_level: 'notice' },
      { ...common, start_line: 3, end_line: 3, annotation_level: 'notice' },
      {
        path: '.github',
        start_line: 1,
        end_line: 1,
        annotation_level: 'failure',
        message: 'ruff failed',
        title: 'ruff failed',
      },
    ])
  })

  it('sends nothing that GitHub refuses, whatever the texts', async () => {
    const long = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(70_000))
      .map(([text, size]) => text.repeat(Math.ceil(size / text.length)))
    const texts = fc.record({ title: long, summary: long, text: long, message: long })
    await fc.assert(
      fc.asyncProperty(texts, async ({ title, summary, text, message }) => {
        const one = { level: 'error', title, message, path: 'a.py', line: 1 } as const
        const given = { ...request, title: title || 'x', summary: summary || 'x', text, annotations: [one] }
        await expect(publishCheckRun(fakeGithub(), given)).resolves.toMatchObject({ id: 41 })
      }),
      { numRuns: 60 },
    )
  })
})
