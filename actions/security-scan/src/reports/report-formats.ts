/** How each format is read: with the parser of the tool's adapter where there is one. Pure. */
import type { Notice, Tool, ToolResult } from '@ci-actions/shared'
import { isRecord, ToolOutputError } from '@ci-actions/shared'
import { actionlint } from '../tools/actionlint.ts'
import { parseActionlintReport } from '../tools/actionlint-report.ts'
import { bandit } from '../tools/bandit.ts'
import { readBanditReport } from '../tools/bandit-report.ts'
import { detectSecrets } from '../tools/detect-secrets.ts'
import { parseDetectSecretsReport } from '../tools/detect-secrets-report.ts'
import { eslintSecurity } from '../tools/eslint-security.ts'
import { parseEslintSecurityReport } from '../tools/eslint-security-report.ts'
import { gitleaks } from '../tools/gitleaks.ts'
import { readGitleaksReport } from '../tools/gitleaks-report.ts'
import { hadolint } from '../tools/hadolint.ts'
import { parseHadolintReport } from '../tools/hadolint-report.ts'
import { parseNodeAuditReport } from '../tools/node-audit-report.ts'
import { npmAudit } from '../tools/npm-audit.ts'
import { osvScanner } from '../tools/osv-scanner.ts'
import { readOsvScannerReport } from '../tools/osv-scanner-report.ts'
import { pipAudit } from '../tools/pip-audit.ts'
import { parsePipAuditReport } from '../tools/pip-audit-report.ts'
import { nameSome } from '../tools/risk-finding.ts'
import { safety } from '../tools/safety.ts'
import { parseSafetyReport } from '../tools/safety-report.ts'
import { semgrep } from '../tools/semgrep.ts'
import { readSemgrepReport } from '../tools/semgrep-report.ts'
import { trivy } from '../tools/trivy.ts'
import { readTrivyReport } from '../tools/trivy-report.ts'
import { trufflehog } from '../tools/trufflehog.ts'
import { yarnAudit } from '../tools/yarn-audit.ts'
import { zizmor } from '../tools/zizmor.ts'
import { parseZizmorReport } from '../tools/zizmor-report.ts'
import { readCycloneReport } from './cyclonedx-report.ts'
import { grypeVersion, readGrypeReport } from './grype-report.ts'
import { recordIn } from './loose-lists.ts'
import { readNucleiReport } from './nuclei-report.ts'
import type { ToolReport } from './read-report.ts'
import type { FormatName } from './recognise.ts'
import type { ReportDocument } from './report-document.ts'
import { readSarifReport } from './sarif-report.ts'
import { readSnykReport } from './snyk-report.ts'
import { readTestsslReport } from './testssl-report.ts'
import { readTrufflehogLog } from './trufflehog-log.ts'
import { readZapReport } from './zap-report.ts'

/** What reports say of their own scope, for readers that must not take nothing for clean. */
export interface ReportLimits {
  readonly deniedLicenses: readonly string[]
  /** Repository-relative. */
  readonly files: ReadonlySet<string>
  /** In milliseconds since 1970. */
  readonly now: number
}

export interface ReportFormat {
  /** True for tools that write an empty list where they find nothing. */
  readonly listOnly?: boolean | undefined
  read(document: ReportDocument, limits: ReportLimits): readonly ToolReport[]
}

export const reportFormats: Readonly<Record<FormatName, ReportFormat>> = {
  sarif: { read: ({ value }) => readSarifReport(value) },
  cyclonedx: given('cyclonedx', 'CycloneDX', 'https://cyclonedx.org/', ({ value }) =>
    readCycloneReport(value),
  ),
  bandit: ofTool(bandit, ({ value }) => readBanditReport(value)),
  'pip-audit': ofTool(pipAudit, ({ text, value }) =>
    withEmptiness(
      parsePipAuditReport(text),
      auditedPackages(value) === 0,
      'pip-audit names no package that it audited.',
    ),
  ),
  safety: ofTool(safety, ({ text, value }) =>
    withEmptiness(
      parseSafetyReport(text),
      isRecord(value) &&
        isRecord(value['scanned_packages']) &&
        Object.keys(value['scanned_packages']).length === 0,
      'Safety names no package that it looked at.',
    ),
  ),
  'npm-audit': ofTool(npmAudit, ({ text, value }) =>
    withEmptiness(
      parseNodeAuditReport(text),
      auditedByNpm(value) === 0,
      'The audit names no dependency that it looked at.',
    ),
  ),
  'yarn-audit': ofTool(yarnAudit, ({ text }) => parseNodeAuditReport(text)),
  semgrep: ofTool(semgrep, ({ value }) => readSemgrepReport(value)),
  gitleaks: { ...ofTool(gitleaks, ({ value }) => readGitleaksReport(value)), listOnly: true },
  'detect-secrets': ofTool(detectSecrets, ({ text, value }) =>
    withEmptiness(
      parseDetectSecretsReport(text),
      isRecord(value) && Array.isArray(value['plugins_used']) && value['plugins_used'].length === 0,
      'detect-secrets looked for nothing: all of its plugins are off.',
    ),
  ),
  trufflehog: ofTool(trufflehog, ({ value }) => readTrufflehogLog(value)),
  'osv-scanner': ofTool(osvScanner, ({ value }) =>
    withEmptiness(
      readOsvScannerReport(value),
      isRecord(value) && Array.isArray(value['results']) && value['results'].length === 0,
      emptyOsv,
    ),
  ),
  trivy: ofTool(trivy, ({ value }, { deniedLicenses, files }) => {
    const report = readTrivyReport(value, { deniedLicenses })
    const expected = [...files].filter((file) => trivyFiles.test(file))
    const message = `Trivy names nothing that it looked at, although there is ${nameSome(expected, 3)}.`
    return withEmptiness(report, !report.looked && expected.length > 0, message)
  }),
  grype: given(
    'grype',
    'Grype',
    'https://github.com/anchore/grype',
    ({ value }, { now }) => readGrypeReport(value, now),
    grypeVersion,
  ),
  zizmor: { ...ofTool(zizmor, ({ text }) => parseZizmorReport(text)), listOnly: true },
  actionlint: { ...ofTool(actionlint, ({ text }) => parseActionlintReport(text)), listOnly: true },
  hadolint: { ...ofTool(hadolint, ({ text }) => parseHadolintReport(text)), listOnly: true },
  eslint: {
    ...ofTool(eslintSecurity, ({ text }) => withoutPlugin(parseEslintSecurityReport(text))),
    listOnly: true,
  },
  snyk: given('snyk', 'Snyk', 'https://docs.snyk.io/snyk-cli', ({ value }) => readSnykReport(value)),
  zap: given('zap', 'ZAP', 'https://www.zaproxy.org/', ({ value }) => readZapReport(value)),
  nuclei: {
    ...given('nuclei', 'Nuclei', 'https://github.com/projectdiscovery/nuclei', ({ value }) =>
      readNucleiReport(value),
    ),
    listOnly: true,
  },
  testssl: given('testssl', 'testssl.sh', 'https://testssl.sh/', ({ value }) => readTestsslReport(value)),
}

/** It lists every file of a kind that it knows, with findings or not. */
const trivyFiles = /(?:^|\/)(?:Dockerfile|package-lock\.json|(?:uv|poetry)\.lock)$|\.tf$/

const emptyOsv =
  'OSV-Scanner writes the same for no vulnerability and for no database, so nobody knows whether it looked. Run it with `--all-packages`, which names what it looked at.'

type Read = (document: ReportDocument, limits: ReportLimits) => ToolResult

function ofTool({ id, name, homepage, metrics, inPassing }: Tool, read: Read): ReportFormat {
  // How old a database was does not stand in a report of these.
  const measured = metrics.filter((metric) => metric !== 'database-age')
  return {
    read: (document, limits) => [
      { tool: { id, name, homepage, metrics: measured, inPassing }, ...read(document, limits) },
    ],
  }
}

function given(
  id: string,
  name: string,
  homepage: string,
  read: Read,
  versionOf: (value: unknown) => string | undefined = () => undefined,
): ReportFormat {
  return {
    read: (document, limits) => {
      const version = versionOf(document.value)
      const result = read(document, limits)
      return [
        {
          tool: { id, name, homepage, metrics: ['findings', ...measuredIn(result)] },
          ...result,
          ...(version !== undefined && { version }),
        },
      ]
    },
  }
}

function measuredIn({ measurements = [] }: ToolResult): readonly string[] {
  return [...new Set(measurements.map(({ metric }) => metric))]
}

function withEmptiness<R extends ToolResult>(result: R, isEmpty: boolean, message: string): R {
  if (!isEmpty) return result
  return { ...result, notices: [...(result.notices ?? []), { level: 'failed', message }] }
}

function auditedPackages(value: unknown): number {
  const list = isRecord(value) ? value['dependencies'] : value
  return Array.isArray(list) ? list.length : 0
}

/** Undefined where it does not say. npm since 7 counts kinds of dependencies, and before that one number. */
function auditedByNpm(value: unknown): number | undefined {
  const metadata = recordIn(isRecord(value) ? value : {}, 'metadata')
  const counts = [recordIn(metadata, 'dependencies')['total'], metadata['totalDependencies']]
  return counts.find((each) => typeof each === 'number')
}

/** Whether the plugin was on does not stand in a report of ESLint. */
function withoutPlugin(result: ToolResult): ToolResult {
  if (result.findings.length > 0) return result
  const message =
    'This report of ESLint has no result of a rule of `security/`. If eslint-plugin-security was not on, nothing was looked for.'
  const notice: Notice = { level: 'warning', message }
  return { ...result, notices: [...(result.notices ?? []), notice] }
}

/** Throws a `ToolOutputError` for a list of nothing that nobody said the writer of. */
export function refuseEmptyList({ value }: ReportDocument, hinted: FormatName | undefined): void {
  if (
    !Array.isArray(value) ||
    value.length > 0 ||
    (hinted !== undefined && reportFormats[hinted].listOnly === true)
  )
    return
  const formats = Object.entries(reportFormats).flatMap(([name, { listOnly }]) =>
    listOnly === true ? [`\`${name}\``] : [],
  )
  throw new ToolOutputError(
    `is an empty list, which ${formats.slice(0, -1).join(', ')} and ${formats.at(-1)} write where they find nothing, and says nothing about who wrote it. Put the name before the path in \`reports\`, such as \`gitleaks: reports/gitleaks.json\`.`,
  )
}
