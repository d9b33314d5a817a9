/** The committed bundle, as a child process with a runner's environment, against a fake GitHub. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readRunnerLog } from './runner-log.ts'
import type { Result } from './step.ts'
import { BROKEN, CLEAN, github, project, putAway, resultOf } from './step.ts'

afterEach(putAway)

/** Annotations of a level, with a place or without. */
const annotations = (log: string, level: string) =>
  readRunnerLog(log).commands.filter(({ name }) => name === level)

const tools = { tools: 'ruff' }

describe('a project without problems', () => {
  test('passes: exit 0, outputs, summary and evidence', async () => {
    const small = project({ 'sub.py': CLEAN.replaceAll('add', 'sub') })
    const run = await small.run({ inputs: tools })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['verdict']).toBe('passed')
    expect(run.summary).toMatch(/passed/i)
    for (const level of ['error', 'warning', 'notice']) expect(annotations(run.log, level)).toEqual([])
    expect(JSON.parse(run.outputs['result'] ?? '')).toMatchObject({
      'schema-version': 1,
      action: 'quality-gate',
      verdict: 'passed',
    })
    expect(resultOf(small, run)).toMatchObject({ verdict: 'passed', findings: [] })
  })
})

describe('a change with problems', () => {
  const inputs = { ...tools, token: 'token-of-the-job', 'check-run': 'true', comment: 'on-failure' }

  test('fails, annotates ten lines of the log, says how many there are, and puts all of them into a check run', async () => {
    const small = project({ 'broken.py': BROKEN })
    const server = await github()
    const run = await small.run({ inputs, apiUrl: server.url })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['verdict']).toBe('failed')
    // Nine places and the verdict: GitHub drops what is above ten of a kind in a step.
    const errors = annotations(run.log, 'error')
    expect(errors).toHaveLength(10)
    expect(errors.filter(({ properties }) => properties['file'] === 'broken.py')).toHaveLength(9)
    expect(annotations(run.log, 'notice').map(({ message }) => message)).toEqual([
      expect.stringContaining('9 of 65'),
    ])
    expect(run.summary).toContain('65')
    expect(
      resultOf(small, run).findings.filter(({ rule, state }) => rule === 'F821' && state === 'new'),
    ).toHaveLength(65)
    expect(server.checkRuns).toHaveLength(1)
    expect(server.checkRuns[0]?.annotations.filter(({ path }) => path === 'broken.py')).toHaveLength(65)
    expect(server.checkRuns[0]?.fields).toMatchObject({
      head_sha: small.head,
      conclusion: 'neutral',
      status: 'completed',
    })
    // Fifty annotations a request.
    const requests = server.requests.filter(({ path }) => path.includes('/check-runs'))
    expect(requests.map(({ method, status }) => [method, status])).toEqual([
      ['POST', 201],
      ['PATCH', 200],
    ])
    expect(server.requests.filter(({ status }) => status >= 400)).toEqual([])
  })

  test('annotates ten lines of each level', async () => {
    // Sixty-five of each: F821 is an error, N802 (names of functions are lowercase) a warning.
    const functions = Array.from({ length: 65 }, (_, index) => `def F${index}():\n    missing_${index}\n`)
    const configuration = '[tool.ruff.lint]\nselect = ["F", "N"]\n'
    const small = project({ 'pyproject.toml': configuration, 'broken.py': functions.join('') })
    const run = await small.run({ inputs: tools })
    const counts = ['error', 'warning', 'notice'].map((level) => annotations(run.log, level).length)
    expect(counts).toEqual([10, 9, 1])
    expect(annotations(run.log, 'notice')[0]?.message).toContain('18 of 130')
  })

  test('keeps one comment, and brings it up to date', async () => {
    const small = project({ 'broken.py': BROKEN })
    const server = await github()
    await small.run({ inputs, apiUrl: server.url })
    const first = server.comments.map(({ body }) => body)
    expect(first).toHaveLength(1)
    await small.run({ inputs: { ...inputs, exclude: 'broken.py' }, apiUrl: server.url })
    expect(server.comments).toHaveLength(1)
    expect(server.comments[0]?.body).not.toBe(first[0])
  })

  test('keeps the legs of a matrix apart', async () => {
    const small = project({ 'broken.py': BROKEN })
    const server = await github()
    const folders = []
    // As GitHub evaluates the default of the input; without a matrix it is null.
    for (const matrix of ['{\n  "python": "3.11"\n}', '{\n  "python": "3.12"\n}', 'null']) {
      const run = await small.run({ inputs: { ...inputs, matrix }, apiUrl: server.url })
      folders.push(run.outputs['report-dir'])
    }
    expect(new Set(folders).size).toBe(3)
    expect(server.comments).toHaveLength(3)
  })

  test('waits as long as GitHub asks for, and tries again', async () => {
    const small = project({ 'broken.py': BROKEN })
    const server = await github({
      faults: [{ status: 429, headers: { 'retry-after': '1' } }, { status: 503 }],
    })
    const run = await small.run({
      inputs: { ...tools, token: 'token-of-the-job', 'check-run': 'true' },
      apiUrl: server.url,
    })
    const written = server.requests.filter(({ method }) => method !== 'GET').map(({ status }) => status)
    expect(written).toEqual([429, 503, 201, 200])
    expect(server.checkRuns).toHaveLength(1)
    expect(JSON.parse(run.outputs['result'] ?? '')).toMatchObject({ verdict: 'failed', degraded: [] })
  })
})

describe('a token that may only read, as on a fork', () => {
  test('costs check run and comment, not the verdict', async () => {
    const small = project({ 'broken.py': BROKEN })
    const server = await github({ token: 'read' })
    const inputs = { ...tools, token: 'token-of-the-job', 'check-run': 'true', comment: 'always' }
    const run = await small.run({ inputs, apiUrl: server.url })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['verdict']).toBe('failed')
    const { degraded }: Result = JSON.parse(run.outputs['result'] ?? '')
    expect(degraded.map(({ what }) => what)).toEqual(['check run', 'comment'])
    expect(run.summary).toContain('checks: write')
    const warnings = annotations(run.log, 'warning').map(({ message }) => message)
    expect(warnings).toEqual([
      expect.stringMatching(/check run[\s\S]*checks: write/),
      expect.stringMatching(/comment[\s\S]*pull-requests: write/),
    ])
    expect(server.checkRuns).toEqual([])
    expect(server.comments).toEqual([])
  })
})

describe('inputs that are wrong', () => {
  test('are all named in one error, with what is allowed', async () => {
    const small = project({ 'broken.py': BROKEN })
    const inputs = {
      enforce: 'yes',
      scope: 'changed',
      'complexity-limit': 'high',
      gate: 'lint-erors == 0',
      exclud: 'x',
    }
    const run = await small.run({ inputs })
    expect(run.exitCode, run.log).not.toBe(0)
    expect(run.outputs['verdict']).toBe('error')
    const [error, ...others] = annotations(run.log, 'error')
    expect(others).toEqual([])
    const message = error?.message ?? ''
    for (const name of ['enforce', 'scope', 'complexity-limit', 'lint-errors', 'exclude'])
      expect(message).toContain(name)
    expect(run.summary).toContain('complexity-limit')
    expect(run.log).not.toMatch(/^\s+at .*index\.js/m)
  })
})

// Debian and macOS have no `python`.
test.skipIf(process.platform === 'win32')('a machine with no Python but `python3` is enough', async () => {
  const small = project({ 'sub.py': CLEAN.replaceAll('add', 'sub') })
  const folder = join(small.workspace, '.git/only')
  mkdirSync(folder)
  for (const name of ['git', 'python3']) {
    const script =
      name === 'git' ? 'import shutil; print(shutil.which("git"))' : 'import sys; print(sys.executable)'
    const { stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' })
    symlinkSync(stdout.trim(), join(folder, name))
  }
  const run = await small.run({ inputs: { tools: 'ruff\ntype-coverage\nmypy' }, env: { PATH: folder } })
  expect(run.outputs['tools-failed'], run.log).toBe('0')
  expect(run.exitCode).toBe(0)
})
