/** What a change does to suppressions: entries of ours, and lines of the files that scanners obey by themselves. */
import { join } from 'node:path'
import type {
  Change,
  CheckContext,
  Host,
  ImportedFile,
  PolicySource,
  Proposal,
  Repository,
} from '@ci-actions/shared'
import {
  describeLifetimeChange,
  describeSuppressionChange,
  isIgnoreFile,
  policyAtCommit,
  policyOfHead,
  policyPaths,
  readAt,
  readIgnoreFile,
  readLifetimes,
  readSuppressionsFile,
  suppressionPaths,
  UserError,
} from '@ci-actions/shared'

/** For `loosening` of the check. Sentences; empty where the change touches none of these files, or only removes. */
export async function suppressionLoosening(
  context: CheckContext,
  change: Change,
): Promise<readonly string[]> {
  const touched = change.changes.flatMap(({ path, oldPath }) => [path, oldPath ?? path])
  const isOurs = touched.some((path) => [...policyPaths, ...suppressionPaths].some((own) => own === path))
  return [
    ...(isOurs ? await entryChange(context, change) : []),
    ...(await ignoreFileChange(context.host, change)),
  ]
}

interface Lists {
  readonly lists: readonly unknown[]
  readonly limits: unknown
}

async function entryChange(
  context: CheckContext,
  { repository, baseSha }: Change,
): Promise<readonly string[]> {
  const { host } = context
  const at = (paths: readonly string[]) => () => policyAtCommit(repository, baseSha, paths)
  const here = (paths: readonly string[]) => () => policyOfHead(host, repository.top, paths)
  const before = listsOf(context, await usable(at(policyPaths)), await usable(at(suppressionPaths)))
  const now = listsOf(context, await usable(here(policyPaths)), await usable(here(suppressionPaths)))
  const pending = context.inputs['policy-ref'] === 'base' ? ' It holds once it is merged.' : ''
  return [
    ...describeSuppressionChange(before.lists, now.lists),
    ...describeLifetimeChange(readLifetimes(before.limits).lifetimes, readLifetimes(now.limits).lifetimes),
  ].map((sentence) => `${sentence}${pending}`)
}

/** What cannot be used is an error elsewhere, or was one at the base. */
async function usable(read: () => Promise<PolicySource | undefined>): Promise<PolicySource | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function listsOf(
  context: CheckContext,
  policy: PolicySource | undefined,
  file: PolicySource | undefined,
): Lists {
  const section = context.underPolicy(policy).policy
  const own = file === undefined ? undefined : readSuppressionsFile(file).source.data
  return { lists: [section['suppressions'], own], limits: section['suppression-limits'] }
}

const mostListed = 5

async function ignoreFileChange(
  host: Host,
  { repository, baseSha, changes }: Change,
): Promise<readonly string[]> {
  const sentences: string[] = []
  for (const { path, oldPath, kind } of changes) {
    if (!isIgnoreFile(path) || kind === 'deleted') continue
    const old = kind === 'added' ? undefined : await readAt(repository, baseSha, oldPath ?? path)
    const before = new Set(proposalsOf(path, old).proposals.map(aboutOf))
    const { id, tool, proposals } = proposalsOf(path, await headText(host, repository, path))
    if (id === undefined) continue
    const added = [...new Set(proposals.map(aboutOf))].filter((about) => !before.has(about))
    if (added.length === 0) continue
    const shown = added.slice(0, mostListed).map((about) => `\`${about.replaceAll('`', "'")}\``)
    const more = added.length > shown.length ? `, and ${added.length - shown.length} more` : ''
    sentences.push(`\`${path}\` makes ${tool} leave out: ${shown.join(', ')}${more}.`)
  }
  return sentences
}

/** Not through a link: what stands elsewhere is not shown in a report. */
async function headText({ files }: Host, { top }: Repository, path: string): Promise<string | undefined> {
  const file = join(top, path)
  return (await files.realPath(file)) === file ? files.readText(file) : undefined
}

function proposalsOf(path: string, text: string | undefined): ImportedFile {
  const nothing: ImportedFile = { tool: '', proposals: [] }
  if (text === undefined) return nothing
  try {
    return readIgnoreFile(path, text) ?? nothing
  } catch (error) {
    if (error instanceof UserError) return nothing
    throw error
  }
}

function aboutOf({ about, origin }: Proposal): string {
  const words = [...(about.ids ?? []), about.component, ...(about.paths ?? [])].filter((word) => word)
  return words.length > 0 ? words.join(' ') : origin.replaceAll('`', '')
}
