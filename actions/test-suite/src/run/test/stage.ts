/** Real pytest on small projects: environments are made once, from locked requirements, and kept in `.cache`. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PythonEnvironment } from '@ci-actions/shared'
import { environmentOf } from '@ci-actions/shared'
import type { RecordingHost } from '@ci-actions/shared/testing'
import { nodeClock, nodeFiles, nodeHttp, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { onTestFinished } from 'vitest'
import { readResults } from '../../results/read-results.ts'
import type { TestResult } from '../../results/test-result.ts'
import type { RunInputs } from '../run-plan.ts'
import { planRun } from '../run-plan.ts'
import type { RunTestsRequest, TestRun } from '../run-tests.ts'
import { runTests } from '../run-tests.ts'

const top = fileURLToPath(new URL('../../../../../', import.meta.url))

/** Requirements in `test/test-suite`. */
export type Requirements = 'requirements' | 'random-order' | 'oldest' | 'testmon'

const variables = (names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
  )

export interface Stage {
  /** Absolute path of the project. */
  readonly root: string
  readonly host: RecordingHost
  run(inputs?: Partial<RunInputs>, more?: Partial<RunTestsRequest>): Promise<StagedRun>
}

export interface StagedRun extends TestRun {
  readonly tests: readonly TestResult[]
  /** `id: status`, sorted; flaky ones say so. */
  readonly statuses: readonly string[]
  readonly codes: readonly string[]
  /** Absolute path of the report folder. */
  readonly reportFolder: string
}

const made = new Map<Requirements, Promise<PythonEnvironment>>()

/** The environment with these requirements. */
export function environmentWith(requirements: Requirements): Promise<PythonEnvironment> {
  const known = made.get(requirements)
  if (known !== undefined) return known
  const host = realHost(realpathSync(mkdtempSync(join(tmpdir(), 'test-suite-'))), {})
  const root = join(top, 'test', 'test-suite')
  const project = { ...emptyProject, root }
  const promise = environmentOf({ host, project, install: [`${requirements}.txt`], offline: false })
  made.set(requirements, promise)
  return promise
}

const emptyProject = { name: '', folder: '', pythonFiles: [], files: [], configuration: [], firstParty: [] }

function realHost(temporary: string, env: Readonly<Record<string, string>>): RecordingHost {
  const controller = new AbortController()
  const installing = Object.keys(process.env).filter((name) =>
    /^(PIP_|UV_|SSL_|.*_PROXY$|.*_proxy$)/.test(name),
  )
  const host = recordingHost({
    facts: {
      workspace: temporary,
      temporary,
      cacheFolder: join(top, '.cache', 'test-suite'),
      toolEnvironment: variables(['PATH', 'HOME', 'LANG', ...installing]),
      projectEnvironment: { ...variables(['PATH', 'HOME', 'LANG']), ...env },
    },
    files: nodeFiles,
    processes: nodeProcesses(controller.signal),
    clock: nodeClock,
    http: nodeHttp,
    cancelled: controller.signal,
  })
  return { ...host, cancel: () => controller.abort() }
}

/** A project with these files, removed when the test ends. `env` is what the step has. */
export function openStage(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Stage {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'test-suite-')))
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }))
  const root = join(temporary, 'project')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const host = realHost(temporary, env)
  return {
    root,
    host,
    run: async (inputs = {}, more = {}) => {
      const tests: TestResult[] = []
      const reportFolder = join(temporary, 'report')
      const environment = more.environment ?? (await environmentWith('requirements'))
      const run = await runTests({
        host,
        plan: planRun({ ...nothing, ...inputs }, { root, pythonFiles: Object.keys(files) }),
        environment,
        sink: { test: (result) => tests.push(result) },
        readResults,
        reportFolder,
        ...more,
      })
      const statuses = tests.map(({ id, status, flaky }) => `${id}: ${flaky ? 'flaky' : status}`).sort()
      return { ...run, tests, statuses, codes: run.problems.map(({ code }) => code), reportFolder }
    },
  }
}

/** Inputs as they are when nothing is given. */
export const nothing: RunInputs = {
  setup: [],
  teardown: [],
  command: [],
  retryCommand: [],
  reports: [],
  paths: [],
  args: [],
  workers: 0,
  testTimeout: 0,
  randomOrder: false,
  timeout: 60,
  retries: 0,
  env: {},
}
