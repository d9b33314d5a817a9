/**
 * The example as a git repository: the service on `main`, something that happened on `main` meanwhile, the
 * change on a branch, and the merge commit that GitHub makes of a pull request.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const examples = resolve(import.meta.dirname, '../examples')

export interface ExampleRepository {
  readonly folder: string
  /** `main`, and what the pull request is compared with. */
  readonly base: string
  /** Tip of the branch. */
  readonly head: string
  /** `refs/pull/7/merge`, checked out. */
  readonly merge: string
}

/** Runs git apart from the settings of whoever starts it; throws with what git printed. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.org',
    GIT_AUTHOR_DATE: '2026-01-05T09:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-05T09:00:00Z',
  }
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')} in ${folder}: exit ${status}\n${stderr}`)
  return stdout.trim()
}

export function commitAll(folder: string, message: string): string {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message)
  return git(folder, 'rev-parse', 'HEAD')
}

/** A folder as it is becomes a repository of one commit. */
export function makeRepository(folder: string, message: string): void {
  git(folder, 'init', '--quiet', '--initial-branch', 'main')
  commitAll(folder, message)
}

/** Looks like a key of AWS, and is none; made here, so that no file of this repository holds one. */
export function inventedKey(of: string): string {
  const letters = [...createHash('sha256').update(of).digest()].map(
    (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32],
  )
  return `AKIA${letters.slice(0, 16).join('')}`
}

/** The change with the planted defects, and a secret that one of its commits brings and the next one takes away. */
function plantDefects(folder: string): void {
  const parcels = join(folder, 'deploy/parcels.env')
  mkdirSync(join(folder, 'deploy'))
  writeFileSync(parcels, `PARCELS_KEY_ID=${inventedKey('orders-service')}\n`)
  commitAll(folder, 'Try the account for parcels')
  rmSync(parcels)
  git(folder, 'apply', join(examples, 'orders-service.change.patch'))
}

/** Makes the repository in an empty or missing folder; `change` changes files on the branch. */
export function makeExampleRepository(folder: string, change = plantDefects): ExampleRepository {
  mkdirSync(folder, { recursive: true })
  cpSync(join(examples, 'orders-service'), folder, { recursive: true })
  git(folder, 'init', '--quiet', '--initial-branch', 'main')
  commitAll(folder, 'Orders, priced and paid')
  git(folder, 'checkout', '--quiet', '-b', 'refunds')
  change(folder)
  const head = commitAll(folder, 'Refunds, and shipping by express')
  git(folder, 'checkout', '--quiet', 'main')
  // Of no concern to the pull request; it must not be charged with it.
  writeFileSync(join(folder, 'src/orders/legacy.py'), 'import os, sys\ndef legacy( x ):\n    return x\n')
  const base = commitAll(folder, 'Bring back the legacy import')
  git(folder, 'checkout', '--quiet', '--detach', 'main')
  git(folder, 'merge', '--quiet', '--no-ff', '--message', `Merge ${head} into ${base}`, 'refunds')
  const merge = git(folder, 'rev-parse', 'HEAD')
  git(folder, 'update-ref', 'refs/pull/7/merge', merge)
  return { folder, base, head, merge }
}

/**
 * A checkout as `actions/checkout` leaves it: one commit without history, and a remote that has the rest.
 * `sha` must be the tip of some ref there.
 */
export function shallowCheckout(origin: string, sha: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  git(folder, 'init', '--quiet', '--initial-branch', 'none')
  git(folder, 'remote', 'add', 'origin', pathToFileURL(origin).href)
  git(folder, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', `+${sha}:refs/remotes/pull/7/merge`)
  git(folder, 'checkout', '--quiet', '--detach', sha)
}

/** The payload of `pull_request`, as far as actions read it. */
export function pullRequestPayload(repository: ExampleRepository, fork = false): Record<string, unknown> {
  const owner = fork ? 'mallory' : 'acme'
  return {
    action: 'synchronize',
    number: 7,
    repository: { full_name: 'acme/orders-service', default_branch: 'main', owner: { login: 'acme' } },
    pull_request: {
      number: 7,
      base: { ref: 'main', sha: repository.base, repo: { full_name: 'acme/orders-service', fork: false } },
      merge_commit_sha: repository.merge,
      head: { ref: 'refunds', sha: repository.head, repo: { full_name: `${owner}/orders-service`, fork } },
    },
  }
}

/** The payload of a push of the merge to `main`. */
export function pushPayload(repository: ExampleRepository): Record<string, unknown> {
  return {
    ref: 'refs/heads/main',
    before: repository.base,
    after: repository.merge,
    forced: false,
    repository: { full_name: 'acme/orders-service', default_branch: 'main' },
  }
}
