/** Which findings become annotations. GitHub keeps ten a level and step, so they are ranked and the rest counted. */
import type { Finding, Level } from '../finding/finding.ts'
import type { FoldedFinding } from '../finding/fold.ts'
import { foldFindings } from '../finding/fold.ts'
import type { Annotation } from './annotation.ts'
import { count, counted } from './figures.ts'
import { plainProse } from './prose.ts'
import { fixCommand, rankedFindings, repeatsText, toolNames } from './ranking.ts'
import type { Report } from './report.ts'
import { shorten, visibleLine } from './visible.ts'

export interface AnnotationPlan {
  readonly annotations: readonly Annotation[]
  /** Findings to annotate that are in none of them. */
  readonly notShown: number
}

/**
 * One less than the ten that actions/runner keeps (ExecutionContext.cs): the verdict itself is an error of the
 * step, a failure to report a warning, and the count of what is not shown a notice.
 */
const defaultPerLevel = 9

/** actions/runner cuts longer messages; in UTF-16 units. */
const longestMessage = 4096
const longestTitle = 255

const annotationLevels = { error: 'error', warning: 'warning', note: 'notice' } as const

/** Best first; notes stand behind all that counts. */
export function annotated(report: Report): readonly Finding[] {
  const { counting, notes } = rankedFindings(report)
  return [...counting, ...notes]
}

export function planAnnotations(report: Report, limits: { readonly perLevel?: number } = {}): AnnotationPlan {
  const findings = annotated(report)
  const perLevel = limits.perLevel ?? defaultPerLevel
  const names = toolNames(report)
  const room: Record<Level, number> = { error: perLevel, warning: perLevel, note: perLevel }
  const annotations: Annotation[] = []
  let shown = 0
  for (const problem of foldFindings(findings)) {
    const { level, tool } = problem.finding
    if (room[level] <= 0) continue
    room[level]--
    shown += problem.count
    annotations.push(annotationOf(problem, names.get(tool) ?? tool, report))
  }
  return { annotations, notShown: findings.length - shown }
}

/** The first findings, each by itself, best first; for a check run, which has room for many. */
export function singleAnnotations(report: Report, most: number): readonly Annotation[] {
  const names = toolNames(report)
  return annotated(report)
    .slice(0, most)
    .map((finding) => annotationOf({ finding, count: 1 }, names.get(finding.tool) ?? finding.tool, report))
}

function annotationOf(problem: FoldedFinding, tool: string, report: Report): Annotation {
  const { finding } = problem
  const rule = finding.rule === finding.tool ? '' : ` ${finding.rule}`
  return {
    level: annotationLevels[finding.level],
    title: shorten(visibleLine(`${tool}${rule}`), longestTitle),
    message: shorten(messageOf(problem, report), longestMessage),
    ...placeOf(finding),
  }
}

function messageOf(problem: FoldedFinding, report: Report): string {
  const { location, message, security, fix } = problem.finding
  const outside = location?.outside === true ? `${visibleLine(location.path)}: ` : ''
  const severity = security === undefined ? '' : `${security.severity}: `
  const repeats = repeatsText(problem)
  const more = repeats === '' ? '' : ` (${repeats})`
  const text = `${outside}${severity}${visibleLine(message)}${more}`
  if (fix === undefined) return text
  return `${text}${/[.!?]$/.test(text) ? '' : '.'} Repaired by: ${fixCommand(report)}`
}

/** GitHub refuses columns on annotations of several lines. */
function placeOf({ location }: Finding): Partial<Annotation> {
  if (location === undefined || location.outside === true) return {}
  const { path, line, endLine, column, endColumn } = location
  if (line === undefined) return { path, line: 1 }
  if (endLine !== undefined && endLine > line) return { path, line, endLine }
  return column === undefined
    ? { path, line }
    : { path, line, endLine: line, column, endColumn: endColumn ?? column }
}

/** The notice that tells what the annotations do not; undefined where they tell all. */
export function notShownAnnotation(plan: AnnotationPlan, report: Report): Annotation | undefined {
  if (plan.notShown === 0) return undefined
  const all = annotated(report).length
  const shown = count(all - plan.notShown)
  return {
    level: 'notice',
    title: plainProse(report.title),
    message: `Annotations show ${shown} of ${counted(all, 'problem')}. The job summary has more, the report folder all of them.`,
  }
}
