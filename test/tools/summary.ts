/** What a tool's run comes to, in lines that a test can write down by hand. */

import { packagePath } from '../../actions/quality-gate/src/tools/python-files.ts'
import { messageOf } from '../../packages/shared/src/action/errors.ts'
import type { Tool, ToolOutput } from '../../packages/shared/src/tool/tool.ts'

export interface Summary {
  /** `failed` where the exit code is none of the declared, the parser throws or a notice says so. */
  readonly status: 'clean' | 'findings' | 'failed'
  /** `metric rule path:line`, `-` for no metric, sorted. */
  readonly findings: readonly string[]
  /** `metric path value/of`, sorted. */
  readonly measurements: readonly string[]
  /** Messages of notices, and of what was thrown. */
  readonly messages: readonly string[]
  /** As the tool says; undefined where it does not. */
  readonly filesChecked: number | undefined
}

export async function summarise(tool: Tool, outputs: readonly ToolOutput[]): Promise<Summary> {
  const findings: string[] = []
  const measurements: string[] = []
  const messages: string[] = []
  let filesChecked: number | undefined
  let failed = false
  for (const output of outputs) {
    if (!output.invocation.exitCodes.includes(output.exitCode)) {
      failed = true
      continue
    }
    try {
      const result = await tool.parse(output)
      if (result.filesChecked !== undefined) filesChecked = (filesChecked ?? 0) + result.filesChecked
      for (const { metric, rule, location } of result.findings) {
        const path = packagePath(location?.path ?? '', output.request.project)
        findings.push(
          `${metric ?? '-'} ${rule} ${path}${location?.line === undefined ? '' : `:${location.line}`}`,
        )
      }
      for (const { metric, path, value, of } of result.measurements ?? []) {
        measurements.push(`${metric} ${path ?? '-'} ${value}${of === undefined ? '' : `/${of}`}`)
      }
      for (const { level, message } of result.notices ?? []) {
        failed ||= level === 'failed'
        messages.push(message)
      }
    } catch (error) {
      failed = true
      messages.push(messageOf(error))
    }
  }
  const status = failed ? 'failed' : findings.length > 0 ? 'findings' : 'clean'
  return { status, findings: findings.sort(), measurements: measurements.sort(), messages, filesChecked }
}
