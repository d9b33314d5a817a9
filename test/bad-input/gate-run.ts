/** Runs the real quality gate with the real tools on a folder, as `ci-actions quality-gate` does on a laptop. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { qualityGate } from '../../actions/quality-gate/src/action.ts'
import type { RunEnd } from '../../packages/shared/src/action/run-action.ts'
import { runAction } from '../../packages/shared/src/action/run-action.ts'
import type { LocalHost } from '../../packages/shared/src/host/index.ts'
import { localHost } from '../../packages/shared/src/host/index.ts'
import { localRunner } from '../../packages/shared/src/host/local/runner.ts'
import { nodeFiles } from '../../packages/shared/src/host/node/files.ts'
import type { Files, GithubEvent, Processes } from '../../packages/shared/src/host/ports.ts'
import type { ToolRun } from '../../packages/shared/src/tool/tool.ts'

/** Installed tools are shared with the other tests of real tools; what is stored between runs is not. */
const id = `bad-input-${process.pid}`

/** A module that no tool says anything about. */
export const good =
  '"""Sums."""\n\n\ndef add(left: int, right: int) -> int:\n    """Add two numbers."""\n    return left + right\n'
export const clean = { 'app/__init__.py': '"""The application."""\n', 'app/good.py': good }

export interface GateOptions {
  readonly files?: Partial<Files>
  readonly processes?: Partial<Processes>
  readonly event?: GithubEvent
}

export interface GateRun extends RunEnd {
  readonly outputs: ReadonlyMap<string, string>
  readonly log: string
  /** What a person reads first: reasons, notices, and what tools said of themselves. */
  readonly said: string
  /** Runs of a tool, one for each package. */
  runsOf(tool: string): readonly ToolRun[]
}

export type RunGate = (
  folder: string,
  inputs?: Readonly<Record<string, string>>,
  options?: GateOptions,
) => Promise<GateRun>

/** Call it once in a test file, outside of tests. */
export function useGate(): RunGate {
  let host: LocalHost
  beforeAll(async () => {
    host = await localHost({ cwd: process.cwd(), inputs: {}, debug: false, progress: () => {} })
  })
  afterAll(() =>
    rm(join(host.facts.cacheFolder, 'results', `quality-gate-${id}`), { recursive: true, force: true }),
  )
  return async (folder, inputs = {}, { files, processes, event } = {}) => {
    const lines: string[] = []
    const given = { id, cache: 'off', ...inputs }
    const runner = localRunner({ inputs: given, debug: false, print: (line) => lines.push(line) })
    const end = await runAction(qualityGate, {
      ...host,
      files: { ...host.files, ...files },
      processes: { ...host.processes, ...processes },
      facts: { ...host.facts, workspace: folder, event },
      runner,
    })
    return {
      ...end,
      outputs: runner.outputs,
      log: lines.join('\n'),
      said: wordsOf(end),
      runsOf: (tool) => end.report.tools.filter((run) => run.id === tool),
    }
  }
}

function wordsOf({ report }: RunEnd): string {
  const ofTools = report.tools.flatMap(({ status, why, notices }) => [
    ...(status === 'failed' ? [why ?? ''] : []),
    ...notices.map(({ message }) => message),
  ])
  return [...report.reasons.map(({ message }) => message), ...report.notices, ...ofTools].join('\n')
}

/** No verdict that lets a change go on, anywhere that one is written; and words that say why. */
export function expectNotGreen(run: GateRun, ...words: readonly RegExp[]): void {
  expect(run.verdict, run.said).not.toBe('passed')
  expect(run.exitCode).not.toBe(0)
  expect(run.outputs.get('verdict')).toBe(run.verdict)
  expect(run.log).toContain('error: ')
  for (const word of words) expect(run.said).toMatch(word)
}

/** What the author of the workflow has to mend, and no stack. */
export function expectWrongInput(run: GateRun, ...words: readonly RegExp[]): void {
  expectNotGreen(run, ...words)
  expect(run).toMatchObject({ verdict: 'error', exitCode: 2 })
  expect(run.report.reasons.map(({ code }) => code)).toContain('wrong-input')
  expect(run.log).not.toMatch(/^\s+at .*\.ts:\d+/m)
}

/** Files of a user that may not read some of them: to root, who runs the tests in a container, nothing is denied. */
export function refusing(pattern: RegExp): Partial<Files> {
  const refuse = async (path: string): Promise<never> => {
    throw Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES' })
  }
  return {
    read: (path) => (pattern.test(path) ? refuse(path) : nodeFiles.read(path)),
    readText: (path) => (pattern.test(path) ? refuse(path) : nodeFiles.readText(path)),
    list: (path) => (pattern.test(path) ? refuse(path) : nodeFiles.list(path)),
  }
}
