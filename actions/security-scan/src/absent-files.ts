/** Files that belong to the project and are not looked at, since they are not here, or nobody knows that they are its own. */
import type { OpenedCheck, PathScope } from '@ci-actions/shared'
import { counted, listAbsent } from '@ci-actions/shared'
import { isInProjects } from './outside-links.ts'
import { nameSome } from './tools/risk-finding.ts'

/** `paths` and `exclude` count, as they do for files. */
export async function absenceNotices(
  { repository, projects }: OpenedCheck,
  scope: PathScope,
): Promise<readonly string[]> {
  if (repository === undefined) return [withoutGit]
  const isWanted = isInProjects(projects, scope)
  const { sparse, submodules } = await listAbsent(repository)
  return [...sparseNotice(sparse.filter(isWanted)), ...missedNotice(submodules.filter(isWanted))]
}

/** Left out of the working tree, such as by `sparse-checkout` of `actions/checkout`. */
function sparseNotice(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return []
  return [
    `The checkout is sparse. Not here, and so not looked at: ${counted(paths.length, 'file')} of the commit, such as ${nameSome(paths, 3)}.`,
  ]
}

/** Submodules are other repositories. */
function missedNotice(missed: readonly string[]): readonly string[] {
  if (missed.length === 0) return []
  return [
    `${counted(missed.length, 'submodule')} not looked at: ${nameSome(missed)}. Each is a repository of its own: scan it there, or with the command line in its folder.`,
  ]
}

const withoutGit =
  'There is no git repository here, so nobody knows what git would ignore: folders that begin with a dot, but `.github`, and those called `build`, `dist`, `venv` or `node_modules` were not looked at, nor any commit.'
