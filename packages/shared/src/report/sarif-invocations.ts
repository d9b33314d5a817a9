/** How a tool's runs went, and what of the report is not in its SARIF run. Pure. */
import type { ToolRun } from '../tool/tool.ts'
import { count, counted } from './figures.ts'
import { plainProse } from './prose.ts'
import { rankedFindings } from './ranking.ts'
import type { Report } from './report.ts'
import type { SarifInvocation, SarifNotification } from './sarif-log.ts'
import { shorten, visibleLine, visibleText } from './visible.ts'

const longestWhy = 1000

export interface Sent {
  readonly all: number
  readonly sent: number
  /** Whether suppressed findings are among them. */
  readonly withSuppressed: boolean
}

export function invocationsOf(
  tools: readonly ToolRun[],
  { all, sent, withSuppressed }: Sent,
  report: Report,
): readonly SarifInvocation[] {
  const { fixed, suppressed } = rankedFindings(report)
  const notes: SarifNotification[] = []
  if (sent < all) {
    notes.push(note('warning', `Showing the ${count(sent)} most important of ${count(all)} results.`))
  }
  if (fixed > 0) notes.push(note('note', leftOut(fixed, 'fixed finding')))
  if (suppressed > 0 && !withSuppressed) notes.push(note('note', leftOut(suppressed, 'suppressed finding')))
  const invocations = tools.map(invocationOf)
  const [first, ...others] = invocations.length > 0 ? invocations : [{ executionSuccessful: true }]
  if (first === undefined || notes.length === 0) return invocations
  return [
    { ...first, toolExecutionNotifications: [...(first.toolExecutionNotifications ?? []), ...notes] },
    ...others,
  ]
}

function leftOut(findings: number, what: string): string {
  return `${counted(findings, what)} of all tools together ${findings === 1 ? 'is' : 'are'} left out.`
}

function invocationOf(tool: ToolRun): SarifInvocation {
  const failed = tool.status === 'failed'
  const exitCode = tool.commands.at(-1)?.exitCode
  const why = failed ? [note('error', shorten(visibleText(tool.why ?? 'failed'), longestWhy))] : []
  const notices = tool.notices.map(({ level, message }) =>
    note(
      level === 'failed' ? 'error' : level === 'warning' ? 'warning' : 'note',
      plainProse(visibleLine(message)),
    ),
  )
  const notifications = [...why, ...notices]
  return {
    executionSuccessful: !failed,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  }
}

function note(level: SarifNotification['level'], text: string): SarifNotification {
  return { level, message: { text } }
}
