/** Reports that are not read, with what to do instead. Pure. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'

/** The end of a sentence about the file; undefined for what nobody knows. */
export function describeUnread(value: unknown): string | undefined {
  const record = Array.isArray(value) ? value.find(isRecord) : value
  if (!isRecord(record)) return undefined
  return unread.find(([fits]) => fits(record))?.[1]
}

const unread: readonly (readonly [(record: JsonRecord) => boolean, string])[] = [
  [
    (record) => 'spdxVersion' in record,
    'is an SBOM in SPDX: it lists components and says nothing about risks. Let a scanner read it, and give its report.',
  ],
  [
    (record) => 'reportSchema' in record && 'scanInfo' in record,
    "is OWASP Dependency-Check's JSON; let it write SARIF (`--format SARIF`).",
  ],
  [
    (record) => /openvex/i.test(String(record['@context'])),
    'is OpenVEX: statements about vulnerabilities, not a report of a scan.',
  ],
  [
    (record) => 'check_type' in record && 'results' in record,
    "is Checkov's JSON; let it write SARIF (`--output sarif`).",
  ],
  [
    (record) => 'Golang errors' in record && 'Issues' in record,
    "is gosec's JSON; let it write SARIF (`-fmt sarif`).",
  ],
  [
    (record) => isRecord(record['scan_info']) && 'warnings' in record,
    "is Brakeman's JSON; let it write SARIF (`-f sarif`).",
  ],
  [
    (record) => 'infrastructureAsCodeIssues' in record,
    'is the JSON of `snyk iac`; let it write SARIF (`--sarif-file-output`).',
  ],
  [
    (record) => 'vulnerabilities' in record && isRecord(record['scan']) && 'schema' in record,
    'is a report for GitLab; let the scanner write SARIF.',
  ],
  [
    (record) => 'schema-version' in record && 'verdict' in record,
    'is a result of these actions, not a report of a scanner; take its `results.sarif`.',
  ],
]
