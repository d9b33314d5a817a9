/** The whole action on a project of its own: with files that are only read, or with real processes. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunEnd } from '@ci-actions/shared'
import { runAction } from '@ci-actions/shared'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '@ci-actions/shared/testing'
import { onTestFinished } from 'vitest'
import { testSuite } from '../action.ts'
import { environmentWith } from '../run/test/stage.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>
export type Inputs = Readonly<Record<string, string>>

/** Reads `results/*` in the workspace; no file and no process is real. */
export async function readSuite(files: Files, inputs: Inputs = {}): Promise<RunEnd> {
  const inWorkspace = Object.entries(files).map(([path, content]) => [`/workspace/${path}`, content] as const)
  const host = recordingHost({
    facts: { kind: 'local', workspace: '/workspace' },
    files: Object.fromEntries(inWorkspace),
    inputs: { reports: 'results/*', ...inputs },
  })
  return await runAction(testSuite, host)
}

export interface SuiteProject {
  /** Absolute path of the project. */
  readonly root: string
  write(files: Readonly<Record<string, string>>): void
  read(path: string): string
  /** Really runs; `env` is what the step has. */
  run(inputs?: Inputs, env?: Inputs): Promise<RunEnd>
}

/** In a folder that is removed when the test ends; pytest and its plugins are those of `requirements`. */
export function openSuiteProject(files: Readonly<Record<string, string>>): SuiteProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'suite-project-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, 'project')
  const write = (more: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
  }
  write(files)
  let runs = 0
  return {
    root,
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    run: async (inputs = {}, env = {}) => {
      const { python } = await environmentWith('requirements')
      runs += 1
      const temporary = join(folder, `temporary-${runs}`)
      mkdirSync(temporary)
      const usual = { PATH: process.env['PATH'] ?? '' }
      const host = recordingHost({
        facts: {
          ...{ workspace: root, temporary, cacheFolder: join(folder, 'cache') },
          toolEnvironment: { ...usual, VIRTUAL_ENV: dirname(dirname(python)) },
          projectEnvironment: { ...usual, ...env },
        },
        files: nodeFiles,
        clock: nodeClock,
        processes: nodeProcesses(new AbortController().signal),
        inputs: { history: 'off', ...inputs },
      })
      return await runAction(testSuite, host)
    },
  }
}

/** All that a reader of the report is told, in one text. */
export function saidBy({ report }: RunEnd): string {
  const why = report.tools.map((tool) => ('why' in tool ? tool.why : ''))
  return [...report.reasons.map(({ message }) => message), ...report.notices, ...why].join('\n')
}
