/** The lines of a recording, checked: tests run in the same process as what writes them. */
import { testKinds } from '../results/test-result.ts'
import type { PhaseReport } from './recorded-test.ts'

export interface Session {
  readonly version: string
  /** Absolute; node ids are relative to it. */
  readonly rootdir: string
  /** Absolute path of the JUnit file, ours or the project's; undefined where the project has switched it off. */
  readonly junit?: string | undefined
  /** Paths of coverage reports, by kind. */
  readonly coverage: Readonly<Record<string, string>>
  /** Of the random order, where there is one. */
  readonly seed?: string | undefined
  /** Whether pytest-xdist ran the tests. */
  readonly parallel: boolean
}

export interface SessionEnd {
  readonly collected: number
  /** Failures that belong to no test, such as coverage below the project's own limit. */
  readonly unattributed: number
  /** Why it stopped before the last test, in pytest's words. */
  readonly stopped?: string | undefined
  /** Tests that were collected and taken out again, by options or by a plugin. */
  readonly leftOut: number
  /** The option by which only what failed last was to run. */
  readonly narrowed?: string | undefined
}

export type RecordLine =
  | ({ readonly kind: 'session' } & Session)
  | { readonly kind: 'start'; readonly id: string; readonly file?: string; readonly line?: number }
  | ({ readonly kind: 'report'; readonly id: string } & PhaseReport)
  | { readonly kind: 'finish'; readonly id: string; readonly seconds: number | undefined }
  | { readonly kind: 'collect-failed'; readonly id: string; readonly message: string; readonly text: string }
  | { readonly kind: 'collect-skipped'; readonly id: string; readonly reason: string }
  | { readonly kind: 'deselected'; readonly count: number }
  | { readonly kind: 'internal-error'; readonly text: string }
  | { readonly kind: 'interrupted'; readonly text: string }
  | ({ readonly kind: 'end' } & SessionEnd)

type Fields = Readonly<Record<string, unknown>>

/** Undefined for a line that the plugin cannot have written. */
export function decodeRecord(text: string): RecordLine | undefined {
  let fields: Fields
  try {
    fields = Object(JSON.parse(text))
  } catch {
    return undefined
  }
  const id = fields['id']
  switch (fields['kind']) {
    case 'session':
      return sessionOf(fields)
    case 'end':
      return endOf(fields)
    case 'deselected':
      return { kind: 'deselected', count: numberOf(fields['count']) ?? 0 }
    case 'internal-error':
      return { kind: 'internal-error', text: textOf(fields['text']) ?? '' }
    case 'interrupted':
      return { kind: 'interrupted', text: textOf(fields['text']) ?? '' }
    default:
      return typeof id === 'string' ? recordOfTest(id, fields) : undefined
  }
}

function recordOfTest(id: string, fields: Fields): RecordLine | undefined {
  const file = textOf(fields['file'])
  const line = numberOf(fields['line'])
  switch (fields['kind']) {
    case 'start':
      return { kind: 'start', id, ...(file !== undefined && { file }), ...(line !== undefined && { line }) }
    case 'report':
      return reportOf(id, fields)
    case 'finish':
      return { kind: 'finish', id, seconds: numberOf(fields['seconds']) }
    case 'collect-failed':
      return {
        kind: 'collect-failed',
        id,
        message: textOf(fields['message']) ?? '',
        text: textOf(fields['text']) ?? '',
      }
    case 'collect-skipped':
      return { kind: 'collect-skipped', id, reason: textOf(fields['reason']) ?? '' }
    default:
      return undefined
  }
}

function sessionOf(fields: Fields): RecordLine {
  const coverage = Object.entries(Object(fields['coverage'])).flatMap(([kind, path]) =>
    typeof path === 'string' ? [[kind, path] as const] : [],
  )
  return {
    kind: 'session',
    version: textOf(fields['version']) ?? '',
    rootdir: textOf(fields['rootdir']) ?? '',
    junit: textOf(fields['junit']),
    coverage: Object.fromEntries(coverage),
    seed: textOf(fields['seed']),
    parallel: fields['parallel'] === true,
  }
}

function endOf(fields: Fields): RecordLine {
  return {
    kind: 'end',
    collected: numberOf(fields['collected']) ?? 0,
    unattributed: numberOf(fields['unattributed']) ?? 0,
    stopped: textOf(fields['stopped']),
    leftOut: numberOf(fields['left_out']) ?? 0,
    narrowed: textOf(fields['narrowed']),
  }
}

function reportOf(id: string, fields: Fields): RecordLine | undefined {
  const outcome = fields['outcome']
  if (outcome !== 'passed' && outcome !== 'failed' && outcome !== 'skipped' && outcome !== 'rerun')
    return undefined
  const text = (name: string) => textOf(fields[name])
  return {
    kind: 'report',
    id,
    when: text('when') ?? '',
    outcome,
    xfail: text('xfail'),
    subtest: text('subtest'),
    testKind: testKinds.find((kind) => kind === fields['test_kind']),
    reason: text('reason'),
    type: text('type'),
    message: text('message'),
    text: text('text'),
    stdout: text('stdout'),
    stderr: text('stderr'),
    log: text('log'),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Seconds, counts and lines are never negative. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}
