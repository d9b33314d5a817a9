/** Submodules are other repositories: their files are not looked at, and nobody should think that they are. */
import type { OpenedCheck, PathScope } from '@ci-actions/shared'
import { counted, listSubmodules } from '@ci-actions/shared'
import { isInProjects } from './outside-links.ts'
import { nameSome } from './tools/risk-finding.ts'

/** `paths` and `exclude` count, as they do for files. */
export async function submoduleNotices(
  { repository, projects }: OpenedCheck,
  scope: PathScope,
): Promise<readonly string[]> {
  if (repository === undefined) return []
  const missed = (await listSubmodules(repository)).filter(isInProjects(projects, scope))
  if (missed.length === 0) return []
  return [
    `${counted(missed.length, 'submodule')} not looked at: ${nameSome(missed)}. Each is a repository of its own: scan it there, or with the command line in its folder.`,
  ]
}
