/** Which tool wrote a report, by what stands in it. Pure; the name of the file says nothing. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import type { ReportDocument } from './report-document.ts'

/** Formats that are read. Names are those in front of a path in `reports`. */
export const formatNames = [
  'sarif',
  'cyclonedx',
  'bandit',
  'pip-audit',
  'safety',
  'npm-audit',
  'yarn-audit',
  'semgrep',
  'gitleaks',
  'detect-secrets',
  'trufflehog',
  'osv-scanner',
  'trivy',
  'grype',
  'zizmor',
  'actionlint',
  'hadolint',
  'eslint',
  'snyk',
  'zap',
  'nuclei',
  'testssl',
] as const

export type FormatName = (typeof formatNames)[number]

type Sign = (value: unknown, form: ReportDocument['form']) => boolean

/** No report fits two of them. */
export function recogniseReport({
  value,
  form,
}: Pick<ReportDocument, 'value' | 'form'>): FormatName | undefined {
  return formatNames.find((name) => signs[name](value, form))
}

/** What to do about a report between lines of a log, or several reports in one file; undefined for what is neither. */
export function describeMixed({ value, form }: Pick<ReportDocument, 'value' | 'form'>): string | undefined {
  const parts = form === 'lines' && Array.isArray(value) ? value : []
  const found = parts.flatMap((part) => recogniseReport({ value: part, form: 'json' }) ?? [])
  const [format] = found
  if (format === undefined) return undefined
  return found.length > 1
    ? `holds ${found.length} reports, one behind the other (\`>>\`). Let each be a file of its own.`
    : `holds a report of the format \`${format}\`, and other lines beside it. Keep the log of the scanner out of the file (\`2>&1\` puts it there).`
}

/** All that fit, for the test that no report fits two. */
export function fittingFormats({
  value,
  form,
}: Pick<ReportDocument, 'value' | 'form'>): readonly FormatName[] {
  return formatNames.filter((name) => signs[name](value, form))
}

const signs: Readonly<Record<FormatName, Sign>> = {
  sarif: whole(
    (log) => Array.isArray(log['runs']) && (has(log, 'version') || /sarif/i.test(String(log['$schema']))),
  ),
  cyclonedx: whole((bom) => bom['bomFormat'] === 'CycloneDX'),
  bandit: whole(
    ({ results, errors, metrics }) => isList(results, errors) && isRecord(metrics) && has(metrics, '_totals'),
  ),
  'pip-audit': (value) => {
    if (Array.isArray(value)) return isAuditedPackage(firstRecord(value))
    if (!isRecord(value) || !Array.isArray(value['dependencies'])) return false
    const first = firstRecord(value['dependencies'])
    return isAuditedPackage(first) || (first === undefined && Array.isArray(value['fixes']))
  },
  safety: (value) =>
    Array.isArray(value)
      ? // Version 1: name, versions, installed, text, number.
        Array.isArray(value[0]) &&
        value[0].length >= 5 &&
        value[0].every((each) => typeof each === 'string' || each === null)
      : isRecord(value) &&
        ((isRecord(value['report_meta']) && 'vulnerabilities' in value) ||
          (isRecord(value['meta']) && 'scan_results' in value)),
  'npm-audit': (value, form) =>
    form === 'json' &&
    isRecord(value) &&
    (has(value, 'auditReportVersion') ||
      (isRecord(value['advisories']) && isRecord(value['metadata'])) ||
      isNpmError(value)),
  'yarn-audit': lines(
    ({ type, value, children }) =>
      (typeof type === 'string' && /^audit(?:Advisory|Summary|Action)$/.test(type)) ||
      (typeof value === 'string' && isRecord(children) && has(children, 'Severity', 'Issue')),
  ),
  semgrep: whole(({ results, errors, paths }) => isList(results, errors) && isRecord(paths)),
  gitleaks: list(
    (leak) => has(leak, 'RuleID', 'File', 'Secret') || has(leak, 'rule', 'offender', 'lineNumber'),
  ),
  'detect-secrets': whole(
    ({ results, plugins_used: plugins }) => isRecord(results) && Array.isArray(plugins),
  ),
  trufflehog: lines(
    (found) => has(found, 'SourceMetadata', 'DetectorName') || found['logger'] === 'trufflehog',
  ),
  'osv-scanner': whole(
    (report) =>
      Array.isArray(report['results']) &&
      (has(report, 'experimental_config') || isScannedSource(firstRecord(report['results']))),
  ),
  trivy: (value, form) =>
    form === 'json' &&
    (isRecord(value)
      ? (typeof value['SchemaVersion'] === 'number' && has(value, 'ArtifactName')) ||
        (has(value, 'ClusterName') && (has(value, 'Resources') || has(value, 'Findings')))
      : isTrivyResult(Array.isArray(value) ? firstRecord(value) : undefined)),
  grype: whole(
    ({ matches, descriptor, source }) =>
      Array.isArray(matches) &&
      ((isRecord(descriptor) && descriptor['name'] === 'grype') || isRecord(source)),
  ),
  zizmor: list((finding) => has(finding, 'ident', 'determinations', 'locations')),
  actionlint: list((problem) => has(problem, 'message', 'filepath', 'kind', 'line')),
  hadolint: list((problem) => has(problem, 'code', 'file', 'level', 'line')),
  eslint: list((file) => has(file, 'filePath') && Array.isArray(file['messages'])),
  snyk: (value, form) => form === 'json' && isSnykProject(Array.isArray(value) ? firstRecord(value) : value),
  zap: whole((report) => has(report, 'site') && (has(report, '@version') || has(report, '@programName'))),
  nuclei: (value) => {
    const first: unknown = Array.isArray(value) ? firstRecord(value) : value
    return isRecord(first) && has(first, 'template-id') && isRecord(first['info'])
  },
  testssl: (value, form) =>
    form === 'json' &&
    (isRecord(value)
      ? Array.isArray(value['scanResult']) && has(value, 'Invocation')
      : Array.isArray(value) && has(firstRecord(value) ?? {}, 'id', 'severity', 'finding', 'ip', 'port')),
}

/** One object. */
function whole(fits: (record: JsonRecord) => boolean): Sign {
  return (value, form) => form === 'json' && isRecord(value) && fits(value)
}

/** A list of objects, known by the first of them. */
function list(fits: (first: JsonRecord) => boolean): Sign {
  return (value, form) => {
    const first = Array.isArray(value) && form === 'json' ? firstRecord(value) : undefined
    return first !== undefined && fits(first)
  }
}

/** What is no object among objects says nothing of who wrote them; the reader names it. */
function firstRecord(list: readonly unknown[]): JsonRecord | undefined {
  return list.find(isRecord)
}

/** Objects, one a line, of which there may be just one; lines of a log may stand between them. */
function lines(fits: (record: JsonRecord) => boolean): Sign {
  return (value, form) =>
    form === 'lines'
      ? Array.isArray(value) && value.some((each) => isRecord(each) && fits(each))
      : isRecord(value) && fits(value)
}

function has(record: JsonRecord, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(record, key))
}

function isList(...values: readonly unknown[]): boolean {
  return values.every((value) => Array.isArray(value))
}

function isAuditedPackage(value: unknown): boolean {
  return isRecord(value) && has(value, 'name') && (Array.isArray(value['vulns']) || has(value, 'skip_reason'))
}

/** What `npm audit` writes where the registry does not answer. */
function isNpmError({ error, message, method, uri }: JsonRecord): boolean {
  if (typeof message === 'string' && typeof method === 'string' && typeof uri === 'string') return true
  return isRecord(error) && has(error, 'code', 'summary')
}

function isScannedSource(value: unknown): boolean {
  return isRecord(value) && isRecord(value['source']) && Array.isArray(value['packages'])
}

function isTrivyResult(value: unknown): boolean {
  return isRecord(value) && has(value, 'Target') && (has(value, 'Type') || has(value, 'Vulnerabilities'))
}

function isSnykProject(value: unknown): boolean {
  if (!isRecord(value)) return false
  if (value['ok'] === false && typeof value['error'] === 'string') return true
  return Array.isArray(value['vulnerabilities']) && has(value, 'ok', 'packageManager')
}
