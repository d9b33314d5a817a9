/** Submodules are other repositories: their files are not looked at, and nobody should think that they are. */
import { posix } from 'node:path'
import type { OpenedCheck } from '@ci-actions/shared'
import { counted, listSubmodules, pathMatcher } from '@ci-actions/shared'
import type { ScanValues } from './scan-context.ts'
import { nameSome } from './tools/risk-finding.ts'

/** `paths` and `exclude` count, as they do for files. */
export async function submoduleNotices(
  { repository, projects }: OpenedCheck,
  { paths, exclude }: Pick<ScanValues, 'paths' | 'exclude'>,
): Promise<readonly string[]> {
  if (repository === undefined) return []
  const isWanted = paths.length === 0 ? () => true : pathMatcher(paths)
  const isUnwanted = exclude.length === 0 ? () => false : pathMatcher(exclude)
  const folders = new Set(projects.map(({ folder }) => folder))
  const missed = (await listSubmodules(repository)).filter((path) =>
    [...folders].some((folder) => {
      const relative = posix.relative(folder, path)
      return !relative.startsWith('../') && isWanted(relative) && !isUnwanted(relative)
    }),
  )
  if (missed.length === 0) return []
  return [
    `${counted(missed.length, 'submodule')} not looked at: ${nameSome(missed)}. Each is a repository of its own: scan it there, or with the command line in its folder.`,
  ]
}
