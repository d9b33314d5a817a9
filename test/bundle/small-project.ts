/** A project of a few files in git, for runs that have to be quick; and the events that judge it. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { commitAll, git, shallowCheckout } from '../../scripts/example-repository.ts'
import type { BundleResult, BundleRun, RunnerEvent } from '../../scripts/runner.ts'
import { runBundle } from '../../scripts/runner.ts'

const bundle = resolve(import.meta.dirname, '../../actions/quality-gate/dist/index.js')

export type SourceFiles = Readonly<Record<string, string>>

export interface SmallProject {
  readonly workspace: string
  readonly base: string
  readonly head: string
  run(options: Partial<BundleRun> & Pick<BundleRun, 'inputs'>): Promise<BundleResult>
  remove(): void
}

/** The files of a first commit, and those that a second one on a branch brings. */
export function makeSmallProject(files: SourceFiles, change: SourceFiles): SmallProject {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'ci-actions-bundle-')))
  const origin = join(scratch, 'origin')
  const workspace = join(scratch, 'work')
  const commit = (added: SourceFiles, message: string): string => {
    for (const [name, text] of Object.entries(added)) {
      mkdirSync(dirname(join(origin, name)), { recursive: true })
      writeFileSync(join(origin, name), text)
    }
    return commitAll(origin, message)
  }
  mkdirSync(origin)
  git(origin, 'init', '--quiet', '--initial-branch', 'main')
  const base = commit(files, 'base')
  git(origin, 'checkout', '--quiet', '-b', 'topic')
  const head = commit(change, 'change')
  git(origin, 'checkout', '--quiet', '--detach', 'main')
  git(origin, 'merge', '--quiet', '--no-ff', '--message', 'merge', 'topic')
  const merge = git(origin, 'rev-parse', 'HEAD')
  shallowCheckout(origin, merge, workspace)
  let runs = 0
  return {
    workspace,
    base,
    head,
    run: (options) =>
      runBundle({
        bundle,
        workspace,
        runnerFolder: join(scratch, `runner-${runs++}`),
        event: pullRequest(base, head, merge),
        ...options,
      }),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

/** A pull request, checked out as the merge that GitHub makes to test it. */
function pullRequest(base: string, head: string, merge: string): RunnerEvent {
  const repo = { full_name: 'acme/orders-service' }
  return {
    name: 'pull_request',
    sha: merge,
    ref: 'refs/pull/7/merge',
    payload: {
      number: 7,
      repository: { full_name: 'acme/orders-service', default_branch: 'main' },
      pull_request: {
        number: 7,
        base: { ref: 'main', sha: base, repo },
        head: { ref: 'topic', sha: head, repo },
      },
    },
  }
}
