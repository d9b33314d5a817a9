/** The comment on a pull request: a summary with fewer rows. */
import { fitSection } from './budget.ts'
import type { Report } from './report.ts'
import { summaryDocument } from './summary.ts'
import { utf8Bytes } from './visible.ts'

/** GitHub takes 65,536 characters; counting bytes is never too many. */
const longestBody = 65_536

/** `marker` is a whole HTML comment by which the comment is found again; it stands in front. */
export function renderComment(report: Report, marker: string): string {
  const front = `${marker}\n`
  const body = fitSection(
    summaryDocument(report, { rows: 30, rowsPerFile: 10 }),
    longestBody - utf8Bytes(front),
  )
  return front + body
}
