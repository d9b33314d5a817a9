/** Why GitHub refused a request, and what to do about it. Pure. */
import type { HttpResponse } from '../ports.ts'

/** Where GitHub does not name the permission itself, as older Enterprise servers do not. */
const permissions: readonly (readonly [RegExp, string])[] = [
  [/\/check-(runs|suites)/, 'checks'],
  [/\/(issues|pulls)\/(\d+\/comments|comments\/)/, 'pull-requests'],
  [/\/pulls(\/|$|\?)/, 'pull-requests'],
  [/\/issues(\/|$|\?)/, 'issues'],
  [/\/code-scanning\//, 'security-events'],
  [/\/deployments/, 'deployments'],
  [/\/statuses\//, 'statuses'],
  [/\/actions\//, 'actions'],
  [/\/(contents|commits|compare|git|releases|branches|tags)(\/|$|\?)/, 'contents'],
]

export function describeRefusal(method: string, path: string, response: HttpResponse): string {
  const said = whatItSaid(response)
  const start = `GitHub refused ${method} ${path.split('?')[0]} (${response.status}${said === '' ? '' : `: ${said}`}).`
  const permission = neededPermission(method, path, response.headers['x-accepted-github-permissions'])
  switch (response.status) {
    case 401:
      return `${start} The token is wrong or has expired.`
    case 403:
      return `${start} The job's token needs ${permission}; for a pull request from a fork it is always read-only.`
    case 404:
      return `${start} It does not exist, or the job's token may not see it: that needs ${permission}.`
    default:
      return start
  }
}

/** GitHub's header names alternatives apart by `;` and what belongs together by `,`: `issues=write; pull_requests=write`. */
function neededPermission(method: string, path: string, header: string | undefined): string {
  if (header?.includes('=')) {
    const alternatives = header.split(';').map((alternative) =>
      alternative
        .split(',')
        .map((pair) => `\`${pair.trim().replaceAll('_', '-').replace('=', ': ')}\``)
        .join(' and '),
    )
    return alternatives.join(' or ')
  }
  const name = permissions.find(([pattern]) => pattern.test(path))?.[1]
  const level = method === 'GET' ? 'read' : 'write'
  return name === undefined ? 'another permission' : `\`${name}: ${level}\``
}

interface GithubProblem {
  readonly message?: unknown
  readonly errors?: unknown
}

function whatItSaid(response: HttpResponse): string {
  const text = new TextDecoder().decode(response.body.subarray(0, 20_000))
  try {
    const problem: GithubProblem = JSON.parse(text)
    const details = Array.isArray(problem.errors) ? problem.errors.slice(0, 5).map(detail) : []
    return oneLine([problem.message, ...details].filter((part) => typeof part === 'string').join('; '))
  } catch {
    return oneLine(text.startsWith('<') ? '' : text)
  }
}

function detail(error: unknown): string {
  if (typeof error === 'string') return error
  const isMessage =
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  return isMessage ? String(error.message) : JSON.stringify(error)
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
