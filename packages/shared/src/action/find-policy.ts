/** Finds the policy file's text, or that of another list beside it, in the working tree or at the base commit. */
import { dirname, join } from 'node:path'
import { findBase } from '../git/base.ts'
import type { Repository } from '../git/repository.ts'
import { openRepository } from '../git/repository.ts'
import { readAt } from '../git/tree.ts'
import { isProposal } from '../github/event.ts'
import type { Host } from '../host/ports.ts'
import { UnavailableError, UserError } from './errors.ts'
import { readNeeded } from './needed-file.ts'
import type { PolicySource } from './policy-file.ts'
import { policyPaths } from './policy-file.ts'
import { below, checkPath } from './workspace-path.ts'

export interface PolicyRequest {
  readonly ref: 'head' | 'base'
  /** Commit, branch or tag to take as base, from the input `base` where there is one. */
  readonly base?: string | undefined
  readonly token?: string | undefined
  /** As given; the repository is looked for there. */
  readonly workingDirectory: string
  readonly offline: boolean
}

export interface FoundPolicy {
  /** Undefined where there is no policy file. */
  readonly source?: PolicySource | undefined
  readonly notices: readonly string[]
}

/** A policy file is written by hand; a larger one is a mistake. */
const maxBytes = 256 * 1024

/**
 * Throws a `UserError` for a file that cannot be used, an `UnavailableError` where the base is not to be had. `paths`:
 * where it may stand; there may be only one of them.
 */
export async function findPolicy(
  host: Host,
  request: PolicyRequest,
  paths: readonly string[] = policyPaths,
): Promise<FoundPolicy> {
  const folder = await repositoryTop(host, request.workingDirectory)
  if (request.ref === 'head') return { source: await policyOfHead(host, folder, paths), notices: [] }
  const event = host.facts.event
  if (event !== undefined && !isProposal(event)) {
    const notice = `\`policy-ref: base\` has no effect on \`${event.name}\`, where no change is proposed; the policy file is that of this commit.`
    return { source: await policyOfHead(host, folder, paths), notices: [notice] }
  }
  return { source: await policyOfBase(host, request, folder, paths), notices: [] }
}

/** The top of the checkout that holds the working directory: `actions/checkout` may have put it into a `path`. */
async function repositoryTop(host: Host, workingDirectory: string): Promise<string> {
  const { files, facts } = host
  const checked = await checkPath(files, facts.workspace, workingDirectory)
  if ('problem' in checked) return facts.workspace
  for (let at = join(facts.workspace, checked.path); at !== facts.workspace; at = dirname(at)) {
    if ((await files.status(join(at, '.git'))) !== undefined) return at
  }
  return facts.workspace
}

/** The policy file of the working tree; throws a `UserError` where it cannot be used. */
export async function policyOfHead(
  host: Host,
  folder: string,
  paths: readonly string[] = policyPaths,
): Promise<PolicySource | undefined> {
  const found: PolicySource[] = []
  for (const path of paths) {
    const text = await readInside(host, join(folder, path), path)
    if (text !== undefined) found.push({ path, text })
  }
  return onlyOne(found, paths)
}

/** The file may be a link, but not to a place outside the workspace: errors would show what stands there. */
async function readInside(host: Host, file: string, path: string): Promise<string | undefined> {
  const { files, facts } = host
  const real = await files.realPath(file)
  if (real === undefined) return undefined
  const top = (await files.realPath(facts.workspace)) ?? facts.workspace
  if (below(top, real) === undefined)
    throw new UserError(`\`${path}\` is a link to a place outside the repository.`)
  const status = await files.status(real)
  if (status?.kind !== 'file') throw new UserError(`\`${path}\` is not a file.`)
  if (status.bytes > maxBytes) throw tooLarge(path)
  return readNeeded(files, real, path)
}

async function policyOfBase(
  host: Host,
  request: PolicyRequest,
  folder: string,
  paths: readonly string[],
): Promise<PolicySource | undefined> {
  const repository = await openRepository(host, folder, request.token)
  if (repository === undefined)
    throw new UserError('`policy-ref: base` needs a git repository. Check it out before this step.')
  const base = await findBase(repository, host, { wanted: request.base, offline: request.offline })
  if (base.kind === 'none')
    throw new UnavailableError('the base commit, which `policy-ref: base` needs', base.why)
  return policyAtCommit(repository, base.sha, paths)
}

/** The policy file of a commit; throws a `UserError` where it cannot be used. */
export async function policyAtCommit(
  repository: Repository,
  sha: string,
  paths: readonly string[] = policyPaths,
): Promise<PolicySource | undefined> {
  const found: PolicySource[] = []
  for (const path of paths) {
    const text = await readAt(repository, sha, path)
    if (text === undefined) continue
    if (text.length > maxBytes) throw tooLarge(path)
    found.push({ path: `${path} of the base`, text })
  }
  return onlyOne(found, paths)
}

function tooLarge(path: string): UserError {
  return new UserError(`\`${path}\` is larger than ${maxBytes / 1024} KiB.`)
}

function onlyOne(found: readonly PolicySource[], paths: readonly string[]): PolicySource | undefined {
  if (found.length > 1) throw new UserError(`There are \`${paths.join('` and `')}\`; keep one of them.`)
  return found[0]
}
