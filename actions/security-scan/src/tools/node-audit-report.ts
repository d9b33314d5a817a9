/** Reads what `npm audit`, `pnpm audit` and `yarn audit` print as JSON. https://docs.npmjs.com/auditing-package-dependencies */
import type { JsonRecord, ToolResult } from '@ci-actions/shared'
import { isRecord, parseJson, parseJsonLines, ToolOutputError } from '@ci-actions/shared'
import type { AboutNodePackage } from './node-advisory.ts'
import { unplaced } from './node-advisory.ts'
import { advisoryFindings, leftOut } from './npm-audit-6.ts'
import { missingAdvisories, vulnerabilityFindings } from './npm-audit-7.ts'
import { missingLines, yarnFindings } from './yarn-audit-lines.ts'

/**
 * npm since 7 lists packages with the advisories that they have; npm 6, pnpm and Yarn 2 and 3 list advisories, Yarn 1
 * and 4 print one a line. A report that says an error instead is no clean one.
 */
export function parseNodeAuditReport(text: string, about: AboutNodePackage = unplaced): ToolResult {
  const report = isLines(text) ? undefined : parseJson(text, 'npm audit')
  if (report === undefined) return ofLines(linesOf(text), about)
  if (!isRecord(report)) throw new ToolOutputError('npm audit: an object was expected.')
  const error = auditError(report)
  if (error !== undefined) throw new ToolOutputError(`npm audit did not audit anything: ${error.message}`)
  const { vulnerabilities, advisories } = report
  if (isRecord(vulnerabilities))
    return {
      findings: vulnerabilityFindings(vulnerabilities, about),
      notices: missingAdvisories(report, vulnerabilities),
    }
  if (isRecord(advisories))
    return { findings: advisoryFindings(advisories, about), notices: leftOut(report, advisories) }
  // Yarn 4 prints one object if there is one advisory.
  if ('value' in report || 'type' in report) return ofLines([report], about)
  throw new ToolOutputError('npm audit: there is no list of vulnerabilities.')
}

function ofLines(lines: readonly JsonRecord[], about: AboutNodePackage): ToolResult {
  return { findings: yarnFindings(lines, about), notices: missingLines(lines) }
}

/** What npm, or the registry, says instead of a report. */
export function auditError(
  report: JsonRecord,
): { readonly code: string; readonly message: string } | undefined {
  if (isRecord(report['vulnerabilities']) || isRecord(report['advisories'])) return undefined
  const { error, message } = report
  if (error === undefined && typeof message !== 'string') return undefined
  const details = isRecord(error) ? error : {}
  const said = [message, details['message'], details['summary'], details['detail'], error].find(
    (each) => typeof each === 'string' && each.trim() !== '',
  )
  return { code: String(details['code'] ?? ''), message: String(said ?? 'no reason given') }
}

function isLines(text: string): boolean {
  const [first = '', second = ''] = text.trimStart().split('\n', 2)
  return first.trim() !== '{' && first.trimEnd().endsWith('}') && second.trim().startsWith('{')
}

function linesOf(text: string): readonly JsonRecord[] {
  const { values, broken, plain } = parseJsonLines(text)
  const wrong = broken[0] ?? plain[0]
  if (wrong !== undefined) throw new ToolOutputError(`The audit's line ${wrong.line} is no complete JSON.`)
  return values.map(({ value }) => value)
}
