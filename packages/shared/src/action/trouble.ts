/** What is reported where there is no verdict: wrong inputs, the world's fault, a bug, a cancellation. Pure. */
import type { Block, Reason, Report } from '../report/report.ts'
import { messageOf, UnavailableError, UserError } from './errors.ts'
import type { ActionOutcome } from './spec.ts'

export const issuesUrl = 'https://github.com/org/ci-actions/issues'

type OutcomeReport = ActionOutcome['report']

/** The report of something thrown. */
export function reportThrown(error: unknown): OutcomeReport {
  if (error instanceof UserError) {
    return bare(
      'error',
      error.problems.map((message) => ({ code: 'wrong-input', message })),
    )
  }
  if (error instanceof UnavailableError) {
    return bare('incomplete', [
      { code: 'unavailable', message: `${error.message} Running it again may help.` },
    ])
  }
  return bare('error', [{ code: 'bug', message: messageOf(error) }], bugBlocks(error))
}

/** The report of a cancelled run, with what is known by then. */
export function reportCancelled(known: OutcomeReport | undefined): OutcomeReport {
  const reason: Reason = {
    code: 'cancelled',
    message: 'The run was cancelled before its end; what is shown is what was known by then.',
  }
  if (known === undefined) return bare('incomplete', [reason])
  return { ...known, verdict: 'incomplete', reasons: [reason, ...known.reasons] }
}

function bare(
  verdict: Report['verdict'],
  reasons: readonly Reason[],
  blocks: readonly Block[] = [],
): OutcomeReport {
  return {
    verdict,
    reasons,
    blocks,
    rules: [],
    metrics: [],
    tools: [],
    findings: [],
    loosened: [],
    notices: [],
    degraded: [],
    scope: 'all',
    laptop: '',
  }
}

function bugBlocks(error: unknown): readonly Block[] {
  const stack: Block = { kind: 'code', language: 'text', text: stackOf(error) }
  return [
    {
      kind: 'paragraph',
      text: 'This is an error in ci-actions, not in your project. Please report it, with the stack below.',
    },
    { kind: 'link', label: 'Issues of ci-actions', url: issuesUrl },
    { kind: 'details', title: 'Stack', blocks: [stack] },
  ]
}

/** With the stacks of the causes. */
export function stackOf(error: unknown): string {
  const lines: string[] = []
  for (let at = error, depth = 0; at !== undefined && depth < 5; depth += 1) {
    const text = at instanceof Error ? (at.stack ?? at.message) : String(at)
    lines.push(depth === 0 ? text : `Caused by: ${text}`)
    at = at instanceof Error ? at.cause : undefined
  }
  return lines.join('\n')
}
