import { UserError } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { fixture, play, read } from './test/stage.ts'

const noLeaks = '[]'

describe('text as it comes', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${fixture('codeql.sarif')}`, 'utf16le')],
    ['a byte order mark', Buffer.from(`\ufeff${fixture('codeql.sarif')}`)],
  ])('%s', async (_, bytes) => {
    expect((await read(bytes)).findings).toHaveLength(2)
  })

  it('unknown fields of a future version', async () => {
    const future = { ...JSON.parse(fixture('grype.json')), future: { x: [1] } }
    expect((await read(JSON.stringify(future))).findings).toHaveLength(2)
  })
})

describe('the name of a format', () => {
  it('says who wrote an empty list', async () => {
    const outcome = await read(noLeaks, { name: 'leaks.json', lines: ['gitleaks: leaks.json'] })
    expect(outcome.run).toMatchObject({ id: 'gitleaks', status: 'clean', name: 'Gitleaks, from leaks.json' })
    expect(outcome.tool.metrics).toEqual(['secrets'])
  })

  it.each(['bandit', 'pip-audit', 'sarif', 'trivy', 'npm-audit'])('%s never writes one', async (format) => {
    const { run } = await read(noLeaks, { name: 'x.json', lines: [`${format}: x.json`] })
    expect(run).toMatchObject({ status: 'failed' })
    expect(run.why).toContain('empty list')
  })

  it('an ESLint that looked at no file is not clean', async () => {
    expect((await read(noLeaks, { name: 'x.json', lines: ['eslint: x.json'] })).run.status).toBe('failed')
  })

  it('must not contradict the content', async () => {
    const { run } = await read(fixture('zap.json'), { name: 'x.json', lines: ['nuclei: x.json'] })
    expect(run.status).toBe('failed')
    expect(run.why).toContain('is a report of the format `zap`, not `nuclei`')
  })

  it('goes before a glob that fits the same file', async () => {
    const reports = { 'r/leaks.json': noLeaks, 'r/zap.json': fixture('zap.json') }
    const { outcomes } = await play({ reports, lines: ['gitleaks: r/leaks.json', 'r/*.json'] })
    expect(outcomes.map(({ run }) => [run.id, run.status])).toEqual([
      ['gitleaks', 'clean'],
      ['zap', 'findings'],
    ])
  })
})

describe('patterns', () => {
  it('that are wrong are said all at once', async () => {
    const lines = [
      '../x.json',
      'missing/*.json',
      'gitlesk: a.json',
      'r',
      'gitleaks: r/a.json',
      'hadolint: r/a.json',
    ]
    const error = await play({ reports: { 'r/a.json': noLeaks }, lines }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    const said = String(error)
    for (const part of [
      'leaves the repository',
      'fits no file',
      'Did you mean `gitleaks`?',
      'is a folder; write `r/**`',
      'is named',
    ])
      expect(said).toContain(part)
  })

  it('may fit nothing with `allow-empty`', async () => {
    expect((await play({ reports: {}, lines: ['*.sarif'], allowEmpty: true })).outcomes).toEqual([])
  })

  it('pass over what these actions wrote, and say so', async () => {
    const reports = {
      'a.sarif': fixture('codeql.sarif'),
      'ci-actions-report/results.sarif': fixture('codeql.sarif'),
    }
    const { outcomes } = await play({ reports, lines: ['**/*.sarif'] })
    expect(outcomes.map(({ run }) => run.name)).toEqual(['CodeQL, from a.sarif'])
    expect(outcomes[0]?.run.notices.map(({ message }) => message).join()).toContain(
      'reports of these actions',
    )
  })
})

it('files of one tool are one outcome', async () => {
  const reports = { 'a.json': fixture('nuclei.json'), 'b.jsonl': fixture('nuclei.jsonl') }
  const { outcomes } = await play({ reports })
  expect(outcomes.map(({ run }) => [run.id, run.name, run.files])).toEqual([
    ['nuclei', 'Nuclei, from 2 files', 2],
  ])
  expect(outcomes[0]?.findings).toHaveLength(4)
  expect(outcomes[0]?.run.notices.map(({ message }) => message.slice(0, 6))).toEqual(['a.json', 'b.json'])
})

it('an old report is said to be old', async () => {
  const old = {
    ...JSON.parse(fixture('grype.json')),
    descriptor: { name: 'grype', timestamp: '2025-12-20T00:00:00Z' },
  }
  const { run } = await read(JSON.stringify(old))
  expect(run.notices.map(({ message }) => message).join()).toContain('report.json was written 12 days ago')
  expect((await read(fixture('grype.json'))).run.notices.filter(({ level }) => level === 'warning')).toEqual(
    [],
  )
})

describe('places', () => {
  const at = (uri: string) =>
    JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'X' } },
          results: [
            {
              ruleId: 'R',
              message: { text: 'm' },
              locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 2 } } }],
            },
          ],
        },
      ],
    })
  const files = { 'src/orders.py': 'a\nb\n' }

  it.each([
    ['src/orders.py', { path: 'src/orders.py', line: 2 }],
    ['file:///repo/src/orders.py', { path: 'src/orders.py', line: 2 }],
    ['file:///home/ci/else/src/orders.py', { path: 'src/orders.py', line: 2 }],
    ['usr/lib/libssl.so.3', { path: 'usr/lib/libssl.so.3', line: 2, outside: true }],
    ['https://example.test/a.js', { path: 'https://example.test/a.js', line: 2, outside: true }],
    ['../../etc/passwd', { path: '../../etc/passwd', line: 2, outside: true }],
  ])('%s', async (uri, location) => {
    expect((await read(at(uri), { files })).findings[0]?.location).toEqual(location)
  })
})

it('a report as large as is read', async () => {
  const rule = { id: 'R', properties: { tags: ['security'], 'security-severity': '8.0' } }
  const result = (index: number) => ({
    ruleId: 'R',
    message: { text: 'm'.repeat(400) },
    locations: [{ physicalLocation: { artifactLocation: { uri: `src/f${index % 50}.py` } } }],
  })
  const log = {
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'X', rules: [rule] } },
        results: Array.from({ length: 25_000 }, (_, index) => result(index)),
      },
    ],
  }
  expect((await read(JSON.stringify(log))).findings).toHaveLength(25_000)
})
