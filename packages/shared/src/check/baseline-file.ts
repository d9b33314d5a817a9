/** The baseline that counts, and what a change does to it. */
import { join } from 'node:path'
import { UserError } from '../action/errors.ts'
import { readNeeded } from '../action/needed-file.ts'
import type { Finding } from '../finding/finding.ts'
import type { Base } from '../git/base.ts'
import type { Repository } from '../git/repository.ts'
import { readAt } from '../git/tree.ts'
import { isProposal } from '../github/event.ts'
import type { Files } from '../host/ports.ts'
import { parseBaseline } from './baseline.ts'
import type { CheckContext } from './definition.ts'
import type { CheckSetup } from './setup.ts'

/** Undefined where there is none, or where it is about to be written. Throws a `UserError` for a broken one. */
export async function readBaseline(
  context: CheckContext,
  { repository, top }: CheckSetup,
  base: Base,
): Promise<readonly Finding[] | undefined> {
  const { host, inputs } = context
  if (inputs['update-baseline']) return undefined
  const ofBase = inputs['policy-ref'] === 'base' && isProposal(host.facts.event) && base.kind === 'found'
  const text =
    ofBase && repository !== undefined
      ? await readAt(repository, base.sha, inputs.baseline)
      : await readNeeded(host.files, join(top, inputs.baseline), inputs.baseline)
  return text === undefined ? undefined : parseBaseline(text, inputs.baseline)
}

/** How many entries a change adds, each of which is a finding that no longer counts as new. */
export async function describeBaselineChange(
  files: Files,
  repository: Repository,
  baseSha: string,
  path: string,
): Promise<readonly string[]> {
  const before = countEntries(await readAt(repository, baseSha, path), path)
  const now = countEntries(await files.readText(join(repository.top, path)), path)
  const added = [...now].reduce((sum, [key, count]) => sum + Math.max(count - (before.get(key) ?? 0), 0), 0)
  if (added === 0) return []
  const gained = added === 1 ? 'a finding that no longer counts' : `${added} findings that no longer count`
  return [`The baseline \`${path}\` gains ${gained} as new.`]
}

/** A file that cannot be used has none: where it is the one that counts, reading it has already said so. */
function countEntries(text: string | undefined, path: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const entry of text === undefined ? [] : parseOrNothing(text, path)) {
    const key = [entry.tool, entry.rule, entry.location?.path, entry.fingerprint].join('\0')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function parseOrNothing(text: string, path: string): readonly Finding[] {
  try {
    return parseBaseline(text, path)
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}
