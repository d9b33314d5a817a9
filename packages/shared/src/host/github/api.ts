/** The REST API, over our own HTTP port: one method, retried within bounds. */
import { GithubError, UnavailableError } from '../../action/errors.ts'
import type { Clock, GithubApi, Http, HttpResponse } from '../ports.ts'
import { describeRefusal } from './refusal.ts'
import { backoff, isLimited, waitBeforeRetry } from './retry.ts'

/** All waiting of one request together; a job must not stand still for an hour's limit. */
const patienceMs = 120_000
const mostAttempts = 6
const timeoutMs = 30_000
const largestAnswer = 32 * 1024 * 1024
/** So that cancellation is noticed while we wait. */
const napMs = 500

const what = "GitHub's API"

export interface GithubApiOptions {
  readonly http: Http
  readonly clock: Clock
  readonly cancelled: AbortSignal
  readonly token: string
  /** `GITHUB_API_URL`, such as `https://api.github.com`. */
  readonly baseUrl: string
}

type Method = Parameters<GithubApi['request']>[0]

interface Attempt {
  readonly response?: HttpResponse
  readonly unreached?: UnavailableError
  /** Undefined where the answer is final. */
  readonly waitMs: number | undefined
}

export function githubApi(options: GithubApiOptions): GithubApi {
  return {
    request: async <T>(method: Method, path: string, body?: unknown): Promise<T> => {
      const response = await sendUntilAnswered(options, method, path, body)
      if (answerWasLost(response))
        throw new UnavailableError(what, `answered ${response.status}, so it may or may not have done it`)
      if (response.status >= 400)
        throw new GithubError(response.status, describeRefusal(method, path, response))
      return parseAnswer<T>(response)
    },
  }
}

async function sendUntilAnswered(
  options: GithubApiOptions,
  method: Method,
  path: string,
  body: unknown,
): Promise<HttpResponse> {
  const { clock, cancelled } = options
  let patience = patienceMs
  for (let attempt = 1; ; attempt += 1) {
    const { response, unreached, waitMs } = await sendOnce(options, method, path, body, attempt)
    if (response !== undefined && waitMs === undefined) return response
    const lost = cancelled.aborted || attempt === mostAttempts || waitMs === undefined || waitMs > patience
    if (lost) throw unreached ?? new UnavailableError(what, whyGivenUp(response, attempt, waitMs))
    patience -= waitMs
    await pause(clock, waitMs, cancelled)
  }
}

async function sendOnce(
  options: GithubApiOptions,
  method: Method,
  path: string,
  body: unknown,
  attempt: number,
): Promise<Attempt> {
  const { http, clock, token, baseUrl } = options
  try {
    const response = await http.request({
      method,
      url: `${baseUrl.replace(/\/+$/, '')}${path}`,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
      maxBytes: largestAnswer,
    })
    const repeatable = method !== 'POST' || !answerWasLost(response)
    return { response, waitMs: repeatable ? waitBeforeRetry(response, attempt, clock.now()) : undefined }
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    const unreached = new UnavailableError(what, error.message, { cause: error })
    return { unreached, waitMs: method !== 'POST' || neverArrived(error) ? backoff(attempt) : undefined }
  }
}

/** A gateway that gave up waiting: what was asked for may be done all the same. */
function answerWasLost({ status }: HttpResponse): boolean {
  return status === 502 || status === 504
}

/** A POST whose answer was lost may have made something; sent again, it would make it twice. */
function neverArrived(error: UnavailableError): boolean {
  const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']
  return codes.some((code) => error.message.includes(code))
}

function whyGivenUp(
  response: HttpResponse | undefined,
  attempts: number,
  waitMs: number | undefined,
): string {
  if (response === undefined) return 'no answer'
  if (!isLimited(response))
    return `answered ${response.status}, ${attempts} times in a row; a re-run may help`
  const minutes = Math.ceil((waitMs ?? 0) / 60_000)
  return `its rate limit is used up (${response.status}); a re-run helps in about ${minutes} minute${minutes === 1 ? '' : 's'}`
}

async function pause(clock: Clock, ms: number, cancelled: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !cancelled.aborted; left -= napMs) await clock.sleep(Math.min(left, napMs))
}

function parseAnswer<T>(response: HttpResponse): T {
  const text = new TextDecoder().decode(response.body)
  try {
    // An answer without content (204) becomes null.
    return JSON.parse(text === '' ? 'null' : text)
  } catch (error) {
    throw new UnavailableError(what, `answered ${response.status} with something that is no JSON`, {
      cause: error,
    })
  }
}
