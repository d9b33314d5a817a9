/** Links that leave the repository are not followed, and nobody should think that they are. */
import { posix } from 'node:path'
import type { OpenedCheck } from '@ci-actions/shared'
import { counted, listLinksOutside, pathMatcher } from '@ci-actions/shared'
import type { ScanValues } from './scan-context.ts'
import { nameSome } from './tools/risk-finding.ts'

/** Repository-relative; `paths` and `exclude` count, as they do for files. */
export async function linksOutside(
  { repository, projects }: Pick<OpenedCheck, 'repository' | 'projects'>,
  { paths, exclude }: Pick<ScanValues, 'paths' | 'exclude'>,
): Promise<readonly string[]> {
  if (repository === undefined) return []
  const isWanted = paths.length === 0 ? () => true : pathMatcher(paths)
  const isUnwanted = exclude.length === 0 ? () => false : pathMatcher(exclude)
  return (await listLinksOutside(repository)).filter((path) =>
    projects.some(({ folder }) => {
      const relative = posix.relative(folder, path)
      return !relative.startsWith('../') && isWanted(relative) && !isUnwanted(relative)
    }),
  )
}

export function linkNotices(links: readonly string[]): readonly string[] {
  if (links.length === 0) return []
  const lead = links.length === 1 ? 'leads' : 'lead'
  return [
    `${counted(links.length, 'link')} not followed, since ${links.length === 1 ? 'it' : 'they'} ${lead} out of the repository or to nothing: ${nameSome(links)}.`,
  ]
}
