import type {
  ConfigFile,
  Invocation,
  Notice,
  Project,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
} from '@ci-actions/shared'
import { lastLines, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { parsePipAuditReport } from './pip-audit-report.ts'
import type { AuditRun } from './pip-audit-runs.ts'
import { auditRuns, isFolder, outputRun, settled, standsAlone } from './pip-audit-runs.ts'
import type { PythonAudit } from './python-audits.ts'
import { isOpen, openPythonAudits, pythonAudits } from './python-audits.ts'
import { readsPython } from './python-files.ts'
import type { RequirementsAudit } from './python-requirements-lists.ts'
import { nameSome } from './risk-finding.ts'

/** What is audited is what is deployed: lock files as they are, and a resolver only where nothing is pinned. */
export const pipAudit: Tool = {
  id: 'pip-audit',
  name: 'pip-audit',
  homepage: 'https://github.com/pypa/pip-audit',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'python', package: 'pip-audit', executable: 'pip-audit' },
  configuredBy: () => [],
  reads: readsPython,
  applies: (project) => {
    const files = [...auditedFiles(project), ...openPythonAudits(project).broken]
    if (files.length > 0) return { runs: true, files: files.map((file) => pathOf(project, file)) }
    return {
      runs: false,
      status: 'not-applicable',
      why: 'There is no lock file, requirements file or manifest that names Python packages.',
    }
  },
  invocations: (request) =>
    auditRuns(request).map((run) => {
      if (request.settings['offline'] === true && !run.how.includes(settled)) throw asksIndex(run.audit)
      return invocationOf(request, run)
    }),
  parse,
  notices: (project) => [
    ...openPythonAudits(project).broken.map(({ path, error }) => ({
      level: 'failed' as const,
      message: `${path} cannot be read${error === undefined ? '' : ` (${error})`}, so nobody knows what it locks.`,
    })),
    ...openPythonAudits(project).passedOver.map(({ path }) => ({
      level: 'notice' as const,
      message: `${path} is not audited: it does not pin every version, and the lock file says what is installed.`,
    })),
    ...pythonAudits(project).flatMap((audit) => limitsOf(audit)),
  ],
}

function invocationOf(request: ToolRequest, { target, inputs, how }: AuditRun): Invocation {
  return { args: [...auditOptions(request), ...how, target], inputs, exitCodes: [0, 1] }
}

/** Throws a `UserError` where the service must not be asked. */
export function auditOptions(request: ToolRequest): readonly string[] {
  refuseOffline(request)
  return [
    ...['--format', 'json', '--desc', 'on', '--aliases', 'on', '--progress-spinner', 'off'],
    ...['--cache-dir', request.cacheFolder, ...serviceOf(request), ...request.args],
  ]
}

/** Without lists in which nothing comes from an index. */
function auditedFiles(project: Project): readonly ConfigFile[] {
  return [...new Set(auditRuns({ project, outputFolder: '' }).map(({ audit }) => audit.file))]
}

function limitsOf(audit: PythonAudit): readonly Notice[] {
  const { path } = audit.file
  switch (audit.kind) {
    case 'lock': {
      const others = audit.packages.filter(({ from }) => from === 'other').map(({ name }) => name)
      return others.length === 0 ? [] : [notAudited(others, path)]
    }
    case 'requirements':
      return limitsOfList(audit)
    case 'project': {
      const names = [...new Set(audit.declared.map(({ name }) => name))]
      return [
        {
          level: 'warning',
          message: `${path}: nothing locks ${nameSome(names, 4)}. What pip would install now is audited, which may be something else than what is deployed.`,
        },
      ]
    }
  }
}

function limitsOfList(audit: RequirementsAudit): readonly Notice[] {
  const { file, list, parts } = audit
  const others = parts.flatMap((part) => part.list.requirements.filter(({ elsewhere }) => elsewhere))
  const unknown = others.filter(({ name }) => !isFolder(name)).map(({ name }) => name)
  const left = unknown.length > 0 ? [notAudited(unknown, file.path)] : []
  if (isOpen(audit)) return [resolved(file.path), ...left]
  if (!standsAlone(audit) && left.length > 0) return left
  const isEmpty =
    parts.every((part) => part.list.requirements.every(({ elsewhere }) => elsewhere)) && unknown.length === 0
  if (list.hashed || list.compiled || isEmpty) return []
  const message = `${file.path} pins what it names; what that depends on in turn is audited only if it stands there too. A list with hashes is complete.`
  return [{ level: 'notice', message }]
}

function notAudited(names: readonly string[], path: string): Notice {
  const message = `Not audited, since no advisory knows what does not come from an index: ${names.join(', ')} (${path}).`
  return { level: 'warning', message }
}

function resolved(path: string): Notice {
  return {
    level: 'warning',
    message: `${path} does not pin every version: what pip would install now is audited, which may be something else than what is deployed.`,
  }
}

const byDefault = "PyPI's advisory service"

function serviceOf({ settings }: Pick<ToolRequest, 'settings'>): readonly string[] {
  const url = settings['osv-url']
  if (typeof url !== 'string' || url === '') return ['--vulnerability-service', 'pypi']
  const bare = url.replace(/\/+$/, '')
  const query = bare.endsWith('/query') ? bare : bare.endsWith('/v1') ? `${bare}/query` : `${bare}/v1/query`
  return ['--vulnerability-service', 'osv', '--osv-url', query]
}

function refuseOffline({ settings }: ToolRequest): void {
  const url = settings['osv-url']
  const local =
    typeof url === 'string' && /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/]/.test(`${url}/`)
  if (settings['offline'] !== true || local) return
  throw new UserError(
    'pip-audit asks a service about every package, which `offline` forbids. Take it out with `tools`, or name a service of this machine with `osv-url`.',
  )
}

function asksIndex({ file }: PythonAudit): UserError {
  return new UserError(
    `${file.path} does not pin every version, and which ones pip would install only the package index knows, which \`offline\` forbids to ask. Lock it, or take pip-audit out with \`tools\`.`,
  )
}

/** 1 means findings, and any error; an error prints no report. */
async function parse(output: ToolOutput): Promise<ToolResult> {
  const { request, exitCode, stdout, stderr } = output
  const text = await stdout.text()
  const run = outputRun(output)
  if (text.trim() === '') {
    const said = await stderr.text()
    if (run === undefined || !run.apart || !/ResolutionImpossible|conflicting dependencies/.test(said))
      return nothingPrinted(request, run, said)
    return { findings: [], followUp: run.apart.map((each) => invocationOf(request, each)) }
  }
  const { project } = request
  const result = parsePipAuditReport(
    text,
    run &&
      ((dependency) => ({
        location: placeOf(run.audit, dependency.name, project),
        dependency: dependencyOf(run.audit, dependency, project),
      })),
  )
  if (exitCode === 1 && result.findings.length === 0)
    throw new ToolOutputError('pip-audit says that it found something, and printed nothing.')
  return { ...result, notices: [...(result.notices ?? []), ...nothingAudited(text, run)] }
}

/** Throws where all of them would fail alike; else the file is named, and nothing is taken away from the others. */
function nothingPrinted(request: ToolRequest, run: AuditRun | undefined, stderr: string): ToolResult {
  const error = failureOf(request, stderr)
  if (run === undefined || error instanceof UnavailableError) throw error
  const { path } = run.audit.file
  const why = isOpen(run.audit) ? /internal pip failure: ([\s\S]*)/.exec(stderr)?.[1] : undefined
  const said =
    why === undefined ? stderr.replaceAll(/^WARNING:.*$/gm, '') : why.replaceAll(/^(?!ERROR: ).*$/gm, '')
  const [fault, remedy] =
    why === undefined
      ? [`pip-audit cannot read ${path}, so nobody audited it.`, 'Mend it']
      : [`pip finds no versions for what ${path} asks for, so nobody audited it.`, 'Write a lock file']
  const message = `${fault} ${lastLines(said, 3)} ${remedy}, or leave ${path} out with \`exclude\`.`
  return { findings: [], notices: [{ level: 'failed', message }] }
}

/** A list of packages of which the report names none. */
function nothingAudited(text: string, run: AuditRun | undefined): readonly Notice[] {
  if (!/"dependencies"\s*:\s*\[\s*\]|^\s*\[\s*\]\s*$/.test(text)) return []
  const message = `pip-audit found no package in ${run?.audit.file.path ?? 'what it was given'}.`
  return [{ level: 'failed', message }]
}

/** `HTTPConnectionPool(…): Max retries exceeded with url: … (Caused by NewConnectionError("…: the cause"))` */
function causeIn(text: string): string {
  const cause = /\(Caused by \w+\((.*)\)\)\s*$/.exec(text)?.[1]
  return (
    cause
      ?.split(': ')
      .at(-1)
      ?.replace(/^["']|["']$/g, '') || text
  )
}

/** Of a run that printed no report. */
export function failureOf({ settings }: ToolRequest, stderr: string): Error {
  const service = typeof settings['osv-url'] === 'string' ? settings['osv-url'] || byDefault : byDefault
  const asked = /^requests\.exceptions\.\w+: (.*)$/m.exec(stderr)?.[1]
  if (asked !== undefined || /vulnerability feed|not redirecting properly/.test(stderr))
    return new UnavailableError(service, asked === undefined ? lastLines(stderr, 2) : causeIn(asked))
  if (isUnreachable(stderr)) return new UnavailableError('the package index', lastLines(stderr, 3))
  return new ToolOutputError(`it audited nothing. ${lastLines(stderr, 8)}`)
}

function isUnreachable(stderr: string): boolean {
  return /NewConnectionError|Max retries exceeded|ConnectTimeoutError|NameResolutionError/.test(stderr)
}
