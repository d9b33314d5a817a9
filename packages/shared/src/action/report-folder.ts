/** The folder that keeps a run's evidence: unique for action, job, `id` and matrix leg, and empty at the start. */
import { isAbsolute, join } from 'node:path'
import type { Host } from '../host/ports.ts'
import type { Degradation } from '../report/report.ts'
import { messageOf, UserError } from './errors.ts'
import { shown } from './parse-value.ts'
import { checkPath } from './workspace-path.ts'

export interface ReportFolder {
  /** Absolute; exists. */
  readonly path: string
  /** Relative to the workspace, with `/`; absolute where it is not inside. */
  readonly shown: string
  readonly degraded: readonly Degradation[]
  /** Set where the folder that was asked for holds something else; the default one is then used. */
  readonly error?: UserError | undefined
}

export interface FolderRequest {
  readonly action: string
  readonly id: string
  /** The input `report-dir`: relative to the workspace and checked. */
  readonly wanted?: string | undefined
}

/** First line of the folder's `.gitignore`; a folder without it is not ours to empty. */
const marker = '# Report of ci-actions; the next run empties this folder.'
/** How many uses of an action in one job may forget their `id`. */
const mostUses = 50

/** Where the workspace cannot be written to, a temporary folder stands in. */
export async function openReportFolder(host: Host, request: FolderRequest): Promise<ReportFolder> {
  if (request.wanted !== undefined) {
    const opened = await tryWanted(host, request.wanted)
    return opened instanceof UserError ? { ...(await openDefault(host, request)), error: opened } : opened
  }
  return openDefault(host, request)
}

async function tryWanted(host: Host, wanted: string): Promise<ReportFolder | UserError> {
  const path = join(host.facts.workspace, wanted)
  const owner = await ownerOf(host, path)
  if (wanted === '.' || owner === 'others') {
    return new UserError(
      `\`report-dir\`: ${shown(wanted)} holds other files; name a folder that is empty or does not exist yet.`,
    )
  }
  return prepare(host, path, wanted)
}

async function openDefault(host: Host, request: FolderRequest): Promise<ReportFolder> {
  const name = `ci-actions-report/${folderName(host, request)}`
  const checked = await checkPath(host.files, host.facts.workspace, name)
  if ('problem' in checked)
    return prepare(host, temporaryFolder(host, request), undefined, checked.problem.replace(/\.$/, ''))
  for (let use = 1; use <= mostUses; use += 1) {
    const wanted = use === 1 ? name : `${name}-${use}`
    const path = join(host.facts.workspace, wanted)
    const owner = await ownerOf(host, path)
    if (owner === 'nobody' || owner === 'us') return prepare(host, path, wanted)
  }
  const reason = `${name} and ${mostUses - 1} more are taken`
  return prepare(host, temporaryFolder(host, request), undefined, reason)
}

function temporaryFolder(host: Host, request: FolderRequest): string {
  return join(host.facts.temporary, 'ci-actions-report', folderName(host, request))
}

/** `<action>-<job>-<id>[-<matrix>]`, as a file name that every platform takes. */
function folderName(host: Host, request: FolderRequest): string {
  const { event } = host.facts
  const parts = [request.action, event?.job ?? 'local', request.id, event?.matrix ?? '']
  return parts
    .map((part) => part.replace(/[^\w.-]+/g, '_').slice(0, 60))
    .filter((part) => part !== '')
    .join('-')
}

/** Line that tells this use of the action from other uses in the same run, which it must not overwrite. */
function useOf(host: Host): string {
  const { event } = host.facts
  return event === undefined
    ? '# local'
    : `# run ${event.runId}, attempt ${event.runAttempt}, step ${event.action}`
}

/** `us`: an earlier run, or this step again; `another-use`: another step of this very run. */
async function ownerOf(host: Host, path: string): Promise<'nobody' | 'us' | 'another-use' | 'others'> {
  const status = await host.files.status(path)
  if (status === undefined) return 'nobody'
  if (status.kind !== 'folder') return 'others'
  if ((await host.files.list(path)).length === 0) return 'nobody'
  const [first, use] = ((await host.files.readText(join(path, '.gitignore'))) ?? '').split('\n')
  if (first !== marker) return 'others'
  const here = useOf(host)
  const sameRun = use?.split(', step')[0] === here.split(', step')[0]
  return use === here || !sameRun ? 'us' : 'another-use'
}

async function prepare(
  host: Host,
  path: string,
  wanted: string | undefined,
  reason?: string,
): Promise<ReportFolder> {
  try {
    await host.files.remove(path)
    await host.files.makeFolder(path)
    await host.files.write(join(path, '.gitignore'), `${marker}\n${useOf(host)}\n*\n`)
    const degraded = reason === undefined ? [] : [degradation(path, reason)]
    return { path, shown: wanted ?? path, degraded }
  } catch (error) {
    if (wanted === undefined) throw error
    const spare = join(host.facts.temporary, isAbsolute(wanted) ? 'ci-actions-report' : wanted)
    return prepare(host, spare, undefined, messageOf(error))
  }
}

function degradation(path: string, why: string): Degradation {
  return { what: 'report folder', why: `${why}; the report is in \`${path}\` instead` }
}
