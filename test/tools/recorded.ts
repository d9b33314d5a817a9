/** Reads what `scripts/fixtures.ts` recorded, as the parsers get it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool, ToolOutput } from '../../packages/shared/src/tool/tool.ts'
import { casesOf } from './cases.ts'
import type { Recording } from './run-case.ts'
import { outputOf, requestFor } from './run-case.ts'

/** One output for each command of the case. */
export function readRecorded(
  tool: Tool,
  name: string,
  changes?: (recording: Recording) => Recording,
): readonly ToolOutput[] {
  const toolCase = casesOf(tool.id).find((each) => each.name === name)
  if (toolCase === undefined) throw new Error(`${tool.id} has no case ${name}`)
  const file = (index: number, kind: string): string =>
    readFileSync(
      join(import.meta.dirname, '../fixtures/tools', tool.id, `${name}.${index + 1}.${kind}`),
      'utf8',
    )
  const { version }: { version: string } = JSON.parse(file(0, 'json'))
  const request = requestFor(tool, toolCase, { top: '', installed: { command: [tool.id], version } })
  return tool.invocations(request).map((invocation, index) => {
    const { exitCode, files }: Pick<Recording, 'exitCode' | 'files'> = JSON.parse(file(index, 'json'))
    const recording = {
      invocation,
      exitCode,
      files,
      stdout: file(index, 'stdout'),
      stderr: file(index, 'stderr'),
    }
    return outputOf(request, changes?.(recording) ?? recording)
  })
}
