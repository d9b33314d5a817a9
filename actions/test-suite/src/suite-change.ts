/** The change that a run is about: its base, its files, and how much of it the tests run. */
import type { CoverageReport, FileChange } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import { patchCoverage } from './coverage/patch.ts'
import type { Suite } from './suite.ts'

export interface SuiteChange {
  readonly changes: readonly FileChange[]
  /** Undefined without coverage or without a base. */
  readonly patch?: PatchCoverage
  /** Of the base commit. */
  readonly sha?: string
  readonly notices: readonly string[]
}

export async function findChange(suite: Suite, coverage: CoverageReport | undefined): Promise<SuiteChange> {
  const { base, changes } = await suite.change()
  if (base.kind === 'none') {
    const notices = coverage === undefined ? [] : [`\`patch-coverage\` is not measured: ${base.why}`]
    return { changes: [], notices }
  }
  if (coverage === undefined) return { changes, sha: base.sha, notices: [] }
  const patch = patchCoverage(coverage, changes)
  return { changes, sha: base.sha, patch, notices: [base.message, ...silence(patch)] }
}

/** A new module that no test imports may be missing from the report altogether: that is no coverage. */
function silence({ unknown }: PatchCoverage): readonly string[] {
  if (unknown.length === 0) return []
  const shown = unknown.slice(0, 5).map((path) => `\`${path}\``)
  const more = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : ''
  return [
    `Coverage says nothing about changed files: ${shown.join(', ')}${more}. They are not in \`patch-coverage\`.`,
  ]
}
