/** Which commit a report is about, where it says so. Pure. */
import type { Commit, JsonRecord, Notice } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { recordIn, records } from './loose-lists.ts'

/** Commits that the report names, such as SARIF with `versionControlProvenance`; several where it has submodules. */
export function commitsIn(value: unknown): readonly string[] {
  if (!isRecord(value)) return []
  const revisions = records(value['runs'])
    .flatMap((run) => records(run['versionControlProvenance']))
    .map(({ revisionId }) => revisionId)
  return [...revisions, commitOfTrivy(value)].flatMap((each) =>
    typeof each === 'string' && isCommit(each) ? [each] : [],
  )
}

function commitOfTrivy(report: JsonRecord): unknown {
  return typeof report['SchemaVersion'] === 'number' ? recordIn(report, 'Metadata')['Commit'] : undefined
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/**
 * Undefined where one of `commits` is checked out, or was merged for a test: GitHub tests a pull request as the merge of it
 * into its base, and what it was made of may have been scanned.
 */
export function otherCommitNotice(
  commits: readonly string[],
  head: Commit | undefined,
  path: string,
): Notice | undefined {
  const [commit] = commits
  if (commit === undefined || head === undefined) return undefined
  const [, ...merged] = head.parents
  if ([head.sha, ...merged].some((sha) => commits.includes(sha))) return undefined
  const message = `${path} is about commit ${commit.slice(0, 7)}, and ${head.sha.slice(0, 7)} is checked out: what it says of lines and versions may be wrong here. Let a step of this run write it.`
  return { level: 'warning', message }
}
