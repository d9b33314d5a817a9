/** When a refused request may be sent again, as GitHub asks for it. Pure. */
import type { HttpResponse } from '../ports.ts'

/** GitHub asks for at least a minute after a secondary limit that names no time. */
const secondaryLimitMs = 60_000
const longestBackoffMs = 16_000

/** Milliseconds to wait, or undefined where asking again is of no use. `attempt` counts from 1. */
export function waitBeforeRetry(response: HttpResponse, attempt: number, now: number): number | undefined {
  const asked = retryAfter(response.headers['retry-after'], now)
  if (isLimited(response)) return asked ?? limitReset(response, now) ?? secondaryLimitMs
  if (response.status >= 500 && response.status !== 501) return asked ?? backoff(attempt)
  return undefined
}

export function backoff(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), longestBackoffMs)
}

/** 403 says either that a permission is missing or that we were too fast. */
export function isLimited(response: HttpResponse): boolean {
  if (response.status === 429) return true
  if (response.status !== 403) return false
  if (response.headers['retry-after'] !== undefined || response.headers['x-ratelimit-remaining'] === '0')
    return true
  return /secondary rate limit|rate limit exceeded|abuse detection/i.test(
    new TextDecoder().decode(response.body.subarray(0, 2000)),
  )
}

/** Seconds, or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function limitReset(response: HttpResponse, now: number): number | undefined {
  const reset = Number(response.headers['x-ratelimit-reset'] ?? Number.NaN)
  if (response.headers['x-ratelimit-remaining'] !== '0' || Number.isNaN(reset)) return undefined
  // A second more: the clocks differ.
  return Math.max(0, reset * 1000 - now) + 1000
}
