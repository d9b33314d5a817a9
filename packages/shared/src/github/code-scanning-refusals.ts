/** Why code scanning did not take results, in words that tell what to do. Clauses without a full stop. Pure. */
import { GithubError, messageOf } from '../action/errors.ts'
import { issuesUrl } from '../action/trouble.ts'
import type { GithubEvent } from '../host/ports.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import { explainRefusal } from './permissions.ts'

const ours = `that is an error in ci-actions; please report it at ${issuesUrl}`
const tooLarge =
  'the results are larger than GitHub takes; look at fewer files with `exclude`, or split the project over several uses of the action, each with its own `id`'
const switchedOff =
  'code scanning is off for this repository; turn it on under Settings › Advanced Security (a private repository needs GitHub Code Security)'

/** What GitHub says of a file, and what it means. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/upload is too large|too large/i, tooLarge],
  [/Advanced Security|Code Security|code scanning is not enabled|not enabled for this repo/i, switchedOff],
  [
    /same category/i,
    'two runs of one tool have the same category; give every use of the action that may judge the same commit an `id` of its own',
  ],
  [
    /default setup is enabled/i,
    "the reports contain results of CodeQL while CodeQL's default setup is on; turn one of them off",
  ],
  [
    /too many (?:logical )?alerts/i,
    'the repository has as many alerts as GitHub keeps; delete analyses of tools that are no longer used',
  ],
  [/invalid security severity/i, `a rule has a severity that is no number; ${ours}`],
  [
    /expected artifact location|at least one location|locationFromSarifResult/i,
    `a result has no place; ${ours}`,
  ],
  [/invalid URI/i, `a place is no valid address; ${ours}`],
  [/did not match the checkout URI scheme/i, `a place is not in the checkout; ${ours}`],
  [/too many (?:runs|results|rules|extensions|locations|tags)/i, `a limit of GitHub is not kept; ${ours}`],
  [
    /commit not found|unexpected sha|no commit/i,
    'GitHub does not have the commit that was scanned; push it before it is scanned',
  ],
]

/** Of what GitHub said while it processed a file that it had taken. */
export function explainRejection(said: string): string {
  const text = shorten(visibleLine(said), 300)
  const meaning = meaningOf(said)
  return meaning === undefined
    ? `GitHub could not process the results: ${text}`
    : `${meaning} (GitHub said: ${text})`
}

function meaningOf(said: string): string | undefined {
  return meanings.find(([pattern]) => pattern.test(said))?.[1]
}

/** Of an upload that GitHub did not take. */
export function explainUploadRefusal(error: unknown, event: GithubEvent): string {
  if (!(error instanceof GithubError)) return messageOf(error)
  const { status, message } = error
  if (status === 413) return tooLarge
  const meaning = meaningOf(message)
  if (meaning !== undefined && [400, 403, 404, 409, 422].includes(status)) return meaning
  if (status === 404) {
    const server = isGithubCom(event)
      ? ''
      : '; on a server of your own an administrator has to turn it on first'
    return `${switchedOff}${server}; or the \`token\` has no \`security-events: write\``
  }
  return explainRefusal('code scanning', error, event)
}

function isGithubCom({ serverUrl }: GithubEvent): boolean {
  return /^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)$/.test(serverUrl)
}
