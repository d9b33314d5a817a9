/** The committed bundle of security-scan, as a child process with a runner's environment, against a fake GitHub. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { sarifProblems } from '../../packages/shared/src/report/sarif-problems.ts'
import { standardProblems } from '../standard-sarif.ts'
import type { SmallProject } from './small-project.ts'
import { makeSmallProject } from './small-project.ts'
import type { Result } from './step.ts'
import { github, putAway, resultOf } from './step.ts'

afterEach(putAway)

const bundle = resolve(import.meta.dirname, '../../actions/security-scan/dist/index.js')
const policy = {
  '.github/ci-actions.yml': 'security-scan:\n  scope: new\n  tools: [bandit, zizmor, hadolint]\n',
}
const clean = { 'app.py': 'NAME = "orders"\n' }
const weak = {
  'digest.py': 'import hashlib\n\nprint(hashlib.md5(b"x").hexdigest())\n',
  Dockerfile: 'FROM python:3.12-slim\nUSER root\nCMD ["python"]\n',
}

let made: SmallProject[] = []
afterEach(() => {
  for (const each of made) each.remove()
  made = []
})

function project(files: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) {
  const small = makeSmallProject({ ...policy, ...files }, change)
  made.push(small)
  return small
}

const token = { token: 'token-of-the-job', 'upload-sarif': 'true' }
const job = { GITHUB_JOB: 'security-scan', GITHUB_ACTION: 'security' }

const sarifOf = ({ workspace }: SmallProject, folder = ''): string =>
  readFileSync(join(workspace, folder, 'results.sarif'), 'utf8')

test('old risks are listed and do not block', async () => {
  const small = project({ ...clean, ...weak }, { 'other.py': 'X = 1\n' })
  const run = await small.run({ bundle, inputs: {}, env: job })
  expect(run.exitCode, run.log).toBe(0)
  const { findings } = resultOf(small, run)
  expect(findings.filter(({ state }) => state === 'new')).toEqual([])
  expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['B324', 'DL3002']))
  // None of the three looks for vulnerabilities of packages, or for secrets.
  expect(run.outputs).toMatchObject({ verdict: 'passed', vulnerabilities: '', secrets: '' })
  expect(run.outputs['findings']).toBe(String(findings.length))
})

test('risks that a change brings block, each once, and code scanning takes them', async () => {
  const small = project(clean, weak)
  const server = await github()
  const run = await small.run({ bundle, inputs: token, env: job, apiUrl: server.url })
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs['verdict']).toBe('failed')
  const { findings, degraded } = JSON.parse(
    readFileSync(join(small.workspace, run.outputs['report-dir'] ?? '', 'result.json'), 'utf8'),
  )
  expect(degraded).toEqual([])
  expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(
    expect.arrayContaining(['B324', 'DL3002']),
  )
  const text = sarifOf(small, run.outputs['report-dir'])
  expect([...sarifProblems(text), ...standardProblems(text)]).toEqual([])
  expect(server.analyses.map(({ errors }) => errors)).toEqual(server.analyses.map(() => []))
  const sent = server.analyses.map((analysis) => analysis.text)
  expect(sent.flatMap((log) => [...sarifProblems(log), ...standardProblems(log)])).toEqual([])
  expect(server.analyses.map(({ ref }) => ref)).toEqual(server.analyses.map(() => 'refs/pull/7/merge'))
  expect(server.analyses.map(({ text: sent }) => sent).join()).toContain('B324')
})

describe('a token that may only read, as on a fork', () => {
  test('costs the upload, not the verdict and not the SARIF file', async () => {
    const small = project(clean, weak)
    const server = await github({ token: 'read' })
    const run = await small.run({ bundle, inputs: token, env: job, apiUrl: server.url })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['verdict']).toBe('failed')
    const { degraded }: Result = JSON.parse(run.outputs['result'] ?? '')
    expect(degraded.map(({ what }) => what)).toEqual(['code scanning'])
    expect(run.summary).toContain('security-events: write')
    expect(server.analyses).toEqual([])
    expect(sarifProblems(sarifOf(small, run.outputs['report-dir']))).toEqual([])
  })
})

test('a scanner that does not run is no clean one', async () => {
  const small = project(clean, { 'broken.py': 'def (:\n' })
  const run = await small.run({ bundle, inputs: {}, env: job })
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs['verdict']).toBe('failed')
  expect(run.summary).toMatch(/broken\.py was not scanned/)
})
