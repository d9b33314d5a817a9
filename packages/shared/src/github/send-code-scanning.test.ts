import { describe, expect, it } from 'vitest'
import { GithubError } from '../action/errors.ts'
import type { GithubEvent } from '../host/ports.ts'
import type { RecordingOptions } from '../host/recording/index.ts'
import { recordingHost } from '../host/recording/index.ts'
import { publishReport } from '../report/publish.ts'
import { sampleFinding, sampleTool } from '../report/test/builders.ts'
import { manyReport } from '../report/test/sample-reports.ts'
import { lineHashes } from '../security/line-hash.ts'
import { fakeGithub } from './test/fake-github.ts'

const tools = [sampleTool('bandit', 'Bandit'), sampleTool('trivy', 'Trivy')]
const findings = [
  sampleFinding({ tool: 'bandit', line: 2 }),
  sampleFinding({ tool: 'bandit', line: 2, path: 'gone.py' }),
  sampleFinding({ tool: 'bandit', line: 2, path: '../../etc/passwd' }),
]
const report = { ...manyReport, action: 'security-scan', title: 'Security scan', tools, findings }
const files = { '/workspace/orders/api.py': 'import os\neval(x)\n', '/etc/passwd': 'root\nroot\n' }

async function publish(
  given: Partial<typeof report> = {},
  host: RecordingOptions = {},
  github = fakeGithub(),
  workingDirectory = '.',
) {
  const recording = recordingHost({ event: {}, files, github, ...host })
  const degraded = await publishReport({ ...report, ...given }, recording, {
    reportFolder: '/workspace/report',
    checkRun: false,
    comment: 'off',
    files: {},
    codeScanning: { workingDirectory },
  })
  return { degraded, github, host: recording }
}

const proposal: Partial<GithubEvent> = {
  name: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: {
    pull_request: {
      number: 7,
      head: { sha: 'a'.repeat(40), repo: { full_name: 'octo/orders' } },
      base: { sha: 'b'.repeat(40), ref: 'main', repo: { full_name: 'octo/orders' } },
    },
  },
}
const forked = structuredClone(proposal)
Object.assign(forked.payload?.['pull_request'] ?? {}, {
  head: { sha: 'a'.repeat(40), repo: { full_name: 'eve/orders' } },
})

describe('code scanning', () => {
  it('gets all tools, with hashes of the lines that are there', async () => {
    const { degraded, github, host } = await publish({}, { event: { matrix: 'abc123' } })
    expect(degraded).toEqual([])
    expect(github.analyses).toHaveLength(1)
    const [analysis] = github.analyses
    expect(analysis).toMatchObject({
      sha: '1'.repeat(40),
      ref: 'refs/heads/main',
      checkoutUri: 'file:///workspace/',
      errors: [],
      categories: [
        'Bandit: security-scan/default/abc123/bandit',
        'Trivy: security-scan/default/abc123/trivy',
      ],
    })
    const { runs } = JSON.parse(analysis?.text ?? '')
    const keys = runs[0].results.map(
      (result: { partialFingerprints: Record<string, string> }) =>
        result.partialFingerprints['primaryLocationLineHash'],
    )
    const known = lineHashes(files['/workspace/orders/api.py'], [2]).get(2)
    const others = findings.slice(1).map(({ fingerprint }) => `${fingerprint}:1`)
    expect(keys.toSorted()).toEqual([known, ...others].toSorted())
    expect(host.recorded.files()['/workspace/report/results.sarif']).toContain('primaryLocationLineHash')
    expect(host.recorded.log()).toContain(
      'Code scanning: 3 results of 2 tools accepted for refs/heads/main at 1111111.',
    )
  })

  it('is left alone unless it is asked for, on a laptop, and after a cancellation', async () => {
    const github = fakeGithub()
    const host = recordingHost({ event: {}, files, github })
    const off = { reportFolder: '/workspace/report', checkRun: false, comment: 'off', files: {} } as const
    expect(await publishReport(report, host, off)).toEqual([])
    expect(host.recorded.files()['/workspace/report/results.sarif']).not.toContain('primaryLocationLineHash')
    for (const elsewhere of [{ facts: { kind: 'local' } }, { cancelled: AbortSignal.abort() }] as const) {
      const { host: other } = await publish({}, elsewhere, github)
      expect(other.recorded.files()['/workspace/report/results.sarif']).not.toContain(
        'primaryLocationLineHash',
      )
    }
    expect(github.requests).toEqual([])
  })

  it.each([
    [
      'a fork',
      forked,
      'the token of a pull request from a fork may only read, and this needs `security-events: write`',
    ],
    ['Dependabot', { actor: 'dependabot[bot]' }, 'the token of a run for Dependabot may only read'],
    ['an event without a branch', { ref: '' }, 'belongs to no branch'],
  ])('is not tried for %s, and the report says so', async (_, event, why) => {
    const { degraded, github, host } = await publish({}, { event })
    expect(degraded).toEqual([{ what: 'code scanning', why: expect.stringContaining(why) }])
    expect(github.requests).toEqual([])
    expect(host.recorded.summary()).toContain('- Not done: code scanning.')
    expect(host.recorded.annotations.at(-1)).toMatchObject({ level: 'warning' })
    expect(host.recorded.failures).toEqual([])
    expect(Object.keys(host.recorded.files())).toContain('/workspace/report/results.sarif')
  })

  it('is not tried without a token', async () => {
    const { degraded } = await publish({}, { github: false })
    expect(degraded).toEqual([{ what: 'code scanning', why: 'there is no `token` to reach GitHub with' }])
  })

  it('says what GitHub refused, and what to do', async () => {
    const refuse = () => new GithubError(403, 'Advanced Security must be enabled for this repository')
    const { degraded } = await publish({}, {}, fakeGithub({ refuse }))
    expect(degraded).toEqual([
      { what: 'code scanning', why: expect.stringContaining('code scanning is off') },
    ])
  })

  it('keeps the alerts of a tool that failed', async () => {
    const failed = [sampleTool('bandit', 'Bandit', { status: 'failed', why: 'crashed' }), ...tools.slice(1)]
    const { degraded, github, host } = await publish({ tools: failed, findings: [] })
    expect(degraded).toEqual([])
    expect(github.analyses[0]?.categories).toEqual(['Trivy: security-scan/default/trivy'])
    expect(host.recorded.log()).toContain(
      'Code scanning: Bandit failed and is left out, so that its alerts stay as they are.',
    )
  })

  it('is not asked where nothing ran', async () => {
    const { degraded, github } = await publish({ tools: [], findings: [] })
    expect(degraded).toEqual([])
    expect(github.requests).toEqual([])
  })

  it('says where not all results were sent', async () => {
    const many = Array.from({ length: 25_001 }, (_, index) =>
      sampleFinding({ tool: 'bandit', line: index + 1 }),
    )
    const { degraded, github } = await publish({ findings: many })
    expect(github.analyses[0]?.errors).toEqual([])
    expect(degraded).toEqual([
      {
        what: 'all results in code scanning',
        why: '25,000 of 25,001 results of Bandit are sent, the most important ones.',
      },
    ])
  })

  it('goes by the commit that is checked out', async () => {
    const git = (head: string): RecordingOptions => ({
      event: proposal,
      processes: ({ args }) => ({
        stdout: args.includes('--show-toplevel') ? '/workspace/service\n\n' : `${head}\n`,
      }),
      files: { '/workspace/service/orders/api.py': 'import os\neval(x)\n' },
    })
    const ofHead = await publish({}, git('a'.repeat(40)), fakeGithub(), 'service')
    expect(ofHead.degraded).toEqual([])
    expect(ofHead.github.analyses[0]).toMatchObject({
      sha: 'a'.repeat(40),
      ref: 'refs/pull/7/head',
      checkoutUri: 'file:///workspace/service/',
    })
    const ofOther = await publish({}, git('d'.repeat(40)))
    expect(ofOther.degraded[0]?.why).toContain('the scanned commit ddddddd is not that of the event')
    expect(ofOther.github.requests).toEqual([])
  })
})
