/** The first words of every rendering: the verdict in one sentence and the line of context under it. */
import type { Outcome } from '../gate/rule.ts'
import { count, counted, duration } from './figures.ts'
import { proseText } from './prose.ts'
import { rankedFindings } from './ranking.ts'
import type { Prose, Report } from './report.ts'
import { shorten, visibleLine } from './visible.ts'

export interface Headline {
  readonly icon: string
  readonly text: Prose
}

/** Code of the reason that tells the errors apart; a verdict has none of these. */
export type Trouble = 'planned' | 'wrong-input' | 'unavailable' | 'cancelled' | 'bug'

const longest = 160
const longestId = 60

export function headline(report: Report): Headline {
  const id =
    report.id === 'default' || report.id === ''
      ? ''
      : ` (${proseText(shorten(visibleLine(report.id), longestId))})`
  const name = `${report.title}${id}`
  const trouble = troubleOf(report)
  if (trouble !== undefined) return troubleHeadline(name, trouble, report)
  const enforced = report.enforced ? '' : ' (not enforced)'
  const reason = firstReason(report)
  if (report.verdict === 'passed') return { icon: '✅', text: `${name} passed${enforced}${warnings(report)}` }
  if (report.verdict === 'failed') return { icon: '❌', text: `${name} failed${enforced}${reason}` }
  return { icon: '❓', text: `${name} is incomplete${enforced}${reason}` }
}

function troubleHeadline(name: string, trouble: Trouble, report: Report): Headline {
  if (trouble === 'planned') return { icon: '📋', text: `${name}: only the plan; nothing was judged` }
  if (trouble === 'wrong-input') return { icon: '⛔', text: `${name} did not run${firstReason(report)}` }
  if (trouble === 'unavailable') return { icon: '🔌', text: `${name} could not finish${firstReason(report)}` }
  if (trouble === 'cancelled') return { icon: '🚫', text: `${name} was cancelled` }
  return { icon: '🐞', text: `${name} broke off: an error in ci-actions itself` }
}

export function troubleOf(report: Report): Trouble | undefined {
  const codes = new Set(report.reasons.map((reason) => reason.code))
  if (report.verdict === 'passed' || report.verdict === 'failed') return undefined
  if (codes.has('cancelled')) return 'cancelled'
  if (codes.has('planned') || codes.has('shards-planned')) return 'planned'
  if (codes.has('wrong-input')) return 'wrong-input'
  if (codes.has('unavailable')) return 'unavailable'
  return codes.has('bug') || report.verdict === 'error' ? 'bug' : undefined
}

/** `: ` and what decided, or nothing. Where a tool failed, its name says more than the rule that it fails. */
function firstReason(report: Report): Prose {
  const [reason] = report.reasons
  if (reason === undefined) return ''
  const toolFailed = reason.code === 'rule-not-measured' || reason.rule?.startsWith('tools-failed ') === true
  const failed = toolFailed ? failedTools(report) : ''
  return `: ${failed || shorten(visibleLine(reason.message.split('\n', 1)[0] ?? ''), longest)}`
}

function failedTools(report: Report): Prose {
  const names = [...new Set(report.tools.filter(({ status }) => status === 'failed').map(({ name }) => name))]
  const [first, ...others] = names.map((name) => proseText(visibleLine(name)))
  if (first === undefined) return ''
  return others.length === 0
    ? `${first} failed`
    : `${first} and ${counted(others.length, 'more tool')} failed`
}

function warnings(report: Report): string {
  const warned = report.rules.filter((outcome) => outcome.outcome === 'warned').length
  return warned === 0 ? '' : `, with ${counted(warned, 'warning')}`
}

/** Above what the change takes away from its own judgement. */
export const loosenedTitle = '⚠️ This change edits what judges it'

/** Parts of the line of context, the most important first. */
export function contextParts(report: Report): readonly string[] {
  const { facts = [] } = report
  return [rulesPart(report), ...facts, ...problemParts(report), timePart(report)].filter(
    (part) => part !== '',
  )
}

const counting: ReadonlySet<Outcome> = new Set(['passed', 'failed', 'warned', 'not-measured'])

function rulesPart(report: Report): string {
  const judged = report.rules.filter((outcome) => counting.has(outcome.outcome))
  if (judged.length === 0) return ''
  const failed = judged.filter((outcome) => outcome.outcome === 'failed').length
  const unmeasured = judged.filter((outcome) => outcome.outcome === 'not-measured' && outcome.decides).length
  const parts = [
    failed > 0 ? `${count(failed)} of ${counted(judged.length, 'rule')} failed` : '',
    unmeasured > 0 ? `${count(unmeasured)} of ${counted(judged.length, 'rule')} not measured` : '',
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(', ')
  const warned = judged.filter((outcome) => outcome.outcome === 'warned').length
  const passed = count(judged.length - warned)
  if (warned > 0) return `${passed} of ${counted(judged.length, 'rule')} passed`
  if (judged.length === 1) return 'The only rule passed'
  return judged.length === 2 ? 'Both rules passed' : `All ${counted(judged.length, 'rule')} passed`
}

function problemParts(report: Report): readonly string[] {
  if (report.tools.length === 0 && report.findings.length === 0) return []
  const ranked = rankedFindings(report)
  const all = ranked.counting.length
  const parts: string[] = []
  const at = ranked.places < all ? ` at ${counted(ranked.places, 'place')}` : ''
  const inFiles = `${at}${ranked.files < 2 ? '' : ` in ${count(ranked.files)} files`}`
  if (report.scope === 'new') {
    parts.push(all === 0 ? 'no new problems' : `${counted(all, 'new problem')}${inFiles}`)
  } else if (all === 0) {
    parts.push('no problems')
  } else {
    const fresh = report.base === undefined || ranked.new === 0 ? '' : `, ${count(ranked.new)} of them new`
    parts.push(`${counted(all, 'problem')}${inFiles}${fresh}`)
  }
  if (ranked.notes.length > 0) parts.push(counted(ranked.notes.length, 'note'))
  if (ranked.older.length > 0) {
    parts.push(
      `${counted(ranked.older.length, 'older one')} ${ranked.older.length === 1 ? 'does' : 'do'} not count here`,
    )
  }
  if (ranked.fixed > 0) parts.push(`${count(ranked.fixed)} fixed`)
  if (ranked.suppressed > 0) parts.push(`${count(ranked.suppressed)} suppressed`)
  return parts
}

function timePart(report: Report): string {
  const most = report.tools.reduce((a, b) => (b.remembered > a.remembered ? b : a), {
    remembered: 0,
    files: 0,
  })
  const remembered =
    most.remembered === 0 ? '' : `, ${count(most.remembered)} of ${counted(most.files, 'file')} remembered`
  return `${duration(report.seconds)}${remembered}`
}
