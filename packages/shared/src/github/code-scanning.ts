/**
 * Results for code scanning, through the REST API: files are taken at once and processed later, and only then refused or
 * accepted, so the answer is waited for.
 */
import { gzipSync } from 'node:zlib'
import { GithubError, messageOf } from '../action/errors.ts'
import type { Clock, GithubApi, GithubEvent } from '../host/ports.ts'
import { isRecord } from '../parse/json.ts'
import { counted } from '../report/figures.ts'
import { explainRejection, explainUploadRefusal } from './code-scanning-refusals.ts'
import type { CodeScanningTarget } from './code-scanning-target.ts'

export interface SarifUpload extends CodeScanningTarget {
  /** Texts of SARIF, each small enough by {@link fitsCodeScanning}. */
  readonly files: readonly string[]
  /** Address of the folder that paths are relative to, `file:///…`. */
  readonly checkoutUri: string
  readonly toolName: string
}

export interface CodeScanningHost {
  readonly api: GithubApi
  readonly event: GithubEvent
  readonly clock: Clock
  readonly cancelled: AbortSignal
}

/** GitHub refuses more after gzip. */
const mostCompressed = 10_000_000
/** Waits before each question, 155 seconds in all; processing mostly takes two or three. */
const waitsMs = [5000, 10_000, 20_000, 40_000, 80_000]
/** So that a cancellation is noticed. */
const napMs = 500
const mostReasons = 5

/** A text that is small enough as it is need not be compressed to know. */
export function fitsCodeScanning(text: string): boolean {
  return Buffer.byteLength(text) < mostCompressed * 0.99 || gzipSync(text).length < mostCompressed
}

/** Gives what went wrong, in clauses; empty where all was accepted. */
export async function uploadSarif(host: CodeScanningHost, upload: SarifUpload): Promise<readonly string[]> {
  const sent: string[] = []
  for (const file of upload.files) {
    try {
      sent.push(await sendFile(host, upload, file))
    } catch (error) {
      const missing = upload.files.length - sent.length
      const which =
        upload.files.length === 1 ? '' : ` (${counted(missing, 'file')} of ${upload.files.length} not sent)`
      return [`${explainUploadRefusal(error, host.event)}${which}`, ...(await waitForAll(host, sent))]
    }
  }
  return waitForAll(host, sent)
}

async function sendFile(
  { api, event }: CodeScanningHost,
  upload: SarifUpload,
  file: string,
): Promise<string> {
  const answer = await api.request<unknown>('POST', `/repos/${event.repository}/code-scanning/sarifs`, {
    commit_sha: upload.sha,
    ref: upload.ref,
    sarif: gzipSync(file).toString('base64'),
    checkout_uri: upload.checkoutUri,
    tool_name: upload.toolName,
  })
  const id = isRecord(answer) ? answer['id'] : undefined
  if (typeof id !== 'string' || !/^[\w-]+$/.test(id))
    throw new Error('GitHub took the results but gave no id for them')
  return id
}

async function waitForAll(host: CodeScanningHost, ids: readonly string[]): Promise<readonly string[]> {
  const reasons: string[] = []
  let waiting = ids
  for (const ms of waitsMs) {
    if (waiting.length === 0) break
    await sleep(host, ms)
    if (host.cancelled.aborted)
      return [...reasons, 'the run was cancelled before GitHub had processed the results']
    const left: string[] = []
    for (const id of waiting) {
      const end = await askFor(host, id)
      if (end === 'pending') left.push(id)
      else reasons.push(...end)
    }
    waiting = left
  }
  return waiting.length === 0 ? reasons : [...reasons, slow]
}

const slow =
  'GitHub has taken the results but not processed them within 155 seconds; whether it accepts them stands under Security › Code scanning › Tool status'

async function sleep({ clock, cancelled }: CodeScanningHost, ms: number): Promise<void> {
  for (let left = ms; left > 0 && !cancelled.aborted; left -= napMs) await clock.sleep(Math.min(left, napMs))
}

/** Why it was not accepted; empty where it was. */
async function askFor({ api, event }: CodeScanningHost, id: string): Promise<'pending' | readonly string[]> {
  let answer: unknown
  try {
    answer = await api.request<unknown>('GET', `/repos/${event.repository}/code-scanning/sarifs/${id}`)
  } catch (error) {
    // What was just taken may not be known everywhere yet.
    if (error instanceof GithubError && error.status === 404) return 'pending'
    return [`whether GitHub accepts the results is not known: ${messageOf(error)}`]
  }
  const { processing_status: status, errors } = isRecord(answer) ? answer : {}
  if (status === 'complete') return []
  if (status !== 'failed') return 'pending'
  const said = Array.isArray(errors) ? errors.filter((error) => typeof error === 'string') : []
  if (said.length === 0) return [explainRejection('it gave no reason')]
  const reasons = [...new Set(said.map(explainRejection))]
  const more = reasons.length - mostReasons
  return more > 0 ? [...reasons.slice(0, mostReasons), `${more} more`] : reasons
}
