/** The base on a laptop, where no event tells it, and the base that the user names. */
import type { Base, Search } from './base-search.ts'
import { findMergeBase, fromMergeBase, given, none, obtained, short } from './base-search.ts'
import { fetchFrom, remoteName, resolveCommit } from './commit.ts'
import type { MergeBase } from './merge-base.ts'
import { mergeBaseFromRemote, mergeBaseHere } from './merge-base.ts'
import { isObjectId } from './repository.ts'

/** Where `wanted` and the commit checked out parted; for an ancestor, which most are, that is `wanted` itself. */
export async function findWantedBase(search: Search, wanted: string): Promise<Base> {
  const sha = await resolveWanted(search, wanted)
  if (sha === undefined) {
    const where = search.offline
      ? 'this clone, and `offline` forbids to ask its remote'
      : 'this clone or its remote'
    return none(`\`${printable(wanted)}\`, the wanted base, names no commit of ${where}.`)
  }
  const found = await mergeBaseHere(search.repository, search.head.sha, sha)
  if (found.kind === 'found') return describeWanted(search, found.sha, sha, wanted)
  if (found.kind === 'unrelated' || isObjectId(wanted)) {
    return given(sha, `Base is ${short(sha)}, the wanted base.`)
  }
  const branch = branchOf(wanted)
  return fromMergeBase(search, await findMergeBase(search, branch), branch)
}

function describeWanted(search: Search, merge: string, sha: string, wanted: string): Promise<Base> | Base {
  const name = `\`${printable(wanted)}\``
  if (merge === sha) return given(sha, `Base is ${name} at ${short(sha)}, as wanted.`, wanted)
  return obtained(search, merge, `Base is ${short(merge)}, the merge base with ${name}.`, wanted)
}

/** A name known here, or a branch, tag or commit of the remote. */
async function resolveWanted(search: Search, wanted: string): Promise<string | undefined> {
  const { repository, offline } = search
  if (wanted.startsWith('-')) return undefined
  const remote = await remoteName(repository)
  const here =
    (await resolveCommit(repository, wanted)) ??
    (await resolveCommit(repository, `refs/remotes/${remote}/${wanted}`))
  if (here !== undefined || offline || remote === undefined || !/^[\w./+-]+$/.test(wanted)) return here
  return fetchWanted(search, remote, wanted)
}

async function fetchWanted(search: Search, remote: string, wanted: string): Promise<string | undefined> {
  const { repository } = search
  if (isObjectId(wanted)) {
    const found = await obtained(search, wanted, '')
    return found.kind === 'found' ? wanted : undefined
  }
  const kept = 'refs/ci-actions/base'
  const shallow = await repository.git(['rev-parse', '--is-shallow-repository'])
  const depth = shallow.stdout.trim() === 'true' ? ['--depth=1'] : []
  await fetchFrom(repository, [...depth, '--no-write-fetch-head', '--refmap=', remote, `+${wanted}:${kept}`])
  const sha = await resolveCommit(repository, kept)
  await repository.git(['update-ref', '-d', kept])
  return sha
}

function branchOf(wanted: string): string {
  return wanted.replace(/^(?:refs\/heads\/|refs\/remotes\/[^/]+\/|origin\/)/, '')
}

/** Fit for code in prose. */
function printable(text: string): string {
  return text.replaceAll(/[`\s]/g, ' ').slice(0, 100)
}

const usual = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
]

/** Where this branch left the default branch; on the default branch, what is not committed or not pushed. */
export async function findLocalBase(search: Search): Promise<Base> {
  const { repository, head } = search
  for (const ref of usual) {
    const tip = await resolveCommit(repository, ref)
    if (tip === undefined) continue
    const name = await readableName(search, ref)
    const found = await localMergeBase(search, tip, name)
    return found.kind === 'found' && found.sha === head.sha
      ? uncommitted(search, name)
      : fromMergeBase(search, found, name)
  }
  const branches = (
    await repository.git(['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes'])
  ).stdout
  if (branches.split('\n').filter((line) => line !== '').length <= 1) return uncommitted(search, 'HEAD')
  return none('there is no `main` or `master` to compare with. Name the branch or commit with `--base`.')
}

async function localMergeBase(search: Search, tip: string, name: string): Promise<MergeBase> {
  const found = await mergeBaseHere(search.repository, search.head.sha, tip)
  if (found.kind !== 'unknown' || search.offline || !name.startsWith('origin/')) return found
  return mergeBaseFromRemote(search.repository, search.head.sha, branchOf(name))
}

function uncommitted(search: Search, name: string): Base {
  const { sha } = search.head
  return given(sha, `Base is \`${name}\` at ${short(sha)}: only what is not committed is new.`, name)
}

/** `refs/remotes/origin/HEAD` becomes `origin/main`. */
async function readableName(search: Search, ref: string): Promise<string> {
  const { stdout } = await search.repository.git(['rev-parse', '--abbrev-ref', ref])
  return stdout.trim() || ref.replace(/^refs\/(?:heads|remotes)\//, '')
}
