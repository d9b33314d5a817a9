/** Secrets in files, in commits and in a given report: whatever scanners say of them, nothing that is written holds one. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExampleRepository } from '../../scripts/example-repository.ts'
import { commitAll, git, pullRequestPayload, shallowCheckout } from '../../scripts/example-repository.ts'
import { goToolFolders } from '../../scripts/go-tools.ts'
import type { BundleResult } from '../../scripts/runner.ts'
import { inheritedEnvironment, runBundle, SHARED_CACHE } from '../../scripts/runner.ts'
import type { FakeGithub } from './fake-github.ts'
import { startFakeGithub } from './fake-github.ts'
import { finderOf, formsOf, plantSecrets, randomText } from './planted-secrets.ts'

const bundle = resolve(import.meta.dirname, '../../actions/security-scan/dist/index.js')
const goTools = goToolFolders({ build: false })
const gitleaks = goTools.get('gitleaks')
const goScanners = ['gitleaks', 'actionlint'].filter((name) => goTools.has(name))
const scanners = ['bandit', 'semgrep', 'detect-secrets', 'zizmor', ...goScanners]

const inFiles = plantSecrets('app')
const inHistory = plantSecrets('gone')
const inReport = randomText(40)
const person = { name: `Author${randomText(12)}`, mail: `${randomText(14)}@people.example` }
const message = `Message ${randomText(16)}`

let scratch = ''
let server: FakeGithub
let run: BundleResult
let started = 0
let report: {
  findings: readonly { tool: string; metric: string }[]
  tools: readonly { id: string; status: string }[]
}

beforeAll(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'planted-secrets-')))
  const workspace = join(scratch, 'work')
  const repository = plantedRepository(join(scratch, 'origin'))
  shallowCheckout(repository.folder, repository.merge, workspace)
  writeFileSync(join(workspace, 'leaks.json'), JSON.stringify([givenLeak()]))
  mkdirSync(join(scratch, 'runner/tmp'), { recursive: true })
  server = await startFakeGithub()
  started = Date.now()
  run = await runBundle({
    bundle,
    workspace,
    runnerFolder: join(scratch, 'runner'),
    apiUrl: server.url,
    inputs: {
      tools: scanners.join('\n'),
      reports: 'leaks.json',
      token: 'token-of-the-job',
      comment: 'always',
      'check-run': 'true',
      'upload-sarif': 'true',
    },
    event: {
      name: 'pull_request',
      payload: pullRequestPayload(repository),
      sha: repository.merge,
      ref: 'refs/pull/7/merge',
    },
    env: {
      PATH: [
        ...goScanners.flatMap((name) => goTools.get(name) ?? []),
        inheritedEnvironment()['PATH'] ?? '',
      ].join(delimiter),
      TMPDIR: join(scratch, 'runner/tmp'),
      // More is logged.
      RUNNER_DEBUG: '1',
    },
  })
  const folder = join(workspace, run.outputs['report-dir'] ?? '')
  cpSync(folder, join(scratch, 'report'), { recursive: true })
  report = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))
}, 300_000)

afterAll(async () => {
  await server.close()
  rmSync(scratch, { recursive: true, force: true })
})

/** What a commit brought, the next one took away; both are of the change. */
function plantedRepository(folder: string): ExampleRepository {
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
  }
  const commit = (): void => {
    git(folder, 'add', '--all')
    const author = `${person.name} <${person.mail}>`
    git(folder, 'commit', '--quiet', `--author=${author}`, `--message=${message}`)
  }
  write({ 'app/main.py': 'NAME = "orders"\n' })
  git(folder, 'init', '--quiet', '--initial-branch', 'main')
  const base = commitAll(folder, 'First')
  git(folder, 'checkout', '--quiet', '-b', 'topic')
  write(inHistory.files)
  commit()
  for (const path of Object.keys(inHistory.files)) rmSync(join(folder, path))
  write(inFiles.files)
  commit()
  const head = git(folder, 'rev-parse', 'HEAD')
  git(folder, 'checkout', '--quiet', '--detach', 'main')
  git(folder, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'topic')
  const merge = git(folder, 'rev-parse', 'HEAD')
  git(folder, 'update-ref', 'refs/pull/7/merge', merge)
  return { folder, base, head, merge }
}

/** As Gitleaks writes it without `--redact`. */
function givenLeak(): Readonly<Record<string, unknown>> {
  return {
    RuleID: 'generic-api-key',
    Description: 'Detected a Generic API Key',
    StartLine: 1,
    EndLine: 1,
    StartColumn: 1,
    EndColumn: 50,
    Match: `service_key = "${inReport}"`,
    Secret: inReport,
    File: 'app/main.py',
    Commit: '',
    Entropy: 4.8,
    Author: person.name,
    Email: person.mail,
    Message: message,
    Tags: [],
    Fingerprint: 'app/main.py:generic-api-key:1',
  }
}

/** By name: what the run printed, told GitHub, and left in folders, one after the other: a cold cache is large. */
function* written(): Iterable<readonly [string, Buffer]> {
  const texts = [
    ['log', run.log],
    ['summary', run.summary],
    ['outputs', JSON.stringify(run.outputs)],
    ['state', JSON.stringify(run.state)],
    ['requests to GitHub', JSON.stringify(server.requests)],
    ...server.analyses.map(({ text }, index) => [`analysis ${index}`, text] as const),
  ] as const
  for (const [name, text] of texts) yield [name, Buffer.from(text)]
  for (const folder of ['report', 'runner', 'work/ci-actions-report'])
    yield* filesOf(join(scratch, folder), 0)
  yield* filesOf(SHARED_CACHE, started)
}

/** Also what is packed, as one reads it. */
function* filesOf(folder: string, since: number): Iterable<readonly [string, Buffer]> {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const status = entry.isFile() ? statSync(path, { throwIfNoEntry: false }) : undefined
    if (status === undefined || status.mtimeMs < since || status.size > 64 * 1024 * 1024) continue
    const bytes = readFileSync(path)
    yield [path, bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes]
  }
}

function leaksOf(forms: Iterable<string>): readonly string[] {
  const find = finderOf(forms)
  return Array.from(written(), ([name, bytes]) => find(bytes).map((form) => `${name}: ${form}`)).flat()
}

test('each scanner ran and found secrets, and the report was read', () => {
  expect(run.outputs['verdict'], run.log).toBe('failed')
  for (const id of ['bandit', 'detect-secrets', 'zizmor', ...goScanners])
    expect(report.tools.find((tool) => tool.id === id)?.status, id).toBe('findings')
  expect(report.tools.filter(({ status }) => status === 'failed')).toEqual([])
  const secrets = report.findings.filter(({ metric }) => metric === 'secrets')
  // Of the six kinds in files, and as many in the history where Gitleaks is there; Bandit and the others see one as one.
  expect(secrets.length).toBeGreaterThanOrEqual(gitleaks === undefined ? 6 : 12)
  expect(secrets.filter(({ tool }) => tool === 'gitleaks').length).toBeGreaterThan(0)
  expect([server.comments.length, server.checkRuns.length, server.analyses.length > 0]).toEqual([1, 1, true])
})

const told = [...inFiles.values, ...inHistory.values, inReport]

test('nothing that is written holds a secret, in any form', { timeout: 300_000 }, () => {
  expect(leaksOf(told.flatMap(formsOf))).toEqual([])
})

test('nothing that is written names who wrote a commit, or says what its message was', {
  timeout: 300_000,
}, () => {
  expect(leaksOf([person.name, person.mail, message])).toEqual([])
})

test('would be found, if they were there', () => {
  const [value = ''] = inFiles.values
  const line = `{"x":"${Buffer.from(`ab${value}cd`).toString('base64')}"}`
  expect(finderOf(told.flatMap(formsOf))(Buffer.from(line))).toHaveLength(1)
  expect([...written()].filter(([name]) => name.startsWith(scratch)).length).toBeGreaterThan(5)
})
