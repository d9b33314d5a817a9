/** One small history that most questions about the base can be asked of, and what is asked. For tests only. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GithubError } from '../../action/errors.ts'
import type { GithubApi, GithubEvent } from '../../host/ports.ts'
import type { Base } from '../base.ts'
import { findBase } from '../base.ts'
import { readChanges } from '../diff.ts'
import type { Repository } from '../repository.ts'
import { openRepository } from '../repository.ts'
import type { HostOptions, Remote } from './scratch.ts'
import {
  commitTree,
  event,
  git,
  scratchFolder,
  scratchHost,
  scratchRemote,
  scratchRepository,
} from './scratch.ts'

export const depths = ['shallow', 'full'] as const

export interface Found {
  readonly base: Base
  readonly repository: Repository
}

export async function find(
  folder: string,
  options: HostOptions & { wanted?: string; offline?: boolean },
): Promise<Found> {
  const host = scratchHost(folder, options)
  const repository = await openRepository(host, folder)
  if (!repository) throw new Error(`${folder} did not open`)
  const { wanted, offline = false } = options
  return {
    repository,
    base: await findBase(repository, host, wanted === undefined ? { offline } : { wanted, offline }),
  }
}

/** Paths that differ from the base; asserts that there is one. */
export async function changedPaths({ base, repository }: Found): Promise<readonly string[]> {
  if (base.kind === 'none') throw new Error(`no base: ${base.why}`)
  return (await readChanges(repository, base.sha)).map((change) => change.path)
}

export function shaOf({ base }: Found): string {
  return base.kind === 'found' ? base.sha : `none: ${base.why}`
}

export function textOf({ base }: Found): string {
  return base.kind === 'found' ? base.message : base.why
}

/** A branch `topic` of two commits that left `main` before `main` got a commit of its own. */
export interface Story {
  readonly remote: Remote
  readonly author: string
  readonly first: string
  readonly fork: string
  readonly topicFirst: string
  readonly topic: string
  readonly main: string
  readonly merge: string
}

interface Told {
  readonly folder: string
  readonly story: Story
}

let told: Told | undefined

/** For `afterAll` of each file that tells it. */
export function forgetStory(): void {
  if (told !== undefined) rmSync(told.folder, { recursive: true, force: true })
  told = undefined
}

/** A copy of the story for one test; the first one in a file makes it, which takes twenty commands. */
export function tell(): Story {
  told ??= keep(make())
  const [remote, author] = [scratchFolder(), scratchFolder()]
  cpSync(join(told.folder, 'remote'), remote, { recursive: true })
  cpSync(join(told.folder, 'author'), author, { recursive: true })
  git(author, 'remote', 'set-url', 'origin', `file://${remote}`)
  return { ...told.story, author, remote: { url: `file://${remote}` } }
}

function keep(story: Story): Told {
  const folder = mkdtempSync(join(tmpdir(), 'git-story-'))
  cpSync(story.remote.url.replace('file://', ''), join(folder, 'remote'), { recursive: true })
  cpSync(story.author, join(folder, 'author'), { recursive: true })
  return { folder, story }
}

function make(): Story {
  const remote = scratchRemote()
  const author = scratchRepository({ 'old.py': 'x = 1\n' })
  git(author, 'remote', 'add', 'origin', remote.url)
  const first = git(author, 'rev-parse', 'HEAD')
  const fork = commitTree(author, { 'shared.py': 'y = 1\n' })
  git(author, 'checkout', '--quiet', '-b', 'topic')
  const topicFirst = commitTree(author, { 'topic.py': 'z = 1\n' })
  const topic = commitTree(author, { 'topic.py': 'z = 2\n' })
  git(author, 'checkout', '--quiet', 'main')
  const main = commitTree(author, { 'meanwhile.py': 'bad = 1\n' })
  git(author, 'checkout', '--quiet', '--detach')
  git(author, 'merge', '--quiet', '--no-ff', '--message', `Merge ${topic} into ${main}`, topic)
  const merge = git(author, 'rev-parse', 'HEAD')
  git(
    author,
    'push',
    '--quiet',
    'origin',
    'main',
    'topic',
    `${merge}:refs/pull/7/merge`,
    `${topic}:refs/pull/7/head`,
  )
  return { remote, author, first, fork, topicFirst, topic, main, merge }
}

export function pullRequest(story: Story, name: string, fields: Partial<GithubEvent> = {}): GithubEvent {
  const pull = {
    number: 7,
    merge_commit_sha: story.merge,
    head: { sha: story.topic, repo: { full_name: 'someone/r' } },
    base: { sha: story.fork, ref: 'main', repo: { full_name: 'o/r' } },
  }
  const payload = { pull_request: pull, repository: { default_branch: 'main' } }
  return event(name, { payload, sha: story.merge, ref: 'refs/pull/7/merge', ...fields })
}

export function push(
  branch: string,
  before: string,
  fields: Readonly<Record<string, unknown>> = {},
): GithubEvent {
  const payload = { before, forced: false, repository: { default_branch: 'main' }, ...fields }
  return event('push', { payload, ref: `refs/heads/${branch}` })
}

/** Answers comparisons as GitHub does, from the remote's own history. */
export function comparing(story: Story): GithubApi & { readonly paths: string[] } {
  const paths: string[] = []
  return {
    paths,
    // The port's answer is of the caller's type, whatever was received.
    request: async <T>(_method: string, path: string): Promise<T> => {
      paths.push(path)
      const [, branch = '', sha = ''] = /compare\/(.*)\.\.\.([0-9a-f]+)\?/.exec(path) ?? []
      const tip = decodeURIComponent(branch)
      const known = git(story.author, 'branch', '--all', '--contains', sha) !== ''
      if (!known) throw new GithubError(404, 'Not Found')
      return { merge_base_commit: { sha: git(story.author, 'merge-base', tip, sha) } } as T
    },
  }
}
