/** Reads from the repository what a selection is made of. */
import { join } from 'node:path'
import type { Host, Repository } from '@ci-actions/shared'
import { inParallel } from '@ci-actions/shared'
import type { SelectionRequest } from './select.ts'
import { isSettingsFile } from './settings.ts'

/** Larger sources are generated, and then count as unreadable: all tests run. */
const largestSource = 4 * 1024 * 1024
const largestTotal = 512 * 1024 * 1024

export type SelectionFacts = Pick<SelectionRequest, 'sources' | 'obstacles'>

/** `files` as from `listFiles`. What cannot be read is missing in `sources`; the selection then takes all tests. */
export async function readSelectionFacts(
  host: Host,
  repository: Repository,
  files: readonly string[],
): Promise<SelectionFacts> {
  const sources = new Map<string, string>()
  let total = 0
  await inParallel(
    files.filter((file) => file.endsWith('.py') || isSettingsFile(file)),
    16,
    async (file) => {
      const path = join(repository.top, file)
      const bytes = (await host.files.status(path))?.bytes ?? Number.POSITIVE_INFINITY
      total += bytes
      if (bytes > largestSource || total > largestTotal) return
      const text = await host.files.readText(path).catch(() => undefined)
      if (text !== undefined) sources.set(file, text)
    },
  )
  return { sources, obstacles: await repositoryObstacles(repository) }
}

/** Changes behind links and in submodules are not seen in the repository's own files. */
async function repositoryObstacles(repository: Repository): Promise<readonly string[]> {
  const answer = await repository.git(['ls-files', '-z', '--stage'])
  if (answer.exitCode !== 0) return ['git does not list the files']
  const entries = answer.stdout.split('\0')
  return [
    ...(entries.some((entry) => entry.startsWith('120000 ')) ? ['there are symbolic links'] : []),
    ...(entries.some((entry) => entry.startsWith('160000 ')) ? ['there are submodules'] : []),
  ]
}
