/** The files of a commit, without touching what is checked out. */
import { join, sep } from 'node:path'
import { UnavailableError } from '../action/errors.ts'
import { endOfLink } from './files.ts'
import type { Repository } from './repository.ts'
import { gitReason, isObjectId } from './repository.ts'

/**
 * Writes the whole tree of a commit into an empty folder, through an index of its own. Line endings are as in
 * the user's checkout and `.gitattributes` are those of the commit. No filter programs run (files of Git LFS
 * stay pointers), submodules stay empty, and links that lead out of the folder are left out.
 */
export async function checkOutTree(repository: Repository, sha: string, folder: string): Promise<void> {
  if (!isObjectId(sha)) throw new TypeError(`not a commit id: ${sha}`)
  const index = repository.temporaryPath('index')
  const { stdout } = await repository.git(['rev-parse', '--absolute-git-dir'])
  const env = { GIT_DIR: stdout.replace(/\n$/, ''), GIT_WORK_TREE: folder, GIT_INDEX_FILE: index }
  await repository.files.makeFolder(folder)
  const options = [...(await filtersOff(repository)), '-c', 'core.sparseCheckout=false']
  try {
    const args = [...options, 'read-tree', '--reset', '-u', '--no-recurse-submodules', sha]
    const answer = await repository.git(args, { env, network: 'token', timeoutMs: 10 * 60_000 })
    if (answer.exitCode !== 0)
      throw new UnavailableError(`the files of ${sha.slice(0, 7)}`, gitReason(answer))
    await removeLinksThatLeave(repository, env, folder)
  } finally {
    await repository.files.remove(index)
  }
}

/** Options that empty every filter that is set up; `.gitattributes` then have nothing to start. */
async function filtersOff(repository: Repository): Promise<readonly string[]> {
  const names = await repository.git(['config', '-z', '--name-only', '--get-regexp', '^filter\\.'])
  const filters = new Set(
    names.stdout.split('\0').flatMap((name) => /^filter\.(.*)\.[^.]*$/s.exec(name)?.[1] ?? []),
  )
  const options = [...filters].flatMap((name) => [
    `filter.${name}.smudge=`,
    `filter.${name}.process=`,
    `filter.${name}.required=false`,
  ])
  return options.flatMap((option) => ['-c', option])
}

async function removeLinksThatLeave(
  repository: Repository,
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  const { files } = repository
  const { stdout } = await repository.git(['ls-files', '-z', '--stage'], { env })
  const links = stdout.split('\0').filter((line) => line.startsWith('120000 '))
  const root = await files.realPath(folder)
  for (const line of links) {
    const path = join(folder, line.slice(line.indexOf('\t') + 1))
    const end = await endOfLink(files, path)
    if (root === undefined || end === undefined || !`${end}${sep}`.startsWith(`${root}${sep}`))
      await files.remove(path)
  }
}

/** Paths of all files of a commit; undefined where git cannot tell. */
export async function listAt(repository: Repository, sha: string): Promise<readonly string[] | undefined> {
  const listed = await repository.git(['ls-tree', '-r', '-z', '--name-only', sha])
  return listed.exitCode === 0 ? listed.stdout.split('\0').filter((file) => file !== '') : undefined
}

const largestText = 16 * 1024 * 1024

/** A file's text at a commit, up to 16 MiB; undefined where there is no such file. Links are not followed. */
export async function readAt(repository: Repository, sha: string, path: string): Promise<string | undefined> {
  if (!isObjectId(sha)) throw new TypeError(`not a commit id: ${sha}`)
  const entry = await repository.git(['ls-tree', '-z', '--full-tree', sha, '--', path], { network: 'token' })
  const [, id] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(entry.stdout) ?? []
  if (entry.exitCode !== 0 || id === undefined) return undefined
  const blob = await repository.git(['cat-file', 'blob', id], { network: 'token', maxBytes: largestText })
  if (blob.exitCode !== 0) throw new UnavailableError(`${path} of ${sha.slice(0, 7)}`, gitReason(blob))
  return blob.stdout
}
