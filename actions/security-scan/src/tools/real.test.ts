import { beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { expectedOf } from '../../../../test/tools/expected.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf } from '../../../../test/tools/run-case.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { tools } from './index.ts'

/** What a recording cannot prove: that the commands still are what the tools take. */
const names = [
  ...[
    'clean',
    'findings',
    'syntax-error',
    'latin-1',
    'configured',
    'configured-ini',
    'own-rules',
    'audited',
    'audited-tokens',
  ],
  ...['hashed', 'locked', 'all-skipped', 'conflict', 'unavailable'],
  ...['history', 'package', 'unknown-commit', 'no-history', 'everything-allowed', 'unpinned', 'broken-lock'],
  ...['no-database', 'own-configuration', 'script-and-module', 'silenced', 'renamed'],
  ...['hostile', 'other-version', 'development', 'classic', 'version-4', 'version-6', 'version-11'],
  ...['registry-unknown', 'registry-ignorant'],
  ...['nothing-installed', 'broken-package', 'unknown-to-index', 'wrong-index'],
]

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner({ build: true })
}, 600_000)

const recorded = tools.filter(({ id }) => casesOf(id).length > 0).map((tool) => [tool.id, tool] as const)

describe.each(recorded)('%s, really run', (id, tool) => {
  it.for(casesOf(id).filter(({ name }) => names.includes(name)))('$name', async (toolCase, { skip }) => {
    if (!runner.canRun(tool)) skip('it is not in PATH in the locked version, and is not built here')
    const { request, recordings } = await runner.run(tool, toolCase)
    const outputs = recordings.map((recording) => outputOf(request, recording))
    expect(await summarise(tool, outputs)).toMatchObject(expectedOf(id, toolCase.name) ?? {})
  })
})
