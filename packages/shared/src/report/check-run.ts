/** A check run's texts, for whoever turned it on: the summary again, and all findings as annotations. */
import { mostAnnotations } from '../github/check-run.ts'
import type { Annotation } from './annotation.ts'
import { annotated, singleAnnotations } from './annotations.ts'
import { headline } from './headline.ts'
import { plainProse } from './prose.ts'
import type { Report } from './report.ts'
import { renderSummary } from './summary.ts'
import { shorten, visibleLine } from './visible.ts'

export interface CheckRunTexts {
  readonly title: string
  readonly summary: string
  /** As many as a check run takes, the best first. */
  readonly annotations: readonly Annotation[]
  /** How many findings there are to annotate. */
  readonly total: number
}

/** Limits of `POST /repos/{owner}/{repo}/check-runs`: title in characters, summary in bytes to be safe. */
const longestTitle = 255
const longestSummary = 65_535
/** For the line that the sender adds where it sends only part of the annotations. */
const reserve = 200

export function renderCheckRun(report: Report): CheckRunTexts {
  return {
    title: shorten(visibleLine(plainProse(headline(report).text)), longestTitle),
    summary: renderSummary(report, { maxBytes: longestSummary - reserve }),
    annotations: singleAnnotations(report, mostAnnotations),
    total: annotated(report).length,
  }
}
