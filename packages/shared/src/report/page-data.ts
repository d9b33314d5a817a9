/** All findings as the page's script reads them: texts once, rows as numbers. */
import type { Finding } from '../finding/finding.ts'
import { compareFindings } from '../finding/rank.ts'
import { webAddress } from './markdown.ts'
import { rankedFindings, toolNames } from './ranking.ts'
import type { Report } from './report.ts'
import { visibleLine } from './visible.ts'

const levels = ['error', 'warning', 'note'] as const
/** Of risks, worst first. */
const severities = ['critical', 'high', 'unknown', 'medium', 'low'] as const
/** As filters name them; a suppressed finding has no other state here. */
export const states = ['new', 'unknown', 'tool-changed', 'unchanged', 'fixed', 'suppressed'] as const

export interface PageRule {
  readonly name: string
  readonly help?: string
}

export interface PageData {
  readonly tools: readonly string[]
  readonly rules: readonly PageRule[]
  readonly paths: readonly string[]
  readonly messages: readonly string[]
  /** With severities in place of the levels of risks. */
  readonly levels: readonly string[]
  readonly states: readonly string[]
  /** With `{path}` and `{line}`; absent where nothing is linked. */
  readonly link?: string
  /**
   * Best first: tool, rule, level or severity, state, path, line, column, message, and bits: 1 counts for the verdict, 2 can
   * be repaired, 4 outside the repository. Indices into the lists; -1 for no path, 0 for no line or column.
   */
  readonly rows: readonly (readonly number[])[]
}

interface Index<T> {
  readonly list: T[]
  of(key: string, finding: Finding): number
}

export function pageData(report: Report): PageData {
  const { counting, notes, older } = rankedFindings(report)
  const others = report.findings
    .filter((finding) => finding.state === 'fixed' || finding.suppression !== undefined)
    .toSorted(compareFindings)
  const names = toolNames(report)
  const tools = index(({ tool }) => visibleLine(names.get(tool) ?? tool))
  const rules = index(ruleOf)
  const paths = index(({ location }) => visibleLine(location?.path ?? ''))
  const messages = index(({ message }) => visibleLine(message))
  const grades = gradesOf(report.findings)
  const row = (finding: Finding, counts: number): readonly number[] => {
    const { location, state, fix } = finding
    return [
      tools.of(finding.tool, finding),
      rules.of(`${finding.tool}\0${finding.rule}`, finding),
      grades.indexOf(gradeOf(finding)),
      states.indexOf(state !== 'fixed' && finding.suppression !== undefined ? 'suppressed' : state),
      location === undefined ? -1 : paths.of(location.path, finding),
      location?.line ?? 0,
      location?.column ?? 0,
      messages.of(finding.message, finding),
      counts + (fix === undefined ? 0 : 2) + (location?.outside === true ? 4 : 0),
    ]
  }
  const rows = [
    ...counting.map((finding) => row(finding, 1)),
    ...[...notes, ...older].map((finding) => row(finding, 0)),
    ...others.map((finding) => row(finding, 0)),
  ]
  return {
    tools: tools.list,
    rules: rules.list,
    paths: paths.list,
    messages: messages.list,
    levels: grades,
    states,
    ...linkOf(report),
    rows,
  }
}

function linkOf({ linkTemplate }: Report): Pick<PageData, 'link'> {
  return linkTemplate === undefined || webAddress(linkTemplate) === undefined ? {} : { link: linkTemplate }
}

function gradesOf(findings: readonly Finding[]): readonly string[] {
  if (findings.every(({ security }) => security === undefined)) return levels
  const used = new Set<string>(findings.map(gradeOf))
  return [...severities, ...levels].filter((grade) => used.has(grade))
}

function gradeOf({ level, security }: Finding): string {
  return security?.severity ?? level
}

function ruleOf(finding: Finding): PageRule {
  const help = finding.help === undefined ? undefined : webAddress(finding.help)
  const name = finding.rule === finding.tool ? '' : visibleLine(finding.rule)
  return help === undefined ? { name } : { name, help }
}

function index<T>(entryOf: (finding: Finding) => T): Index<T> {
  const known = new Map<string, number>()
  const list: T[] = []
  return {
    list,
    of: (key, finding) => {
      const before = known.get(key)
      if (before !== undefined) return before
      known.set(key, list.length)
      list.push(entryOf(finding))
      return list.length - 1
    },
  }
}
