import type {
  ConfigFile,
  Invocation,
  Notice,
  Project,
  Tool,
  ToolOutput,
  ToolRequest,
} from '@ci-actions/shared'
import { lastLines, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import { pathOf } from './configuration-path.ts'
import { dependencyOf, placeOf } from './dependency-facts.ts'
import { parsePipAuditReport } from './pip-audit-report.ts'
import type { PythonAudit } from './python-audits.ts'
import { brokenLocks, passedOver, pythonAudits } from './python-audits.ts'
import type { LockedPackage } from './python-locks.ts'

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
  applies: (project) => {
    const files = [...auditedFiles(project), ...brokenLocks(project)]
    if (files.length > 0) return { runs: true, files: files.map((file) => pathOf(project, file)) }
    return {
      runs: false,
      status: 'not-applicable',
      why: 'There is no lock file, requirements file or pyproject.toml that names Python packages.',
    }
  },
  invocations: (request) =>
    auditRuns(request).map(({ target, inputs, how }) => ({
      args: [...auditOptions(request), ...how, target],
      inputs,
      exitCodes: [0, 1],
    })),
  parse,
  notices: (project) => [
    ...brokenLocks(project).map(({ path, error }) => ({
      level: 'failed' as const,
      message: `${path} cannot be read${error === undefined ? '' : ` (${error})`}, so nobody knows what it locks.`,
    })),
    ...passedOver(project).map(({ path }) => ({
      level: 'notice' as const,
      message: `${path} is not audited: it pins nothing, and the lock file says what is installed.`,
    })),
    ...pythonAudits(project).flatMap((audit) => limitsOf(audit)),
  ],
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

interface AuditRun {
  readonly audit: PythonAudit
  /** The last argument; tells the run's output apart from others. */
  readonly target: string
  readonly how: readonly string[]
  readonly inputs?: Invocation['inputs']
}

function auditRuns(request: Pick<ToolRequest, 'project' | 'outputFolder'>): readonly AuditRun[] {
  return pythonAudits(request.project).flatMap((audit, index) => runsOf(audit, index, request))
}

function runsOf(
  audit: PythonAudit,
  index: number,
  { project, outputFolder }: Pick<ToolRequest, 'project' | 'outputFolder'>,
): readonly AuditRun[] {
  if (audit.kind === 'project') return [{ audit, target: '.', how: [] }]
  if (audit.kind === 'requirements') {
    // With hashes or everything pinned nothing has to be resolved, and no index is asked.
    const settled = audit.list.hashed ? ['--disable-pip'] : ['--no-deps', '--disable-pip']
    return [{ audit, target: pathOf(project, audit.file), how: [...(audit.pinned ? settled : []), '-r'] }]
  }
  return layersOf(audit.packages).map((packages, layer) => {
    const target = `${outputFolder}/locked-${index}-${layer}.txt`
    const text = packages.map(({ name, version }) => `${name}==${version}\n`).join('')
    return { audit, target, how: ['--no-deps', '--disable-pip', '-r'], inputs: { [target]: text } }
  })
}

/** A lock file may have several versions of a package, for several platforms; a requirements file has one. */
export function layersOf(packages: readonly LockedPackage[]): readonly (readonly LockedPackage[])[] {
  const layers: LockedPackage[][] = []
  const seen = new Set<string>()
  const counts = new Map<string, number>()
  for (const each of packages) {
    const pin = `${each.name}==${each.version}`
    if (each.from !== 'index' || each.version === undefined || seen.has(pin)) continue
    seen.add(pin)
    const layer = counts.get(each.name) ?? 0
    counts.set(each.name, layer + 1)
    layers[layer] = [...(layers[layer] ?? []), each]
  }
  return layers
}

function limitsOf(audit: PythonAudit): readonly Notice[] {
  const { path } = audit.file
  switch (audit.kind) {
    case 'lock': {
      const others = audit.packages.filter(({ from }) => from === 'other').map(({ name }) => name)
      const message = `Not audited, since no advisory knows what does not come from an index: ${others.join(', ')} (${path}).`
      return others.length === 0 ? [] : [{ level: 'warning', message }]
    }
    case 'requirements':
      if (!audit.pinned) return [resolved(path)]
      if (audit.list.hashed || audit.list.compiled) return []
      return [
        {
          level: 'notice',
          message: `${path} pins what it names; what that depends on in turn is audited only if it stands there too. A list with hashes is complete.`,
        },
      ]
    case 'project':
      return [resolved(path)]
  }
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

/** 1 means findings, and any error; an error prints no report. */
async function parse({ request, invocation, exitCode, stdout, stderr }: ToolOutput) {
  const text = await stdout.text()
  if (text.trim() === '') throw failureOf(request, await stderr.text())
  const run = auditRuns(request).find(({ target }) => target === invocation.args.at(-1))
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
  if (/NewConnectionError|Max retries exceeded|ConnectTimeoutError|NameResolutionError/.test(stderr))
    return new UnavailableError('the package index', lastLines(stderr, 3))
  return new ToolOutputError(`it audited nothing. ${lastLines(stderr, 8)}`)
}
