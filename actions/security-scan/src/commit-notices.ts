/** What the report says of commits in which secrets were looked for, or were not. Pure. */
import type { CommitRange, ToolRun } from '@ci-actions/shared'

/** Ids of the scanners that look into commits; the others know the files as they are. */
export const readsCommits: ReadonlySet<string> = new Set(['gitleaks', 'trufflehog'])

/** Others that look for secrets. */
const readsFiles: ReadonlySet<string> = new Set(['detect-secrets', 'trivy'])

type Run = Pick<ToolRun, 'id' | 'name' | 'status'>

/** `runs`: of this action, not what reports say. */
export function commitNotices(range: CommitRange | undefined, runs: readonly Run[]): readonly string[] {
  if (range === undefined || range.kind === 'unknown') return []
  const looked = runs.filter(({ status }) => status === 'clean' || status === 'findings')
  const inCommits = new Set(looked.flatMap(({ id }) => (readsCommits.has(id) ? [id] : [])))
  if (inCommits.size === 0) {
    const others = [...new Set(looked.flatMap(({ id, name }) => (readsFiles.has(id) ? [name] : [])))]
    if (others.length === 0) return []
    return [
      `Secrets: nobody looked into commits, where one stays that a later commit took away. ${others.join(' and ')} ${others.length === 1 ? 'knows' : 'know'} the files as they are; Gitleaks and TruffleHog know both.`,
    ]
  }
  const withoutMerges =
    'Secrets: TruffleHog passes over merge commits. What one adds itself, such as a line that resolved a conflict and is gone again, nobody looked at. Gitleaks does.'
  return [`Secrets: ${range.message}`, ...(inCommits.has('gitleaks') ? [] : [withoutMerges])]
}
