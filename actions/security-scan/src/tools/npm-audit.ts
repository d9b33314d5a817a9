import { posix } from 'node:path'
import type { Invocation, Project, Tool, ToolOutput, ToolRequest, ToolResult } from '@ci-actions/shared'
import { filesInScope, isRecord, ToolOutputError, UnavailableError, UserError } from '@ci-actions/shared'
import type { AboutNodePackage } from './node-advisory.ts'
import { unplaced } from './node-advisory.ts'
import { auditError, parseNodeAuditReport } from './node-audit-report.ts'
import { factsOfLock, npmLockIn } from './npm-lock-facts.ts'

/** Asks the registry about what is locked; neither installs anything nor runs any script. */
export const npmAudit: Tool = {
  id: 'npm-audit',
  name: 'npm audit',
  homepage: 'https://docs.npmjs.com/cli/commands/npm-audit',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'present', executable: 'npm' },
  configuredBy: () => [],
  applies: (project) => {
    const files = filesInScope(project).filter(isLock)
    if (files.length > 0) return { runs: true, files }
    return { runs: false, status: 'not-applicable', why: 'There is no lock file of npm in scope.' }
  },
  invocations: (request) => {
    if (request.settings['offline'] === true)
      throw new UserError(
        'npm audit asks the registry about every package, which `offline` forbids. Take it out with `tools`; OSV-Scanner reads the same lock files with a local database.',
      )
    return [...new Set(request.files.map((file) => posix.dirname(file)))].map((folder) =>
      auditOf(folder, request),
    )
  },
  parse,
}

function isLock(path: string): boolean {
  return /^(?:package-lock|npm-shrinkwrap)\.json$/.test(posix.basename(path))
}

/** 1: findings, and any error. The project's `.npmrc` may leave kinds of dependencies out. */
function auditOf(folder: string, { args, cacheFolder }: ToolRequest): Invocation {
  return {
    args: [
      ...['audit', '--json', '--package-lock-only', '--ignore-scripts', `--cache=${cacheFolder}`],
      ...['--loglevel=error', '--logs-max=0', '--no-update-notifier', '--fetch-retries=2'],
      ...['--include=dev', '--include=optional', '--include=peer', ...args],
    ],
    ...(folder !== '.' && { cwd: folder }),
    exitCodes: [0, 1],
  }
}

async function parse({ request, invocation, exitCode, stdout }: ToolOutput): Promise<ToolResult> {
  const text = await stdout.text()
  refuseError(text)
  const { project } = request
  const folder = invocation.cwd ?? '.'
  const { findings } = parseNodeAuditReport(text, aboutIn(project, folder))
  if (exitCode === 1 && findings.length === 0)
    throw new ToolOutputError('npm audit says that it found something, and printed nothing.')
  // Paths are taken from the folder that it ran in.
  const path = posix.basename(request.files.find((file) => posix.dirname(file) === folder) ?? '')
  return { findings: findings.map((each) => ({ ...each, location: each.location ?? { path } })) }
}

/** A registry that is not reached, or knows no audits (a mirror), leaves an error in the place of a report. */
function refuseError(text: string): void {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch {
    return
  }
  const error = isRecord(report) ? auditError(report) : undefined
  if (error === undefined) return
  if (['ENOLOCK', 'EAUDITNOPJSON', 'EJSONPARSE', 'EUSAGE'].includes(error.code))
    throw new UserError(`npm audit did not audit anything: ${error.message}`)
  throw new UnavailableError('the advisories of the npm registry', error.message)
}

function aboutIn(project: Project, folder: string): AboutNodePackage {
  const find = factsOfLock(project, npmLockIn(project, folder))
  return (found) => {
    const { folder: place = '' } = found
    return find(({ id }) => id === place || id === nestedId(place)) ?? unplaced(found)
  }
}

/** In lock files of version 1. */
function nestedId(folder: string): string {
  return folder.replace(/^node_modules\//, '').replaceAll('/node_modules/', '>')
}
