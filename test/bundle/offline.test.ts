/** `offline: true` in a workflow: whatever is around the step, it connects to nobody. Connections are counted and cut. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { git } from '../../scripts/example-repository.ts'
import type { SmallProject } from './small-project.ts'
import { makeSmallProject } from './small-project.ts'
import { resultOf } from './step.ts'

interface Doorbell {
  readonly url: string
  /** Connections since the last call. */
  rung(): number
  close(): Promise<void>
}

let doorbell: Doorbell
let made: SmallProject[] = []

beforeAll(async () => {
  doorbell = await startDoorbell()
})
afterAll(() => doorbell.close())
afterEach(() => {
  for (const each of made) each.remove()
  made = []
})

async function startDoorbell(): Promise<Doorbell> {
  let count = 0
  const server = createServer((socket) => {
    count += 1
    socket.on('error', () => {}).destroy()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    rung: () => {
      const rung = count
      count = 0
      return rung
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}

/** All that leads out of a runner: GitHub's API and cache, the remote, indexes, and a proxy for everything else. */
function surroundings(url: string): Readonly<Record<string, string>> {
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()])
  return {
    ...Object.fromEntries(proxies.map((name) => [name, url])),
    ...{ no_proxy: '', NO_PROXY: '', PIP_RETRIES: '0', UV_HTTP_TIMEOUT: '2' },
    ...{ PIP_INDEX_URL: `${url}/simple`, UV_DEFAULT_INDEX: `${url}/simple`, npm_config_registry: url },
    ACTIONS_CACHE_SERVICE_V2: 'true',
    ACTIONS_RESULTS_URL: `${url}/`,
    ACTIONS_RUNTIME_TOKEN: 'token-of-the-cache',
  }
}

/** Each time others, so that no result of an earlier run is remembered. */
function files(): Readonly<Record<string, string>> {
  const mark = randomUUID()
  const web = '"name":"web","version":"1.0.0","dependencies":{"invented":"1.0.0"}'
  const job = 'runs-on: ubuntu-latest\n    steps:\n      - run: echo hello\n'
  return {
    'pyproject.toml': '[tool.ruff.lint]\nselect = ["F"]\n',
    'add.py': `NAME = "${mark}"\n`,
    // Of what is pinned a service could be asked, of the other the index too.
    'requirements.txt': 'invented-parser==1.4.0\n',
    'requirements-dev.txt': 'invented-tester\n',
    'package.json': `{${web}}`,
    'package-lock.json': `{${web},"lockfileVersion":3,"packages":{"":{${web}},"node_modules/invented":{"version":"1.0.0"}}}`,
    'web/app.js': `export const name = '${mark}'\n`,
    Dockerfile: `FROM python:3.12-slim\nUSER nobody\n# ${mark}\n`,
    '.github/workflows/ci.yml': `# ${mark}\non: push\npermissions: {}\njobs:\n  a:\n    ${job}`,
    'results.xml': '<testsuite name="s"><testcase classname="t" name="one" time="1"/></testsuite>',
  }
}

interface Use {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  readonly verdict: string
  /** Tools that are installed before, as a run with network leaves them, and then run without. */
  readonly tools: readonly string[]
}

const uses: readonly Use[] = [
  { action: 'quality-gate', inputs: { tools: 'ruff' }, verdict: 'passed', tools: ['ruff'] },
  { action: 'test-suite', inputs: { reports: 'results.xml' }, verdict: 'passed', tools: [] },
  // Of what it chooses by itself, some cannot be had without network.
  {
    action: 'security-scan',
    inputs: {},
    verdict: 'failed',
    tools: ['bandit', 'eslint-security', 'hadolint', 'semgrep', 'zizmor'],
  },
]

function open(): SmallProject {
  const small = makeSmallProject(files(), { 'sub.py': 'X = 1\n' })
  made.push(small)
  return small
}

const bundleOf = (action: string) => resolve(import.meta.dirname, `../../actions/${action}/dist/index.js`)

async function step({ action, inputs }: Use, more: Readonly<Record<string, string>>) {
  const small = open()
  git(small.workspace, 'remote', 'set-url', 'origin', `${doorbell.url}/orders.git`)
  doorbell.rung()
  const run = await small.run({
    bundle: bundleOf(action),
    inputs: { token: 'token-of-the-job', ...inputs, ...more },
    apiUrl: doorbell.url,
    env: surroundings(doorbell.url),
  })
  return { run, rung: doorbell.rung(), small }
}

describe.each(uses)('$action', (use) => {
  beforeAll(async () => {
    const { action, tools, inputs } = use
    if (tools.length > 0)
      await open().run({ bundle: bundleOf(action), inputs: { ...inputs, tools: tools.join('\n') } })
  }, 300_000)

  test('connects to nobody, and says what it leaves out', async () => {
    const { rung, run, small } = await step(use, { offline: 'true' })
    expect(rung, run.log).toBe(0)
    const { verdict, tools, degraded } = resultOf(small, run)
    expect(verdict, run.log).toBe(use.verdict)
    expect(degraded).toEqual([])
    expect(run.summary).toContain('the cache of GitHub was neither read nor written')
    const ran = tools.filter(({ status }) => status === 'clean' || status === 'findings')
    expect(ran.map(({ id }) => id)).toEqual(expect.arrayContaining([...use.tools]))
    const failed = tools.filter(({ status }) => status === 'failed')
    expect(failed.filter(({ why = '' }) => !why.includes('`offline`'))).toEqual([])
  })

  test('would be seen to connect', async () => {
    expect((await step(use, {})).rung).toBeGreaterThan(0)
  })

  test('tells all at once that what GitHub is to get cannot be sent', async () => {
    const upload = use.action === 'security-scan' ? { 'upload-sarif': 'true' } : {}
    const sent = { 'check-run': 'true', comment: 'always', ...upload }
    const { rung, run } = await step(use, { offline: 'true', ...sent })
    expect([rung, run.exitCode, run.outputs['verdict']], run.log).toEqual([0, 2, 'error'])
    for (const name of Object.keys(sent))
      expect(run.log).toMatch(new RegExp(`^- ${name} .*, which offline forbids`, 'm'))
  })
})
