/** The commits in which secrets are looked for, as the setting `secret-commits` names them. */
import type { Notice, Project, ToolSettings } from '@ci-actions/shared'
import { filesInScope, ToolOutputError } from '@ci-actions/shared'
import { nameSome } from './risk-finding.ts'

/** All of them stand in one argument, which Linux allows 128 KiB. */
const mostCommits = 500

/**
 * Revisions for `git log`, in lists for one command each. `all`: what the checked-out commit comes from; nothing: none;
 * else commits, separated by blanks.
 */
export function secretCommits(settings: ToolSettings): readonly (readonly string[])[] {
  const wanted = commitsOf(settings)
  if (wanted === 'all') return [['--full-history']]
  const lists: string[][] = []
  for (let start = 0; start < wanted.length; start += mostCommits)
    lists.push(['--no-walk=unsorted', ...wanted.slice(start, start + mostCommits)])
  return lists
}

/** Throws for what is no commit: it would be taken for an option of git. */
export function commitsOf(settings: ToolSettings): readonly string[] | 'all' {
  const wanted = String(settings['secret-commits'] ?? '').trim()
  if (wanted === 'all') return 'all'
  const commits = wanted.split(/\s+/).filter((each) => each !== '')
  const wrong = commits.find((each) => !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(each))
  if (wrong !== undefined) throw new ToolOutputError(`${JSON.stringify(wrong)} is no commit.`)
  return commits
}

/** Files of the project as it is that the user leaves out; of those that are gone nobody can tell. */
export function filesLeftOut(project: Project): ReadonlySet<string> {
  const inScope = new Set(filesInScope(project))
  return new Set(project.files.filter((file) => !inScope.has(file)))
}

/** `paths`: one for each secret. */
export function leftOutInCommits(paths: readonly string[]): readonly Notice[] {
  if (paths.length === 0) return []
  const secrets =
    paths.length === 1 ? '1 secret in commits stands' : `${paths.length} secrets in commits stand`
  const message = `${secrets} in files that are not in scope, and ${paths.length === 1 ? 'does' : 'do'} not count: ${nameSome([...new Set(paths)].sort())}.`
  return [{ level: 'notice', message }]
}
