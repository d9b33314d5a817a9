/** What the tests of a bundle share: projects and servers that are put away, and the evidence of a run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleResult } from '../../scripts/runner.ts'
import type { FakeGithub, FakeGithubOptions } from './fake-github.ts'
import { startFakeGithub } from './fake-github.ts'
import type { SmallProject, SourceFiles } from './small-project.ts'
import { makeSmallProject } from './small-project.ts'

const CONFIGURATION = { 'pyproject.toml': '[tool.ruff.lint]\nselect = ["F"]\n' }
export const CLEAN = '"""Adds."""\n\n\ndef add(a: int, b: int) -> int:\n    """Sum."""\n    return a + b\n'
/** Sixty-five names that nobody defines, one a line. */
export const BROKEN = Array.from({ length: 65 }, (_, index) => `print(missing_${index})\n`).join('')

let open: { remove?(): void; close?(): Promise<void> }[] = []

/** For `afterEach`. */
export async function putAway(): Promise<void> {
  const all = open
  open = []
  for (const one of all) {
    one.remove?.()
    await one.close?.()
  }
}

/** A project with Ruff and one clean module, on a branch that brings `change`. */
export function project(change: SourceFiles): SmallProject {
  const made = makeSmallProject({ ...CONFIGURATION, 'add.py': CLEAN }, change)
  open.push(made)
  return made
}

export async function github(options: FakeGithubOptions = {}): Promise<FakeGithub> {
  const made = await startFakeGithub(options)
  open.push(made)
  return made
}

export interface Result {
  readonly verdict: string
  readonly reasons: readonly { readonly code: string; readonly message: string }[]
  readonly degraded: readonly { readonly what: string; readonly why: string }[]
  readonly tools: readonly { readonly id: string; readonly status: string; readonly why?: string }[]
  readonly findings: readonly {
    readonly rule: string
    readonly state: string
    readonly location?: { readonly path: string }
  }[]
}

/** The `result.json` of the report folder. */
export function resultOf({ workspace }: SmallProject, { outputs }: BundleResult): Result {
  const file = join(workspace, outputs['report-dir'] ?? '', 'result.json')
  return JSON.parse(readFileSync(file, 'utf8')) as Result
}
