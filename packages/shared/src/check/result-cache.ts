/**
 * The folder of remembered results: restored before the tools run, saved before the step can fail. Installed tools
 * (`tool/install/stored-folder.ts`) and databases (`tool/install/database.ts`) have entries of their own, which are
 * saved along.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Repository } from '../git/repository.ts'
import { readResults, writeResults } from '../history/results.ts'
import { folderBytes } from '../host/folder-size.ts'
import type { Host } from '../host/ports.ts'
import { withoutSecretDigest } from '../security/merge.ts'
import type { InstallContext } from '../tool/install/context.ts'
import { storeDatabases } from '../tool/install/databases.ts'
import { storeMade } from '../tool/install/stored-folder.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import { storedKey, toStored } from './base-side.ts'
import type { CheckValues } from './definition.ts'
import type { Plan } from './plan.ts'

export interface ResultCache {
  readonly remembered: string
  readonly results: string
  /** Caches that tools keep themselves, such as mypy's. */
  readonly toolCaches: string
  readonly folder: string
  /** Under which this run saves, if it has something to save. */
  readonly key: string
  /** Whether the host's cache is used; without it the folder stays on the machine. */
  readonly stored: boolean
}

/** Raised when the layout of the folder changes. */
const layout = 2
/** mypy never forgets a module; above this it starts anew. */
const mostToolCacheBytes = 1_000_000_000

export async function restoreCache(
  host: Host,
  action: string,
  { id, cache: mode, offline }: Pick<CheckValues, 'id' | 'cache' | 'offline'>,
): Promise<ResultCache> {
  const { platform, arch, event } = host.facts
  const folder = join(host.facts.cacheFolder, 'results', `${action}-${id}`)
  const results = join(folder, 'commits')
  const all = `ci-actions-${layout}-${action}-${id}-${platform}-${arch}-`
  // Legs of a matrix run on other interpreters, so each has a line of entries of its own.
  const leg = createHash('sha256').update(JSON.stringify([event?.workflow, event?.job, event?.matrix]))
  const mine = `${all}${leg.digest('hex').slice(0, 8)}-`
  const commit = `${mine}${event?.sha ?? 'local'}-`
  // An entry cannot be replaced: another attempt, and another run on the same commit, needs another name.
  const key = `${commit}${event?.runId ?? ''}-${event?.runAttempt ?? ''}`
  // What is not remembered starts in a folder that nobody has written to.
  if (mode === 'off') {
    const [remembered, toolCaches] = ['remembered', 'tool-caches'].map((name) =>
      join(host.facts.temporary, name),
    )
    return { folder, remembered: remembered ?? '', toolCaches: toolCaches ?? '', results, key, stored: false }
  }
  const inFolder = { remembered: join(folder, 'remembered'), toolCaches: join(folder, 'tools') }
  // A machine that kept the folder has newer results than the cache, and perhaps another run that is reading them.
  const isEmpty = (await host.files.list(folder)).length === 0
  if (!offline && isEmpty) {
    const restored = await host.cache.restore(folder, commit, [mine, all])
    host.runner.debug(`cache: ${restored ?? 'nothing'} restored; ${commit}… was wanted`)
  }
  return { folder, ...inFolder, results, key, stored: !offline }
}

export interface FinishedRun {
  readonly repository: Repository | undefined
  readonly outcomes: readonly ToolOutcome[]
  readonly plan: Plan
  readonly installs: InstallContext
  /** Whether new results were remembered. */
  readonly remembered: boolean
}

/**
 * Keeps this commit's results for later changes, where the working tree is that commit, and saves what is new:
 * the folder and the tools that were installed. Nothing after a cancellation.
 */
export async function keepResults(host: Host, cache: ResultCache, run: FinishedRun): Promise<void> {
  if (host.cancelled.aborted) return
  const kept = await keepCommit(host, cache, run)
  if (!cache.stored) return
  const failed = run.outcomes.filter(({ run: { status } }) => status === 'failed')
  const programs = failed.flatMap(({ run: { commands } }) =>
    commands.flatMap(({ command }) => command.slice(0, 2)),
  )
  await Promise.all([
    storeMade(run.installs, programs),
    storeDatabases(run.installs, new Set(failed.map(({ tool }) => tool.id))),
    kept || run.remembered ? saveFolder(host, cache) : undefined,
  ])
}

async function saveFolder(host: Host, cache: ResultCache): Promise<void> {
  if ((await folderBytes(host.files, cache.toolCaches, mostToolCacheBytes)) > mostToolCacheBytes) {
    host.runner.log(`${cache.toolCaches} has grown beyond 1 GB and is emptied; the next run is slower.`)
    await host.files.remove(cache.toolCaches)
  }
  await host.cache.save(cache.folder, cache.key)
}

/** True where something new was written. */
async function keepCommit(host: Host, cache: ResultCache, run: FinishedRun): Promise<boolean> {
  const results = run.outcomes
    .filter(
      ({ run: { status }, tool }) => (status === 'clean' || status === 'findings') && tool.scope !== 'file',
    )
    .flatMap((outcome) => {
      const planned = run.plan.packages.find(({ project }) => project.name === outcome.project.name)
      return planned === undefined
        ? []
        : [
            toStored(
              outcome,
              storedKey(run.plan, planned, outcome.tool.id),
              // Of no use to another run, which has another key.
              outcome.findings.map(withoutSecretDigest),
            ),
          ]
    })
  if (results.length === 0) return false
  const sha = run.repository === undefined ? undefined : await cleanHead(run.repository)
  if (sha === undefined) return false
  const known = await readResults(host, cache.results, sha)
  if (JSON.stringify(known) === JSON.stringify(results)) return false
  await writeResults(host, cache.results, sha, results)
  return true
}

async function cleanHead(repository: Repository): Promise<string | undefined> {
  const status = await repository.git(['status', '--porcelain', '--untracked-files=normal', '-z'])
  if (status.exitCode !== 0 || status.stdout !== '') return undefined
  const head = await repository.git(['rev-parse', '--verify', 'HEAD'])
  return head.exitCode === 0 ? head.stdout.trim() : undefined
}
