import { readFile, stat } from 'node:fs/promises'
import { messageOf } from '../../action/errors.ts'
import type { GithubEvent } from '../ports.ts'
import { matrixDigest } from './matrix.ts'

/** GitHub caps webhook payloads at 25 MB. */
const largestPayload = 32 * 1024 * 1024

type Environment = Readonly<Record<string, string | undefined>>

export interface EventReading {
  readonly event: GithubEvent | undefined
  /** Why the payload is empty, where it should not be. */
  readonly problem?: string | undefined
}

/** Undefined where no event started us, as when the bundle is run by hand. */
export async function readEvent(env: Environment): Promise<EventReading> {
  const name = env['GITHUB_EVENT_NAME']
  if (!name) return { event: undefined }
  const { payload, problem } = await readPayload(env['GITHUB_EVENT_PATH'])
  const event: GithubEvent = {
    name,
    payload,
    repository: env['GITHUB_REPOSITORY'] ?? '',
    serverUrl: (env['GITHUB_SERVER_URL'] || 'https://github.com').replace(/\/+$/, ''),
    sha: env['GITHUB_SHA'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    runId: env['GITHUB_RUN_ID'] ?? '',
    runAttempt: Number.parseInt(env['GITHUB_RUN_ATTEMPT'] ?? '', 10) || 1,
    workflow: env['GITHUB_WORKFLOW'] ?? '',
    job: env['GITHUB_JOB'] ?? '',
    action: env['GITHUB_ACTION'] ?? '',
    matrix: matrixDigest(env),
    actor: env['GITHUB_ACTOR'] ?? '',
  }
  return { event, problem }
}

async function readPayload(
  path: string | undefined,
): Promise<{ payload: Record<string, unknown>; problem?: string }> {
  if (!path) return { payload: {}, problem: 'GITHUB_EVENT_PATH is not set' }
  try {
    const bytes = (await stat(path)).size
    if (bytes > largestPayload)
      return { payload: {}, problem: `the event's payload is too large (${bytes} bytes)` }
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (isRecord(parsed)) return { payload: parsed }
    return { payload: {}, problem: "the event's payload is no JSON object" }
  } catch (error) {
    return { payload: {}, problem: `the event's payload could not be read: ${messageOf(error)}` }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
