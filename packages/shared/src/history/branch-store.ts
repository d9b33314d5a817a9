/**
 * A history on a branch of the repository, one file a series. The branch is a single commit without parents, which
 * is replaced: it does not grow, and no clone gets heavier by the day. A push names the commit that it replaces, and
 * the server refuses it if another one is there by now; then the new one is fetched, merged, and pushed again.
 * Neither the working tree nor the index nor any branch of the clone is touched.
 */
import { messageOf } from '../action/errors.ts'
import { fetchFrom, overNetwork, remoteName } from '../git/commit.ts'
import type { GitAnswer, GitOptions, Repository } from '../git/repository.ts'
import { gitReason, isObjectId } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import type { History, HistoryRun } from './history.ts'
import { emptyHistory, mergeHistories } from './history.ts'
import { historyFormat, longestHistory, parseHistory, renderHistory } from './history-text.ts'
import type { HistoryStore } from './store.ts'

/** Of n writers at the same time one gets through each time, so n tries are enough. */
const mostTries = 30
/** Pushes refused although nobody else had pushed: no permission, or a server in trouble. */
const mostRefusals = 3
const marker = '.ci-actions-history'
const markerText =
  'History of test runs, kept by ci-actions: one commit that is replaced. Delete the branch to forget it.\n'

const author = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
}
const identity = {
  GIT_AUTHOR_NAME: author.name,
  GIT_AUTHOR_EMAIL: author.email,
  GIT_COMMITTER_NAME: author.name,
  GIT_COMMITTER_EMAIL: author.email,
}

interface Branch {
  readonly repository: Repository
  readonly remote: string
  /** `refs/heads/…`. */
  readonly ref: string
  /** Of the series. */
  readonly path: string
}

export function openBranchStore(
  host: Host,
  repository: Repository,
  name: string,
  series: string,
): HistoryStore {
  const open = async (): Promise<Branch> => {
    const remote = await remoteName(repository)
    if (remote === undefined) throw new Error('the clone has no remote')
    return { repository, remote, ref: `refs/heads/${name}`, path: `v${historyFormat}/${series}.jsonl` }
  }
  return {
    read: async () => {
      try {
        const branch = await open()
        const tip = await fetchTip(branch)
        return { history: tip === undefined ? emptyHistory : await readSeries(branch, tip) }
      } catch (error) {
        return { history: emptyHistory, why: `the history on branch ${name}: ${messageOf(error)}` }
      }
    },
    add: async (run) => {
      try {
        await push(host, await open(), run)
        return {}
      } catch (error) {
        return { why: `the history on branch ${name}: ${messageOf(error)}` }
      }
    },
  }
}

async function push(host: Host, branch: Branch, run: HistoryRun): Promise<void> {
  let refusals = 0
  let reason = ''
  for (let attempt = 1; attempt <= mostTries && refusals < mostRefusals; attempt += 1) {
    if (host.cancelled.aborted) throw new Error('cancelled')
    const tip = await fetchTip(branch)
    const known = tip === undefined ? emptyHistory : await readSeries(branch, tip)
    const commit = await makeCommit(branch, tip, mergeHistories([known, { runs: [run] }]))
    const answer = await pushCommit(branch, tip, commit)
    const now = await remoteTip(branch)
    // Also where the answer got lost on the way.
    if (answer.exitCode === 0 || now === commit) return
    reason = gitReason(answer)
    refusals = now === tip ? refusals + 1 : 0
    await host.clock.sleep(pause(host, attempt))
  }
  throw new Error(`git push was refused (\`${reason}\`)`)
}

/** Random, so that writers who met do not meet again. */
function pause(host: Host, attempt: number): number {
  return (Number.parseInt(host.clock.random(4), 16) / 2 ** 32) * Math.min(4000, 100 * 2 ** attempt)
}

/** The branch's commit at the remote; undefined where there is no such branch. */
async function remoteTip({ repository, remote, ref }: Branch): Promise<string | undefined> {
  const answer = required(await overNetwork(repository, ['ls-remote', '--quiet', remote, ref]))
  const line = answer.stdout.split('\n').find((each) => each.endsWith(`\t${ref}`))
  const sha = line?.split('\t')[0]
  return isObjectId(sha) ? sha : undefined
}

/** The branch's commit, with its files here. */
async function fetchTip(branch: Branch): Promise<string | undefined> {
  const { repository, remote, ref } = branch
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const tip = await remoteTip(branch)
    if (tip === undefined || (await isHistory(repository, tip))) return tip
    // By name, since servers need not hand out a commit that was replaced meanwhile; then the next try finds another.
    const options = ['--no-write-fetch-head', '--no-filter', '--refmap=']
    const answer = await fetchFrom(repository, [...options, remote, ref])
    if (await isHistory(repository, tip)) return tip
    if (answer.exitCode !== 0) throw new Error(gitReason(answer))
    if ((await repository.git(['cat-file', '-e', `${tip}^{commit}`])).exitCode === 0) {
      throw new Error('it holds something else; name a branch that does not exist yet, or is only for this')
    }
  }
  throw new Error('it is replaced faster than it can be fetched')
}

async function isHistory({ git }: Repository, commit: string): Promise<boolean> {
  return (await git(['cat-file', '-e', `${commit}:${marker}`])).exitCode === 0
}

async function readSeries({ repository, path }: Branch, tip: string): Promise<History> {
  const answer = await repository.git(['cat-file', 'blob', `${tip}:${path}`], { maxBytes: longestHistory })
  return answer.exitCode === 0 ? parseHistory(answer.stdout) : emptyHistory
}

/** The files of `tip` with this series replaced, as a commit without parents. */
async function makeCommit(
  { repository, path }: Branch,
  tip: string | undefined,
  history: History,
): Promise<string> {
  const index = repository.temporaryPath('history-index')
  const env = { ...identity, GIT_INDEX_FILE: index }
  const run = async (args: readonly string[], options: GitOptions = {}) =>
    required(await repository.git(args, { env, ...options })).stdout.trim()
  const store = (text: string) => run(['hash-object', '-w', '--no-filters', '--stdin'], { stdin: text })
  try {
    await run(tip === undefined ? ['read-tree', '--empty'] : ['read-tree', tip])
    const entries = [
      [await store(renderHistory(history)), path],
      [await store(markerText), marker],
    ]
    for (const [blob, file] of entries)
      await run(['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`])
    return await run(['commit-tree', '-m', 'History of test runs [skip ci]', await run(['write-tree'])])
  } finally {
    await repository.files.remove(index)
  }
}

/** To the remote's address, since a push to its name would update the clone's remote-tracking branch. */
async function pushCommit(branch: Branch, tip: string | undefined, commit: string): Promise<GitAnswer> {
  const { repository, remote, ref } = branch
  const address = required(await repository.git(['remote', 'get-url', '--push', remote]))
  const quiet = ['--quiet', '--no-verify', '--no-signed', '--no-follow-tags', '--recurse-submodules=no']
  const lease = `--force-with-lease=${ref}:${tip ?? ''}`
  const url = address.stdout.replace(/\n$/, '')
  return overNetwork(repository, ['push', ...quiet, lease, '--', url, `${commit}:${ref}`])
}

function required(answer: GitAnswer): GitAnswer {
  if (answer.exitCode !== 0) throw new Error(gitReason(answer))
  return answer
}
