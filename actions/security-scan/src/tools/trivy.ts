import { posix } from 'node:path'
import type {
  Measurement,
  Notice,
  Project,
  RawFinding,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
  ToolSettings,
} from '@ci-actions/shared'
import {
  filesInScope,
  isRecord,
  lastLines,
  maybeText,
  parseJson,
  ToolOutputError,
  UnavailableError,
} from '@ci-actions/shared'
import { nameSome, without } from './risk-finding.ts'
import { asGiven, onFiles, passesOver } from './scope.ts'
import type { TrivyReport } from './trivy-report.ts'
import { parseTrivyReport } from './trivy-report.ts'

/** Inputs and settings; Trivy has options of the same names without `trivy-`. */
export const trivyMirrors = [
  'trivy-db-repository',
  'trivy-java-db-repository',
  'trivy-checks-bundle-repository',
] as const

/**
 * Vulnerabilities, misconfigurations, secrets and licences in a folder. It keeps its databases itself, and downloads them
 * again when they are a day old; the folder for them outlives the machine. `trivy.yaml` and its lists of what to ignore count, as they do for developers, except where they would change which severities
 * are reported: that is the gate's decision.
 */
export const trivy: Tool = {
  id: 'trivy',
  name: 'Trivy',
  homepage: 'https://trivy.dev/',
  scope: 'project',
  kind: 'files',
  metrics: ['findings', 'secrets', 'licenses', 'database-age'],
  install: { kind: 'binary', name: 'trivy' },
  asEvidence: without('Code'),
  // Of the database of vulnerabilities; that of Java and the checks come and go with it.
  database: () => '2',
  parallel: true,
  // It names the commit's author, and its message.
  confidential: true,
  // It alone looks at infrastructure; for the rest there are quicker ones.
  configuredBy: (project) => [...ownFiles(project), ...infrastructure(project).slice(0, 3)],
  applies: (project) => onFiles(project, 'files', () => true),
  invocations: (request) => [
    {
      args: [
        ...['fs', '--format=json', '--scanners=vuln,misconfig,secret,license', '--show-suppressed'],
        ...['--severity=UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL', '--exit-code=0', '--quiet'],
        // Only both together keep it from asking about newer versions. https://github.com/aquasecurity/trivy/discussions/10971
        ...['--skip-version-check', '--disable-telemetry'],
        // Else what it knows of this project would be stored with the databases.
        ...['--cache-backend=memory', ...inCache(request), ...ownSettings(request)],
        ...sources(request.settings),
        ...[...request.args, '.'],
      ],
      ...(request.settings['offline'] === true && { env: noWayOut }),
      exitCodes: [0, 1],
    },
    { args: ['version', '--format=json', ...inCache(request)], exitCodes: [0] },
  ],
  parse: (output) => (output.invocation.args[0] === 'version' ? parseVersion(output) : parseScan(output)),
  notices: (project) => [
    ...ownFiles(project).map((file) => passesOver(posix.join(project.folder, file), 'Trivy')),
    ...unreadFiles(project),
  ],
}

/** What `trivy.yaml` could else say: where the report goes and in which form, and which machine or program looks. */
function ownSettings({ outputFolder }: ToolRequest): readonly string[] {
  const none = ['--output=', '--server=', '--compliance=', `--module-dir=${outputFolder}/no-modules`]
  return [...none, '--generate-default-config=false']
}

/** Where the address 127.0.0.1:9 is asked, nobody answers. Offline, it still looks for modules of Terraform. */
const noWayOut = {
  ...Object.fromEntries(
    ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) =>
      [name, name.toUpperCase()].map((each) => [each, 'http://127.0.0.1:9']),
    ),
  ),
  ...{ no_proxy: '', NO_PROXY: '', GIT_ALLOW_PROTOCOL: 'file', GIT_TERMINAL_PROMPT: '0' },
}

function ownFiles({ files }: Project): readonly string[] {
  return files.filter((file) => /^(?:trivy\.yaml|\.trivyignore|trivy-secret\.yaml)$/.test(file))
}

/** Names that only look like those that it reads, or that `trivy.yaml` would have to name. */
function unreadFiles({ files, folder }: Project): readonly Notice[] {
  const like = files.filter((file) => /^(?:trivy\.yml|\.trivyignore\.ya?ml|trivy-secret\.yml)$/.test(file))
  return like.map((file) => ({
    level: 'warning',
    message: `${posix.join(folder, file)} has no effect unless trivy.yaml names it: by itself Trivy reads trivy.yaml, .trivyignore and trivy-secret.yaml.`,
  }))
}

function infrastructure(project: Project): readonly string[] {
  return filesInScope(project).filter((path) =>
    /(?:^|\/)(?:[^/]+\.tf(?:\.json)?|[^/]+\.bicep|Chart\.yaml|kustomization\.ya?ml)$/.test(path),
  )
}

function inCache({ database, cacheFolder }: ToolRequest): readonly string[] {
  return [`--cache-dir=${database?.folder ?? cacheFolder}`]
}

/** Offline, checks of configuration are those in the program; databases must have been downloaded before. */
function sources(settings: ToolSettings): readonly string[] {
  if (settings['offline'] === true)
    return ['--offline-scan', '--skip-db-update', '--skip-java-db-update', '--skip-check-update']
  return trivyMirrors.flatMap((name) =>
    String(settings[name] ?? '')
      .split('\n')
      .filter((repository) => repository !== '')
      .map((repository) => `${name.replace('trivy-', '--')}=${repository}`),
  )
}

async function parseScan({ request, exitCode, stdout, stderr }: ToolOutput): Promise<ToolResult> {
  if (exitCode !== 0) throw failureOf(await stderr.text())
  const denied = String(request.settings['denied-licenses'] ?? '')
  const deniedLicenses = denied.split('\n').filter((each) => each.trim() !== '')
  const report = parseTrivyReport(await stdout.text(), { deniedLicenses })
  const { kept, dropped } = inScope(report.findings, request)
  return {
    findings: kept,
    notices: [...(report.notices ?? []), ...dropped, ...nothingNamed(report, request)],
  }
}

/** Without a database it ends with 1, as with any error, and prints nothing. */
function failureOf(stderr: string): Error {
  const last = lastLines(stderr, 3)
  if (/cannot be specified on the first run|first run/.test(stderr))
    return new UnavailableError(
      "Trivy's database",
      'there is none yet, and `offline` allows no download. Run once with network.',
    )
  if (/(?:DB|database) error|failed to download|TOOMANYREQUESTS|dial tcp/i.test(stderr))
    return new UnavailableError("Trivy's database", last)
  return new ToolOutputError(`Trivy stopped. ${last}`)
}

/** It walks through the folder and so also looks at what git ignores. */
function inScope(
  findings: readonly RawFinding[],
  { files }: ToolRequest,
): { readonly kept: readonly RawFinding[]; readonly dropped: readonly Notice[] } {
  const known = new Set(files)
  const path = ({ location }: RawFinding): string => asGiven(location?.path ?? '')
  const kept = findings.filter((each) => known.has(path(each)))
  const others = [...new Set(findings.map(path).filter((each) => !known.has(each)))].sort()
  if (others.length === 0) return { kept, dropped: [] }
  const message = `${findings.length - kept.length} findings are in files that are not in scope and do not count: ${nameSome(others)}.`
  return { kept, dropped: [{ level: 'notice', message }] }
}

/** It lists every file of a kind that it knows, with findings or not. */
function nothingNamed({ looked }: TrivyReport, { project }: ToolRequest): readonly Notice[] {
  const expected = filesInScope(project).filter((file) =>
    /(?:^|\/)(?:Dockerfile|package-lock\.json|(?:uv|poetry)\.lock)$|\.tf$/.test(file),
  )
  if (looked || expected.length === 0) return []
  return [{ level: 'failed', message: `Trivy looked at nothing, although there is ${nameSome(expected)}.` }]
}

/** Says which databases were used, when they were made, and when downloaded. */
async function parseVersion({ stdout, endedAt }: ToolOutput): Promise<ToolResult> {
  const parsed = parseJson(await stdout.text(), 'Trivy')
  const said = isRecord(parsed) ? parsed : {}
  const refreshed = Object.fromEntries(
    ['VulnerabilityDB', 'JavaDB', 'CheckBundle'].flatMap((name) => {
      const time = timeIn(said[name], 'DownloadedAt')
      return Number.isNaN(time) ? [] : [[name, time]]
    }),
  )
  const made = timeIn(said['VulnerabilityDB'], 'UpdatedAt')
  if (endedAt === undefined || Number.isNaN(made)) return { findings: [], refreshed }
  return { findings: [], refreshed, measurements: age(endedAt - made) }
}

/** Not a number where nothing is said. */
function timeIn(about: unknown, name: string): number {
  return Date.parse((isRecord(about) && maybeText(about, name)) || '')
}

function age(milliseconds: number): readonly Measurement[] {
  return [{ metric: 'database-age', value: Math.max(0, Math.round(milliseconds / 1000)) }]
}
