import { describe, expect, it } from 'vitest'
import { GithubError } from '../action/errors.ts'
import type { Files } from '../host/ports.ts'
import { memoryFiles, recordingHost } from '../host/recording/index.ts'
import { publishReport } from './publish.ts'
import { sampleFinding } from './test/builders.ts'
import { failedReport, manyReport, passedReport } from './test/sample-reports.ts'
import { utf8Bytes } from './visible.ts'

const off = { reportFolder: '/workspace/report', checkRun: false, comment: 'off', files: {} } as const
const pullRequest = {
  name: 'pull_request',
  payload: {
    pull_request: {
      number: 7,
      head: { sha: 'a'.repeat(40), repo: { full_name: 'octo/orders' } },
      base: { sha: 'b'.repeat(40), ref: 'main', repo: { full_name: 'octo/orders' } },
    },
  },
}

describe('publishReport', () => {
  it('leaves the evidence, the summary and the annotations', async () => {
    const host = recordingHost()
    expect(await publishReport(manyReport, host, { ...off, files: { 'fixes/ruff.patch': 'diff' } })).toEqual(
      [],
    )
    const files = host.recorded.files()
    expect(Object.keys(files).toSorted()).toEqual(
      ['fixes/ruff.patch', 'report.html', 'result.json', 'results.sarif', 'summary.md'].map(
        (name) => `/workspace/report/${name}`,
      ),
    )
    expect(JSON.parse(files['/workspace/report/result.json'] ?? '').findings).toHaveLength(312)
    expect(host.recorded.summary()).toBe(files['/workspace/report/summary.md'])
    expect(host.recorded.annotations).toHaveLength(28)
    expect(host.recorded.annotations.at(-1)?.message).toContain('27 of 312')
  })

  it('leaves the summary of earlier uses their room', async () => {
    const before = 1024 * 1024 - 16 * 1024 - 3000
    const host = recordingHost({ summary: before })
    await publishReport(manyReport, host, off)
    expect(utf8Bytes(host.recorded.summary())).toBeLessThanOrEqual(3000)
    expect(host.recorded.summary()).toContain('## ❌ Quality gate failed')
  })

  it('warns where the summary is full, and still writes the rest', async () => {
    const host = recordingHost({ summary: 1024 * 1024 })
    const degraded = await publishReport(failedReport, host, off)
    expect(degraded).toEqual([
      { what: 'job summary', why: 'earlier steps of this job left no room in the summary' },
    ])
    expect(host.recorded.summary()).toBe('')
    expect(host.recorded.annotations[0]).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('Not done: job summary.'),
    })
    expect(Object.keys(host.recorded.files())).toHaveLength(4)
  })

  it('survives a disk that takes nothing', async () => {
    const files: Files = { ...memoryFiles(), write: () => Promise.reject(new Error('ENOSPC')) }
    const host = recordingHost({ files })
    const degraded = await publishReport(failedReport, host, off)
    expect(degraded.map(({ what }) => what)).toEqual([
      'result.json',
      'results.sarif',
      'report.html',
      'summary.md',
    ])
    expect(host.recorded.summary()).toContain('Not done: results.sarif. ENOSPC')
    expect(host.recorded.failures).toEqual([])
  })

  it('takes secrets out before anything is escaped', async () => {
    const host = recordingHost()
    host.runner.mask('s3cret_*value*')
    const findings = [sampleFinding({ message: 'token s3cret_*value* found' })]
    await publishReport({ ...failedReport, findings }, host, {
      ...off,
      files: { 'x.patch': '+s3cret_*value*' },
    })
    const all = [
      ...Object.values(host.recorded.files()),
      host.recorded.summary(),
      JSON.stringify(host.recorded.annotations),
    ]
    for (const text of all) {
      expect(text.includes('s3cret')).toBe(false)
      expect(text.replaceAll('\\', '').includes('***')).toBe(true)
    }
  })

  it('refuses a file outside the report folder', async () => {
    const host = recordingHost()
    const degraded = await publishReport(failedReport, host, {
      ...off,
      files: { '../x': 'x', '/etc/y': 'y' },
    })
    expect(degraded.map(({ what }) => what)).toEqual(['../x', '/etc/y'])
    expect(
      Object.keys(host.recorded.files()).filter((path) => !path.startsWith('/workspace/report/')),
    ).toEqual([])
  })

  it('sends check run and comment for the head of the pull request', async () => {
    const host = recordingHost({
      event: pullRequest,
      github: ({ method }) => (method === 'GET' ? [] : { id: 1 }),
    })
    expect(
      await publishReport(failedReport, host, { ...off, checkRun: true, comment: 'on-failure' }),
    ).toEqual([])
    const [checkRun, , comment] = host.recorded.github
    expect(checkRun).toMatchObject({
      path: '/repos/octo/orders/check-runs',
      body: { head_sha: 'a'.repeat(40), conclusion: 'neutral' },
    })
    expect(comment).toMatchObject({ method: 'POST', path: '/repos/octo/orders/issues/7/comments' })
    expect(JSON.stringify(comment?.body)).toContain('## ❌ Quality gate failed')
  })

  it('says under the summary what GitHub refused, and how to allow it', async () => {
    const host = recordingHost({
      event: pullRequest,
      github: () => {
        throw new GithubError(403, 'Resource not accessible by integration')
      },
    })
    const degraded = await publishReport(passedReport, host, { ...off, checkRun: true, comment: 'always' })
    expect(degraded.map(({ what }) => what)).toEqual(['check run', 'comment'])
    expect(degraded[0]?.why).toContain('`checks: write`')
    expect(host.recorded.summary()).toContain('- Not done: check run. the `token` has no `checks: write`')
    expect(host.recorded.annotations.filter(({ level }) => level === 'warning')).toHaveLength(2)
  })

  it('asks GitHub nothing on a laptop or after a cancellation', async () => {
    const local = recordingHost({ facts: { kind: 'local' } })
    const cancelled = recordingHost({ event: pullRequest })
    cancelled.cancel()
    for (const host of [local, cancelled]) {
      expect(await publishReport(failedReport, host, { ...off, checkRun: true, comment: 'always' })).toEqual(
        [],
      )
      expect(host.recorded.github).toEqual([])
    }
  })
})
