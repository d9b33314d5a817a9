import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'host-')))
  await mkdir(join(folder, 'workspace'))
  for (const name of ['output', 'summary']) await writeFile(join(folder, name), '')
  await writeFile(join(folder, 'event.json'), '{"number": 7}')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs a step as the runner does, with `host` at hand. */
function startStep(body: string, env: Record<string, string> = {}) {
  const index = JSON.stringify(join(import.meta.dirname, '..', 'index.ts'))
  const script = `import { githubHost, leave } from ${index}; const host = await githubHost(); ${body}`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_REPOSITORY: 'octo/orders',
      GITHUB_WORKSPACE: join(folder, 'workspace'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      RUNNER_TEMP: join(folder, 'temp'),
      INPUT_TOKEN: 'ghs_thetoken',
      ACTIONS_RUNTIME_TOKEN: 'runtime',
      ...env,
    },
  })
}

async function endOf(step: ReturnType<typeof startStep>) {
  const [code, output] = await Promise.all([
    new Promise((resolve) => step.once('exit', resolve)),
    step.stdout === null ? '' : text(step.stdout),
  ])
  return { code, output }
}

test('a step knows where it is, masks its token first, and shows tools no token', async () => {
  const body =
    'host.runner.output("facts", JSON.stringify({ ...host.facts, api: host.github !== undefined })); await leave(0)'
  const { code, output } = await endOf(
    startStep(body, { RUNNER_DEBUG: '1', PIP_INDEX_URL: 'https://u:pip-secret@pypi.example' }),
  )
  expect(code).toBe(0)
  expect(output).toBe('::add-mask::ghs_thetoken\n::add-mask::pip-secret\n')
  const facts = JSON.parse((await readFile(join(folder, 'output'), 'utf8')).split('\n')[1] ?? '')
  expect(facts).toMatchObject({
    kind: 'github',
    workspace: join(folder, 'workspace'),
    debug: true,
    api: true,
    nodePath: process.execPath,
    event: { name: 'pull_request', payload: { number: 7 }, repository: 'octo/orders' },
  })
  expect(facts.temporary.startsWith(join(folder, 'temp'))).toBe(true)
  expect(Object.keys(facts.toolEnvironment).sort()).toEqual(['PATH', 'PIP_INDEX_URL'])
})

test('without a token there is no API, and without a cache client every lookup is a miss', async () => {
  const body =
    'console.log(host.github === undefined, await host.cache.restore("/x", "k", []), await host.cache.save("/x", "k"))'
  expect((await endOf(startStep(body, { INPUT_TOKEN: '' }))).output).toBe('true undefined false\n')
})

test('failing sets the exit code, and leaving loses no line although something keeps the process alive', async () => {
  const body = `setInterval(() => {}, 1000)
    for (let line = 0; line < 50_000; line++) host.runner.log('line ' + line)
    host.runner.fail('the end')
    await leave(process.exitCode)`
  const { code, output } = await endOf(startStep(body))
  expect(code).toBe(1)
  expect(output.split('\n').length).toBe(1 + 50_000 + 1 + 1)
  expect(output).toMatch(/line 49999\n::error::the end\n$/)
})

test.skipIf(process.platform === 'win32')(
  'SIGINT stops what runs, and there is time for a report',
  async () => {
    const body = `console.log('ready')
    const result = await host.processes.run({ command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], cwd: '/', env: {}, timeoutMs: 60000, maxBytes: 1000 })
    await host.runner.appendSummary('ended: ' + result.ended)
    await leave(3)`
    const step = startStep(body)
    step.stdout?.on('data', (data: Buffer) => {
      if (data.includes('ready')) setTimeout(() => step.kill('SIGINT'), 300)
    })
    expect((await endOf(step)).code).toBe(3)
    expect(await readFile(join(folder, 'summary'), 'utf8')).toBe('ended: cancelled')
  },
)
