/** What a shard leaves beside its results, so that the merge can prove that it was there. Format: `docs/shards.md`. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord, oneLine } from '@ci-actions/shared'
import type { Leg } from './leg.ts'
import { limits } from './limits.ts'
import { openDocument, readIds } from './shard-document.ts'

export const manifestFileName = 'shard-manifest.json'
const format = 'ci-actions/shard-manifest'
const version = 1

export interface ShardManifest {
  /** From 1 up to `shards`; 1 of 1 for a leg that is not split. */
  readonly shard: number
  readonly shards: number
  readonly leg: Leg
  /** `GITHUB_JOB`: each job's matrix is proven by itself; absent on a laptop. */
  readonly job?: string | undefined
  /** Digest of the plan; absent for a leg that is not split. */
  readonly plan?: string | undefined
  /** The tests that it was given, sorted; absent for a leg that is not split. */
  readonly tests?: readonly string[] | undefined
  /** `GITHUB_RUN_ID`; absent on a laptop. */
  readonly run?: string | undefined
  /** `GITHUB_RUN_ATTEMPT`, from 1. */
  readonly attempt: number
  /** `strategy.job-total`: jobs of the matrix, so that a leg of which nothing arrived is missed; absent: not known. */
  readonly jobs?: number | undefined
  /** What ran the tests; absent where not known. */
  readonly runner?: RunnerName | undefined
  /** True where only the tests ran that the change can affect, which may be none. */
  readonly selected?: boolean | undefined
}

export interface RunnerName {
  /** `pytest` or `command`. */
  readonly id: string
  /** `pytest`, or the program of the command. */
  readonly name: string
  readonly version?: string | undefined
}

export function renderManifest(manifest: ShardManifest): string {
  return `${JSON.stringify({ format, version, ...manifest })}\n`
}

/** `problem` is a sentence: what of the file cannot be trusted. */
export function parseManifest(
  text: string,
): { readonly manifest: ShardManifest } | { readonly problem: string } {
  const opened = openDocument(text, { format, version, name: 'shard manifest' })
  return 'problem' in opened ? opened : readManifest(opened.document)
}

function readManifest(
  document: JsonRecord,
): { readonly manifest: ShardManifest } | { readonly problem: string } {
  const { leg, plan, run, job, attempt } = document
  const shards = count(document['shards'], limits.jobs)
  const shard = count(document['shard'], shards ?? 0)
  const wrong = (what: string) => ({ problem: `The shard manifest is damaged: ${what}.` })
  if (shard === undefined || shards === undefined) return wrong(`it is no shard from 1 to ${limits.jobs}`)
  if (!isRecord(leg) || JSON.stringify(leg).length > limits.leg) return wrong('it names no leg of a matrix')
  if (plan !== undefined && !isDigest(plan)) return wrong('the digest of its plan is none')
  if (!isName(run) || !isName(job)) return wrong('its run or job is no name')
  const tests = document['tests'] === undefined ? { ids: undefined } : readIds(document['tests'])
  if ('problem' in tests) return { problem: `The shard manifest is damaged. ${tests.problem}` }
  if ((plan === undefined) !== (tests.ids === undefined)) return wrong('plan and tests go together')
  const known = { shard, shards, leg, plan, tests: tests.ids, run, job }
  const times = { attempt: count(attempt, 1_000_000) ?? 1, jobs: count(document['jobs'], 1_000_000) }
  const runner = runnerOf(document['runner'])
  const selected = document['selected'] === true
  return {
    manifest: { ...known, ...times, ...(runner !== undefined && { runner }), ...(selected && { selected }) },
  }
}

/** For readers alone: what is no name is none, and proves nothing. */
function runnerOf(value: unknown): RunnerName | undefined {
  if (!isRecord(value)) return undefined
  const { id, name, version } = value
  if ((id !== 'pytest' && id !== 'command') || typeof name !== 'string') return undefined
  const shown = (text: string) => oneLine(text).slice(0, 100)
  return { id, name: shown(name), ...(typeof version === 'string' && { version: shown(version) }) }
}

function count(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : undefined
}

function isName(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && /^[\w-]{1,100}$/.test(value))
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}

/** The ids of a shard as a file of one a line, which `pytest @file` (pytest 8.2) reads. */
export function renderIds(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('')
}
