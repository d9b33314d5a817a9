import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '@ci-actions/shared'
import { UnavailableError } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { trivy } from './trivy.ts'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

const files = {
  'requirements.txt': 'x\n',
  'package-lock.json': '{}',
  Dockerfile: 'x',
  'deploy/main.tf': 'x',
  'deploy/orders.yaml': 'x',
}

function outputs(
  toolCase: Partial<ToolCase>,
  result: { exitCode?: number; stdout?: string; stderr?: string },
) {
  const request = requestFor(
    trivy,
    { name: 'x', files, ...toolCase },
    { top: '', installed: { command: ['trivy'], version: '0.74.0' } },
  )
  return trivy
    .invocations(request)
    .map((invocation) =>
      outputOf(request, { invocation, exitCode: 0, stdout: '', stderr: '', files: {}, ...result }),
    )
}

async function parseScan(...args: Parameters<typeof outputs>) {
  const [output] = outputs(...args)
  if (output === undefined) throw new Error('nothing is run')
  return trivy.parse(output)
}

it('counts what is in scope, and names what is not', async () => {
  const { findings, notices } = await parseScan({}, { stdout: fixture('fixtures/trivy.json') })
  expect(new Set(findings.map(({ location }) => location?.path))).toEqual(new Set(Object.keys(files)))
  expect(notices).toContainEqual({ level: 'notice', message: expect.stringContaining('.env') })
})

it('fails without a database by its name', async () => {
  const ended = { exitCode: 1, stderr: fixture('fixtures/trivy-no-database.stderr') }
  await expect(parseScan({ settings: { offline: true } }, ended)).rejects.toThrow(UnavailableError)
  const limited = {
    exitCode: 1,
    stderr: 'FATAL Fatal error run error: DB error: failed to download: TOOMANYREQUESTS',
  }
  await expect(parseScan({}, limited)).rejects.toThrow(/Trivy's database: .*TOOMANYREQUESTS/)
})

it('fails where it names nothing, although there is something that it knows', async () => {
  const empty = { stdout: '{"SchemaVersion":2,"ArtifactName":"."}' }
  expect((await parseScan({}, empty)).notices).toMatchObject([{ level: 'failed' }])
  expect((await parseScan({ files: { 'a.py': '' } }, empty)).notices).toEqual([])
})

it('says how old the database is', async () => {
  const version = { VulnerabilityDB: { UpdatedAt: '2026-11-20T00:00:00.5Z' } }
  const scan = outputs({}, { stdout: JSON.stringify(version) })[1]
  if (scan === undefined) throw new Error('the version is not asked for')
  const endedAt = Date.parse('2026-11-21T00:00:00.5Z')
  const { measurements } = await trivy.parse({ ...scan, endedAt })
  expect(measurements).toEqual([{ metric: 'database-age', value: 86_400 }])
})

it('downloads nothing offline', () => {
  const args = (settings: ToolCase['settings']) => outputs({ settings }, {})[0]?.invocation.args ?? []
  const offline = ['--offline-scan', '--skip-db-update', '--skip-java-db-update', '--skip-check-update']
  expect(args({ offline: true })).toEqual(expect.arrayContaining(offline))
  expect(args({})).not.toEqual(expect.arrayContaining(['--offline-scan']))
})

it('says when its databases were downloaded, so that they are stored', async () => {
  const version = {
    VulnerabilityDB: { DownloadedAt: '2026-11-20T00:00:00Z' },
    CheckBundle: { Digest: 'sha256:0', DownloadedAt: '2026-11-21T00:00:00Z' },
    JavaDB: null,
  }
  const [, scan] = outputs({}, { stdout: JSON.stringify(version) })
  if (scan === undefined) throw new Error('the version is not asked for')
  const { refreshed } = await trivy.parse(scan)
  expect(refreshed).toEqual({
    VulnerabilityDB: Date.UTC(2026, 10, 20),
    CheckBundle: Date.UTC(2026, 10, 21),
  })
})

it('keeps databases in the folder that is for them, and nothing about the project beside them', () => {
  for (const { invocation, request } of outputs({}, {}))
    expect(invocation.args).toContain(`--cache-dir=${request.database?.folder}`)
  expect(outputs({}, {})[0]?.invocation.args).toContain('--cache-backend=memory')
})

it('asks mirrors, in their order', () => {
  const settings = {
    'trivy-db-repository': 'one.example.com/trivy-db:2\ntwo.example.com/trivy-db',
    'trivy-java-db-repository': 'one.example.com/java:1',
    'trivy-checks-bundle-repository': 'one.example.com/checks:1',
  }
  const repositories = (more: ToolCase['settings']) =>
    outputs({ settings: { ...settings, ...more } }, {})[0]?.invocation.args.filter((arg) =>
      arg.includes('repository'),
    )
  expect(repositories({})).toEqual([
    '--db-repository=one.example.com/trivy-db:2',
    '--db-repository=two.example.com/trivy-db',
    '--java-db-repository=one.example.com/java:1',
    '--checks-bundle-repository=one.example.com/checks:1',
  ])
  expect(repositories({ offline: true })).toEqual([])
})

it('tells nobody that it runs', () => {
  const quiet = ['--skip-version-check', '--disable-telemetry']
  for (const settings of [{}, { offline: true }])
    expect(outputs({ settings }, {})[0]?.invocation.args).toEqual(expect.arrayContaining(quiet))
})

it('keeps nothing of what it prints, which names people', () => {
  expect(trivy.confidential).toBe(true)
})

it.each([
  ['infra/main.tf', 1],
  ['charts/orders/Chart.yaml', 1],
  ['overlays/kustomization.yml', 1],
  ['.trivyignore', 1],
  ['src/app.py', 0],
])('is in use where there is %s: %i', (path, signs) => {
  const project: Project = {
    ...{ name: '', root: '/w', folder: '', pythonFiles: [], configuration: [], firstParty: [] },
    files: [path],
  }
  expect(trivy.configuredBy(project)).toHaveLength(signs)
})
