/** Why GitHub refused something, in words that tell what to change. Pure. */
import { GithubError, messageOf } from '../action/errors.ts'
import type { GithubEvent } from '../host/ports.ts'
import { hasReadOnlyToken, pullRequestOf } from './event.ts'

/** A part of a report that needs a permission. */
export type Feature = 'check run' | 'comment' | 'code scanning' | 'contents'

const permissions: Readonly<Record<Feature, string>> = {
  'check run': 'checks: write',
  comment: 'pull-requests: write',
  'code scanning': 'security-events: write',
  contents: 'contents: read',
}

/** A clause without a full stop, for "no check run, because …". */
export function explainRefusal(feature: Feature, error: unknown, event: GithubEvent | undefined): string {
  if (!(error instanceof GithubError)) return messageOf(error)
  const { status, message } = error
  const permission = `\`${permissions[feature]}\``
  if (status === 401) return 'GitHub does not accept the `token`; it is wrong or has expired'
  if ((status === 403 || status === 429) && /rate limit|abuse/i.test(message)) {
    return 'the `token` has used up its requests to GitHub; a later run will do it'
  }
  if (status === 403 || status === 404) {
    if (event && hasReadOnlyToken(event)) return explainReadOnly(feature, event)
    return `the \`token\` has no ${permission}; add it under \`permissions:\` of the job`
  }
  if (status === 410) return 'the repository has issues turned off'
  return `GitHub refused it (${status}: ${message})`
}

/** For an event whose token may only read. */
export function explainReadOnly(feature: Feature, event: GithubEvent): string {
  const whose = pullRequestOf(event)?.fork === true ? 'a pull request from a fork' : 'a run for Dependabot'
  return `the token of ${whose} may only read, and this needs \`${permissions[feature]}\``
}
