import { posix } from 'node:path'
import type { JsonRecord, Project, Tool, ToolOutput, ToolResult } from '@ci-actions/shared'
import { isRecord, ToolOutputError, UserError } from '@ci-actions/shared'
import { probe } from './audit-probe.ts'
import type { AuditRegistry } from './audit-registry.ts'
import { auditRegistry, unanswered } from './audit-registry.ts'
import type { AuditedLock } from './audit-run.ts'
import { auditIn, auditResult, lockOf, refuseOffline } from './audit-run.ts'
import type { AboutNodePackage } from './node-advisory.ts'
import { unplaced } from './node-advisory.ts'
import { auditError, parseNodeAuditReport } from './node-audit-report.ts'
import { locksNamed, readsLocks } from './node-lock.ts'
import { factsOfSet } from './npm-lock-facts.ts'
import { unusedSettings } from './own-audit-settings.ts'
import { onLocks } from './scope.ts'

/** npm prefers the first where both are there. */
const lockNames = ['npm-shrinkwrap.json', 'package-lock.json']
const registryNames = ['.npmrc']
const who = 'npm audit'

/**
 * Asks the registry about what is locked; neither installs anything nor runs any script. Started in the project, `offline`
 * or a proxy in its `.npmrc` would make it say that there is nothing; so it gets a copy of the lock, and no `.npmrc`.
 */
export const npmAudit: Tool = {
  id: 'npm-audit',
  name: who,
  homepage: 'https://docs.npmjs.com/cli/commands/npm-audit',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'present', executable: 'npm' },
  configuredBy: () => [],
  reads: readsLocks(lockNames),
  applies: (project) => onLocks(locksNamed(project, lockNames), 'npm'),
  invocations: (request) => {
    refuseOffline(who, request.settings)
    return preferred(request.files).map((path, index) => {
      const { url } = auditRegistry(request, path, registryNames)
      return {
        ...auditIn(request, index, filesFor(request.project, path)),
        args: [
          ...['audit', '--json', '--package-lock-only', '--ignore-scripts', `--cache=${request.cacheFolder}`],
          ...['--loglevel=error', '--logs-max=0', '--no-update-notifier', '--fetch-retries=2'],
          ...['--include=dev', '--include=optional', '--include=peer'],
          ...(url === undefined ? [] : [`--registry=${url}`]),
          ...request.args,
        ],
        exitCodes: [0, 1],
      }
    })
  },
  parse,
}

function preferred(files: readonly string[]): readonly string[] {
  const shrinkwraps = new Set(files.filter((path) => path.endsWith('npm-shrinkwrap.json')).map(posix.dirname))
  return files.filter((path) => path.endsWith('npm-shrinkwrap.json') || !shrinkwraps.has(posix.dirname(path)))
}

const probeFolder = 'node_modules/ci-actions-probe'
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** The lock as it is, so that npm can say which upgrade helps, and of package.json what is asked for. */
function filesFor(project: Project, lock: string): Readonly<Record<string, string>> {
  const manifest = recordIn(project.texts?.get(posix.join(posix.dirname(lock), 'package.json')))
  const asked = kinds.flatMap((kind) => (isRecord(manifest?.[kind]) ? [[kind, manifest[kind]] as const] : []))
  const text = project.texts?.get(lock)
  const data = recordIn(text)
  return {
    'package.json': JSON.stringify({ private: true, ...Object.fromEntries(asked) }),
    'package-lock.json': data === undefined ? (text ?? '') : JSON.stringify(withProbe(data)),
  }
}

function withProbe(lock: JsonRecord): JsonRecord {
  const { name, version } = probe
  const packages = isRecord(lock['packages'])
    ? { packages: { ...lock['packages'], [probeFolder]: { name, version } } }
    : {}
  // A name of another package is nothing that version 1 knows, so there it stands in a folder of its own.
  const own = { version: '0.0.0', dependencies: { [name]: { version } } }
  const nested =
    isRecord(lock['dependencies']) || !('packages' in lock)
      ? { dependencies: { ...recordAt(lock, 'dependencies'), 'ci-actions-probe': own } }
      : {}
  return { ...lock, ...packages, ...nested }
}

function recordAt(record: JsonRecord, key: string): JsonRecord {
  const value = record[key]
  return isRecord(value) ? value : {}
}

function recordIn(text: string | undefined): JsonRecord | undefined {
  try {
    const data: unknown = JSON.parse((text ?? '').replace(/^\ufeff/, ''))
    return isRecord(data) ? data : undefined
  } catch {
    return undefined
  }
}

/** 1: findings, and any error. */
async function parse(output: ToolOutput): Promise<ToolResult> {
  const { request, stdout, exitCode } = output
  const about = lockOf(output, { who, locks: preferred(request.files), registryNames })
  const text = await stdout.text()
  refuseError(about.registry, text)
  const { findings, notices: missing = [] } = parseNodeAuditReport(text, aboutIn(about))
  if (exitCode === 1 && findings.length === 0)
    throw new ToolOutputError('npm audit says that it found something, and printed nothing.')
  const notices = [...missing, ...unusedSettings(request, about.lock, ['.npmrc'])]
  return auditResult(about, request, { findings, notices })
}

/** A registry that is not reached, or knows no audits (a mirror), leaves an error in the place of a report. */
function refuseError(registry: AuditRegistry, text: string): void {
  const report = recordIn(text)
  const error = report && auditError(report)
  if (error === undefined) return
  if (['ENOLOCK', 'EAUDITNOPJSON', 'EJSONPARSE', 'EUSAGE'].includes(error.code))
    throw new UserError(`npm audit did not audit anything: ${error.message}`)
  throw unanswered(registry, error.message)
}

function aboutIn({ lock: { set } }: AuditedLock): AboutNodePackage {
  const find = set === undefined ? () => undefined : factsOfSet(set, '')
  return (found) => {
    const { folder: place = '' } = found
    if (place.startsWith(probeFolder))
      return find(({ name, version }) => name === probe.name && version === probe.version) ?? unplaced(probe)
    return find(({ id }) => id === place || id === nestedId(place)) ?? unplaced(found)
  }
}

/** In lock files of version 1. */
function nestedId(folder: string): string {
  return folder.replace(/^node_modules\//, '').replaceAll('/node_modules/', '>')
}
