/** Links that leave the repository are not followed, and nobody should think that they are. */
import { posix } from 'node:path'
import type { OpenedCheck, PathScope } from '@ci-actions/shared'
import { counted, listLinksOutside, scopeMatcher } from '@ci-actions/shared'
import { nameSome } from './tools/risk-finding.ts'

/** Repository-relative; `paths` and `exclude` count, as they do for files. */
export async function linksOutside(
  { repository, projects }: Pick<OpenedCheck, 'repository' | 'projects'>,
  scope: PathScope,
): Promise<readonly string[]> {
  return repository === undefined
    ? []
    : (await listLinksOutside(repository)).filter(isInProjects(projects, scope))
}

/** Of a repository-relative path that is no file of a project; `paths` and `exclude` count below each folder. */
export function isInProjects(projects: OpenedCheck['projects'], scope: PathScope): (path: string) => boolean {
  const isWanted = scopeMatcher(scope)
  const folders = [...new Set(projects.map(({ folder }) => folder))]
  return (path) =>
    folders.some((folder) => {
      const relative = posix.relative(folder, path)
      return !relative.startsWith('../') && isWanted(relative)
    })
}

export function linkNotices(links: readonly string[]): readonly string[] {
  if (links.length === 0) return []
  const lead = links.length === 1 ? 'leads' : 'lead'
  return [
    `${counted(links.length, 'link')} not followed, since ${links.length === 1 ? 'it' : 'they'} ${lead} out of the repository or to nothing: ${nameSome(links)}.`,
  ]
}
