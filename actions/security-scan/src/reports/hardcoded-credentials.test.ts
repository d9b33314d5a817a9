import { describe, expect, it } from 'vitest'
import { read } from './test/stage.ts'

interface Said {
  readonly tool: string
  readonly rule: string
  readonly message: string
  readonly snippet?: string
  readonly tags?: readonly string[]
}

function sarif({ tool, rule, message, snippet, tags }: Said): string {
  const region = { startLine: 1, ...(snippet !== undefined && { snippet: { text: snippet } }) }
  const place = { physicalLocation: { artifactLocation: { uri: 'app.py' }, region } }
  const rules = [{ id: rule, ...(tags && { properties: { tags } }) }]
  const results = [{ ruleId: rule, level: 'note', message: { text: message }, locations: [place] }]
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: tool, rules } }, results }] })
}

function semgrep(message: string, metadata: object): string {
  const [start, end] = [
    { line: 1, col: 1 },
    { line: 1, col: 9 },
  ]
  const extra = { severity: 'ERROR', message, metadata }
  const results = [{ check_id: 'credential', path: 'app.py', start, end, extra }]
  return JSON.stringify({ version: '1', errors: [], paths: { scanned: ['app.py'] }, results })
}

const reports: Readonly<Record<string, (password: string) => string>> = {
  'SARIF of Bandit': (password) =>
    sarif({ tool: 'Bandit', rule: 'B105', message: `Possible hardcoded password: '${password}'` }),
  'SARIF of Ruff': (password) =>
    sarif({ tool: 'ruff', rule: 'S105', message: `Possible hardcoded password: "${password}"` }),
  'SARIF of Semgrep, by its weakness': (password) =>
    sarif({
      tool: 'Semgrep OSS',
      rule: 'credential',
      message: `Hardcoded: ${password}`,
      snippet: `connect("the-database", "${password}")`,
      tags: ['CWE-798: Use of Hard-coded Credentials', 'security'],
    }),
  'SARIF of CodeQL, by its weakness': (password) =>
    sarif({ tool: 'CodeQL', rule: 'key', message: `"${password}" is a key`, tags: ['external/cwe/cwe-321'] }),
  'JSON of Semgrep': (password) =>
    semgrep(`Hard-coded '${password}'`, { cwe: ['CWE-259: Use of Hard-coded Password'] }),
}

describe.each(Object.entries(reports))('%s', (_, reportOf) => {
  const outcome = (password: string) =>
    read(reportOf(password), { files: { 'app.py': `connect("the-database", "${password}")\n` } })

  it('is a secret, of which nothing is told', async () => {
    const { run, findings } = await outcome('hunter2hunter2')
    expect(findings).toMatchObject([
      { metric: 'secrets', security: { kind: 'secret' }, location: { path: 'app.py', line: 1 } },
    ])
    expect(JSON.stringify({ run, findings })).not.toContain('hunter2')
  })

  it('has an identity that does not depend on it', async () => {
    const [one, other] = [await outcome('hunter2hunter2'), await outcome('another-password')]
    expect(one.findings[0]?.fingerprint).toBe(other.findings[0]?.fingerprint)
    expect(one.findings[0]?.security?.lineDigest).toBe(other.findings[0]?.security?.lineDigest)
  })
})

it('hides no other text of the line everywhere', async () => {
  const { findings } = await read(reports['SARIF of Semgrep, by its weakness']?.('x') ?? '')
  expect(findings[0]?.security?.secretDigest).toBeUndefined()
})

it('takes an empty password for a weakness, as in the JSON of Bandit', async () => {
  const { findings } = await read(
    sarif({ tool: 'Bandit', rule: 'B107', message: "Possible hardcoded password: ''" }),
  )
  expect(findings).toMatchObject([
    { metric: 'findings', message: 'A password is empty.', security: { kind: 'weakness' } },
  ])
})

it('leaves what checks configuration what it is', async () => {
  const { findings } = await read(
    sarif({ tool: 'actionlint', rule: 'credentials', message: 'm', tags: ['CWE-798'] }),
  )
  expect(findings[0]?.security?.kind).toBe('misconfiguration')
})

it('keeps what our own rules say', async () => {
  const said =
    'The key that signs tokens is written into the code: who reads it can sign in as anybody. Take it from the environment or a store of secrets, and replace this one.'
  const { findings } = await read(semgrep(said, { cwe: [321] }))
  expect(findings).toMatchObject([{ metric: 'secrets', message: said }])
})
