/** Licences of dependencies, in a report of Trivy. */
import type { JsonRecord, RawFinding } from '@ci-actions/shared'
import { maybeText, textOf } from '@ci-actions/shared'
import { ecosystemOfTrivy } from './ecosystem.ts'
import { riskFinding } from './risk-finding.ts'
import { rowsOf } from './trivy-rows.ts'

/**
 * Only what somebody denied is a finding: Trivy's own classes are about obligations when code is passed on, which not
 * everybody does. The project's own licence files name no package and are passed over.
 */
export function licenseFindings(result: JsonRecord, denied: readonly string[]): readonly RawFinding[] {
  if (denied.length === 0) return []
  const isDenied = deniedBy(denied)
  return rowsOf(result, 'Licenses').flatMap((each) => {
    const name = maybeText(each, 'PkgName') ?? ''
    const license = textOf(each, 'Name', 'Trivy')
    const known = maybeText(each, 'Category') !== 'unknown'
    if (name === '' || (known && !isDenied(license))) return []
    const rule = isDenied(license) ? 'denied' : 'unknown'
    const file = maybeText(each, 'FilePath') || textOf(result, 'Target', 'Trivy')
    return [toFinding({ rule, name, license, file, ecosystem: ecosystemIn(result, file), result })]
  })
}

function toFinding(found: {
  readonly rule: 'denied' | 'unknown'
  readonly name: string
  readonly license: string
  readonly file: string
  readonly ecosystem: string
  readonly result: JsonRecord
}): RawFinding {
  const { rule, name, license, file, ecosystem } = found
  const why = rule === 'denied' ? 'which `denied-licenses` names' : 'which nobody knows'
  return riskFinding(
    {
      kind: 'license',
      claims: [{ source: 'denied-licenses', by: 'table', severity: rule === 'denied' ? 'high' : 'low' }],
      dependency: { ecosystem, name },
    },
    { rule, message: `${name} has the licence ${license}, ${why}.`, location: { path: file } },
  )
}

/** The result about licences has no type; the file's name tells. */
function ecosystemIn(result: JsonRecord, file: string): string {
  const type = maybeText(result, 'Type')
  if (type) return ecosystemOfTrivy(type)
  if (/(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|package\.json)$/.test(file)) return 'npm'
  return /(?:requirements[\w.-]*\.txt|(?:uv|poetry|Pipfile)\.lock|METADATA)$/.test(file) ? 'pypi' : 'generic'
}

/** Of `A OR B` one may be chosen; of `A AND B` both hold. */
export function deniedBy(patterns: readonly string[]): (license: string) => boolean {
  const tests = patterns.map(
    (pattern) => new RegExp(`^${pattern.trim().split('*').map(literal).join('.*')}$`, 'i'),
  )
  const one = (license: string): boolean =>
    tests.some((test) => test.test(license.replaceAll(/[()]/g, '').trim()))
  return (license) => license.split(/\s+OR\s+/i).every((choice) => choice.split(/\s+AND\s+/i).some(one))
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
