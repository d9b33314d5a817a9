/** The sample reports in every rendering, by file name; kept in samples/ for reviewers and compared by a test. */
import { planAnnotations } from '../annotations.ts'
import { renderComment } from '../comment.ts'
import { renderHtml } from '../page.ts'
import { renderResult } from '../result.ts'
import { renderSarif } from '../sarif.ts'
import { renderSummary } from '../summary.ts'
import { renderTerminal } from '../terminal.ts'
import { sampleReports } from './sample-reports.ts'

/** Other renderings than the summary are kept of these alone. */
const whole: ReadonlySet<string> = new Set(['failed', 'hostile', 'incomplete'])

export function sampleRenderings(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const [name, report] of Object.entries(sampleReports)) {
    files.set(`${name}.md`, renderSummary(report, { maxBytes: 1024 * 1024 }))
    files.set(`${name}.txt`, renderTerminal(report, { colour: false, width: 100 }))
    if (!whole.has(name)) continue
    files.set(`${name}.comment.md`, renderComment(report, '<!-- ci-actions: sample -->'))
    files.set(`${name}.annotations.json`, `${JSON.stringify(planAnnotations(report), undefined, 2)}\n`)
    files.set(`${name}.json`, renderResult(report))
    files.set(`${name}.sarif`, renderSarif(report))
    files.set(`${name}.html`, renderHtml(report))
  }
  return files
}
