import type { Tool, ToolOutput, ToolResult } from '@ci-actions/shared'
import { isRecord, parseJson, recordOf, ToolOutputError } from '@ci-actions/shared'
import { withProbe } from './audit-probe.ts'
import { auditRegistry, unanswered } from './audit-registry.ts'
import { aboutLocked, auditIn, auditResult, lockOf, refuseOffline } from './audit-run.ts'
import { auditError, parseNodeAuditReport } from './node-audit-report.ts'
import type { LockedVersion, NodeLock } from './node-lock.ts'
import { locksNamed, othersNotice, readNodeLock, readsLocks } from './node-lock.ts'
import { unusedSettings } from './own-audit-settings.ts'
import { onLocks } from './scope.ts'

const lockNames = ['pnpm-lock.yaml']
const registryNames = ['pnpm-workspace.yaml', '.npmrc']
const who = 'pnpm audit'

/**
 * Started in the project it would run `.pnpmfile.cjs` and the version of itself that `packageManager` names, and call a
 * lock of pnpm 8 clean, having read nothing of it. So it gets names and versions, as a lock of its own.
 */
export const pnpmAudit: Tool = {
  id: 'pnpm-audit',
  name: who,
  homepage: 'https://pnpm.io/cli/audit',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'npm', package: 'pnpm', executable: 'pnpm' },
  configuredBy: () => [],
  reads: readsLocks(lockNames),
  applies: (project) => onLocks(locksNamed(project, lockNames), 'pnpm'),
  invocations: (request) => {
    refuseOffline(who, request.settings)
    return request.files.map((path, index) => {
      const { url } = auditRegistry(request, path, registryNames)
      return {
        ...auditIn(request, index, lockFor(readNodeLock(request.project, path))),
        args: [
          ...['audit', '--json', '--audit-level=info', '--ignore-pnpmfile', '--config.pm-on-fail=ignore'],
          ...['--config.fetch-retries=2', '--config.fetch-retry-mintimeout=1000'],
          ...['--config.fetch-retry-maxtimeout=5000', '--config.update-notifier=false'],
          ...(url === undefined ? [] : [`--registry=${url}`]),
          ...request.args,
        ],
        exitCodes: [0, 1],
      }
    })
  },
  parse,
}

/** JSON is YAML too. */
function lockFor(lock: NodeLock): Readonly<Record<string, string>> {
  const versions = withProbe(lock)
  const id = ({ name, version }: LockedVersion): string => `${name}@${version}`
  const asked = versions.map((each, index) => [
    `p${index}`,
    { specifier: `npm:${id(each)}`, version: id(each) },
  ])
  const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`
  const own = {
    lockfileVersion: '9.0',
    importers: { '.': { dependencies: Object.fromEntries(asked) } },
    packages: Object.fromEntries(versions.map((each) => [id(each), { resolution: { integrity } }])),
    snapshots: Object.fromEntries(versions.map((each) => [id(each), {}])),
  }
  // It looks for the workspace in folders above.
  return {
    'pnpm-lock.yaml': JSON.stringify(own),
    'pnpm-workspace.yaml': '{}\n',
    'package.json': '{ "private": true }\n',
  }
}

/** 1: findings, and any error. */
async function parse(output: ToolOutput): Promise<ToolResult> {
  const { request, stdout, stderr } = output
  const about = lockOf(output, { who, locks: request.files, registryNames })
  const text = await stdout.text()
  refuseError(about.registry, text, await stderr.text())
  const { findings } = parseNodeAuditReport(text, aboutLocked(about))
  refuseFewer(text, withProbe(about.lock).length)
  const unused = unusedSettings(request, about.lock, ['pnpm-workspace.yaml', 'package.json'])
  const notices = [...othersNotice(about.lock, request.project), ...unused]
  return auditResult(about, request, { findings, notices })
}

function refuseError(registry: ReturnType<typeof auditRegistry>, text: string, said: string): void {
  if (text.trim() === '' && /fetch|ECONN|registry/i.test(said)) throw unanswered(registry, said)
  const report = parseJson(text, who)
  const error = isRecord(report) ? auditError(report) : undefined
  if (error === undefined) return
  const message = `${error.code} ${error.message}`
  if (
    /AUDIT_(?:BAD_RESPONSE|ENDPOINT_NOT_EXISTS)|fetch failed|ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN/.test(
      message,
    )
  )
    throw unanswered(registry, message)
  throw new ToolOutputError(`${who} did not audit anything: ${message.slice(0, 300)}`)
}

/** What it has not read it does not ask about, and of two advisories with one number it writes one. */
function refuseFewer(text: string, expected: number): void {
  const report = recordOf(parseJson(text, who), who)
  const { vulnerabilities, totalDependencies } = recordOf(report['metadata'], who)
  if (totalDependencies !== expected)
    throw new ToolOutputError(
      `${who} looked at ${String(totalDependencies)} packages of ${expected} that it was given.`,
    )
  const counts = Object.values(recordOf(vulnerabilities, who)).map(Number)
  const counted = counts.reduce((total, each) => total + each, 0)
  const written = Object.keys(recordOf(report['advisories'], who)).length
  if (counted !== written)
    throw new ToolOutputError(`${who} counts ${counted} advisories, and has written ${written}.`)
}
