/** Findings sorted out for a reader: what counts, best first, by file, with repeats folded. */
import type { Finding } from '../finding/finding.ts'
import type { FoldedFinding } from '../finding/fold.ts'
import { isCountedBy, rankFindings } from '../finding/rank.ts'
import { count } from './figures.ts'
import { proseCode } from './prose.ts'
import type { Prose, Report } from './report.ts'
import { visibleLine } from './visible.ts'

/** Fixed and suppressed findings are in none of the lists. */
export interface RankedFindings {
  readonly counting: readonly Finding[]
  /** Notes that no failed rule counts: worth knowing, and nothing that has to be done. */
  readonly notes: readonly Finding[]
  /** What was there before and no failed rule counts; empty for scope `all`. */
  readonly older: readonly Finding[]
  /** How many files the counting ones are in. */
  readonly files: number
  /** How many lines they are in: several tools may name the same one. */
  readonly places: number
  readonly new: number
  readonly fixed: number
  readonly suppressed: number
}

/** By the findings themselves, since copies of a report share them; rules and scope decide as well. */
const known = new WeakMap<Report['findings'], { readonly of: Report; readonly ranked: RankedFindings }>()

/** Sorted once, however many renderings ask. */
export function rankedFindings(report: Report): RankedFindings {
  const before = known.get(report.findings)
  if (before !== undefined && before.of.rules === report.rules && before.of.scope === report.scope) {
    return before.ranked
  }
  const ranked = sortOut(report)
  known.set(report.findings, { of: report, ranked })
  return ranked
}

function sortOut(report: Report): RankedFindings {
  const counting: Finding[] = []
  const notes: Finding[] = []
  const older: Finding[] = []
  const failed = failedRules(report)
  let suppressed = 0
  let fixed = 0
  for (const finding of report.findings) {
    if (finding.state === 'fixed') fixed++
    else if (finding.suppression !== undefined) suppressed++
    else if (report.scope === 'new' && isOld(finding) && !isCountedBy(finding, failed)) older.push(finding)
    else if (finding.level === 'note' && !isCountedBy(finding, failed)) notes.push(finding)
    else counting.push(finding)
  }
  return {
    counting: rankFindings(counting, report.rules),
    notes: rankFindings(notes, report.rules),
    older: rankFindings(older, report.rules),
    files: new Set(counting.map((finding) => finding.location?.path ?? '')).size,
    places: countPlaces(counting),
    new: counting.filter((finding) => finding.state === 'new').length,
    fixed,
    suppressed,
  }
}

function countPlaces(findings: readonly Finding[]): number {
  const byPath = Map.groupBy(findings, (finding) => finding.location?.path ?? '')
  return [...byPath.values()].reduce(
    (sum, inFile) => sum + new Set(inFile.map((finding) => finding.location?.line ?? 0)).size,
    0,
  )
}

function failedRules(report: Report): Report['rules'] {
  return report.rules.filter((outcome) => outcome.decides && outcome.outcome === 'failed')
}

function isOld(finding: Finding): boolean {
  return finding.state === 'unchanged' || finding.state === 'tool-changed'
}

export interface FileProblems {
  /** Undefined for findings about no file. */
  readonly path?: string | undefined
  readonly outside: boolean
  readonly findings: readonly Finding[]
  readonly new: number
}

/**
 * Files with the most findings that decided the verdict first, then those with the most new ones, then those
 * with the most; inside a file the order given.
 */
export function groupByFile(findings: readonly Finding[], report: Report): readonly FileProblems[] {
  const before = grouped.get(findings)
  if (before !== undefined && before.rules === report.rules) return before.files
  const files = filesOf(findings, report)
  grouped.set(findings, { rules: report.rules, files })
  return files
}

const grouped = new WeakMap<
  readonly Finding[],
  { readonly rules: Report['rules']; readonly files: readonly FileProblems[] }
>()

function filesOf(findings: readonly Finding[], report: Report): readonly FileProblems[] {
  const failed = failedRules(report)
  const groups = [...Map.groupBy(findings, (finding) => finding.location?.path ?? '').values()]
  return groups
    .map((inFile) => ({
      inFile,
      decided: inFile.filter((finding) => isCountedBy(finding, failed)).length,
      fresh: inFile.filter((finding) => finding.state === 'new').length,
    }))
    .toSorted((a, b) => b.decided - a.decided || b.fresh - a.fresh || b.inFile.length - a.inFile.length)
    .map(({ inFile, fresh }) => ({
      path: inFile[0]?.location?.path,
      outside: inFile[0]?.location?.outside === true,
      findings: inFile,
      new: fresh,
    }))
}

/** Display names of tools by id, short ones. */
export function toolNames(report: Report): ReadonlyMap<string, string> {
  return new Map(report.tools.map((tool) => [tool.id, shortName(tool.name)]))
}

/** `Duplication, Pylint`: who found these, by short names. */
export function toolsOf(findings: readonly Finding[], report: Report): string {
  const names = toolNames(report)
  return [...new Set(findings.map(({ tool }) => visibleLine(names.get(tool) ?? tool)))].sort().join(', ')
}

/** `Duplication` for `Duplication (jscpd)`: which program it is stands beside its version, once. */
export function shortName(name: string): string {
  return name.replace(/ \([^()]*\)$/, '')
}

/** `7 times, up to line 131`, `also in line 53`; empty for a problem that is there once. */
export function repeatsText({ finding, count: times, lastLine }: FoldedFinding): string {
  if (times === 1) return ''
  const later = lastLine !== undefined && lastLine > (finding.location?.line ?? lastLine)
  if (!later) return `${count(times)} times`
  return times === 2 ? `also in line ${lastLine}` : `${count(times)} times, up to line ${lastLine}`
}

/** `🔧 5 can be repaired by …`; empty where no tool can repair any. */
export function fixSentence(findings: readonly Finding[], report: Report): Prose {
  const fixable = findings.filter((finding) => finding.fix !== undefined).length
  if (fixable === 0) return ''
  const all = fixable === 1 ? 'It' : `All ${count(fixable)}`
  return `🔧 ${fixable === findings.length ? all : count(fixable)} can be repaired by ${proseCode(fixCommand(report))}`
}

/** How `--fix` is started. */
export function fixCommand(report: Report): string {
  return `ci-actions ${report.action} --fix`
}
