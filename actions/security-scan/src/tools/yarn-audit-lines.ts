/** Lines of Yarn 1 (`auditAdvisory`) and Yarn 4 (a tree, each package with its advisory). */
import type { JsonRecord, Notice, RawFinding } from '@ci-actions/shared'
import { isRecord, maybeText, recordOf, ToolOutputError, textOf } from '@ci-actions/shared'
import type { AboutNodePackage } from './node-advisory.ts'
import { advisoryFinding } from './node-advisory.ts'
import { findingsOf, leftOut } from './npm-audit-6.ts'

/** Yarn 1 prints an advisory once for each way that leads to it. */
export function yarnFindings(lines: readonly JsonRecord[], about: AboutNodePackage): readonly RawFinding[] {
  const found = lines.flatMap((line) => {
    if (line['type'] === 'auditAdvisory') {
      const data = recordOf(line['data'], 'yarn audit')
      return findingsOf(recordOf(data['advisory'], 'yarn audit'), about)
    }
    if (line['type'] === 'error') throw new ToolOutputError(`yarn audit: ${String(line['data'])}`)
    return isRecord(line['children']) && typeof line['value'] === 'string'
      ? inTree(line['value'], line['children'], about)
      : []
  })
  return [...new Map(found.map((each) => [keyOf(each), each])).values()]
}

/**
 * Yarn 1 counts what it found on the last line. An option (`--level`) leaves out the milder ones alone, so that critical
 * ones which are counted and not there were lost.
 */
export function missingLines(lines: readonly JsonRecord[]): readonly Notice[] {
  const listed = linesOfType(lines, 'auditAdvisory').map(({ advisory }) => recordOf(advisory, 'yarn audit'))
  return linesOfType(lines, 'auditSummary').flatMap((summary) => {
    const { critical } = isRecord(summary['vulnerabilities']) ? summary['vulnerabilities'] : {}
    if (
      typeof critical === 'number' &&
      critical > 0 &&
      !listed.some(({ severity }) => severity === 'critical')
    )
      return [{ level: 'failed', message: `The audit counts ${critical} critical and lists none of them.` }]
    return leftOut({ metadata: summary }, Object.fromEntries(listed.entries()))
  })
}

function linesOfType(lines: readonly JsonRecord[], type: string): readonly JsonRecord[] {
  return lines.flatMap((line) => (line['type'] === type ? [recordOf(line['data'], 'yarn audit')] : []))
}

function keyOf({ rule, security }: RawFinding): string {
  return JSON.stringify([rule, security?.dependency?.name, security?.dependency?.version])
}

function inTree(name: string, about: JsonRecord, known: AboutNodePackage): readonly RawFinding[] {
  const listed = Array.isArray(about['Tree Versions']) ? about['Tree Versions'] : []
  const versions = listed.filter((each) => typeof each === 'string')
  const advisory = {
    name,
    title: textOf(about, 'Issue', 'yarn npm audit'),
    severity: textOf(about, 'Severity', 'yarn npm audit'),
    url: maybeText(about, 'URL'),
    ids: [],
    cwe: undefined,
    score: undefined,
    vector: undefined,
    range: maybeText(about, 'Vulnerable Versions') ?? '',
  }
  const packages = versions.length === 0 ? [{ name }] : versions.map((version) => ({ name, version }))
  return packages.map((each) => advisoryFinding(advisory, known(each)))
}
