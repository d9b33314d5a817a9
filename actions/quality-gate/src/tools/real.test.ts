import { beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from '../../../../test/tools/cases.ts'
import { expectedOf } from '../../../../test/tools/expected.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf } from '../../../../test/tools/run-case.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { tools } from './index.ts'

/** What a recording cannot prove: that the commands still are what the tools take. */
const names = [
  ...['clean', 'findings', 'syntax-error', 'excluded', 'included', 'duplicates', 'signatures'],
  // What each tool says, or does not say, about configuration that has no effect.
  ...['config-warning', 'config-unknown-key', 'config-wrong-value', 'configuration-above'],
  ...['plugin-missing', 'plugin-local', 'everything-excluded'],
]

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
})

describe.each(tools.map((tool) => [tool.id, tool] as const))('%s, really run', (id, tool) => {
  it.each(casesOf(id).filter(({ name }) => names.includes(name)))('$name', async (toolCase) => {
    const { request, recordings } = await runner.run(tool, toolCase)
    const outputs = recordings.map((recording) => outputOf(request, recording))
    expect(await summarise(tool, outputs)).toMatchObject(expectedOf(id, toolCase.name) ?? {})
  })
})
