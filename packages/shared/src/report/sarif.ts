/**
 * SARIF 2.1.0, for code scanning and editors: one run a tool.
 *
 * Fixed and suppressed findings are left out and counted: GitHub reads neither `baselineState` nor
 * `suppressions` and would open an alert for each.
 */
import { count } from './figures.ts'
import type { Prose, Report } from './report.ts'
import type { RenderedRun, SarifOptions, ToolPart } from './sarif-runs.ts'
import { renderRun, toolParts } from './sarif-runs.ts'
import { utf8Bytes } from './visible.ts'

export type { LineHashes } from './sarif-results.ts'
export type { SarifOptions } from './sarif-runs.ts'

/** Bounds memory. The runs share it equally. */
const mostBytes = 64 * 1024 * 1024

/** GitHub refuses a file with more. */
const mostRuns = 20

/** All tools in one file; where they are more than GitHub takes, those alone that had something to look at. */
export function renderSarif(report: Report, options: SarifOptions = {}): string {
  return [...sarifPieces(report, options)].join('')
}

/** The same in pieces, one tool after the other. */
export function* sarifPieces(report: Report, options: SarifOptions = {}): Generator<string> {
  const all = toolParts(report, options)
  const parts = all.length > mostRuns ? all.filter(hadWork) : all
  yield* filePieces(parts, (part) => renderRun(part, report, options, mostBytes / parts.length))
}

export interface SarifFiles {
  /** Each within what code scanning takes. */
  readonly files: readonly string[]
  readonly runs: number
  readonly results: number
  /** Of tools that are in none of them although they should have run, in sentences. */
  readonly withheld: readonly Prose[]
  /** Of results that there is no room for, in sentences. */
  readonly cut: readonly Prose[]
}

/**
 * Files for code scanning. A tool that failed, or was not to run, is in none of them: a run without its findings would
 * close its alerts. One that had nothing to look at is, and does. `fits` says of a text whether it is small enough.
 */
export function sarifFiles(
  report: Report,
  options: SarifOptions,
  fits: (text: string) => boolean,
): SarifFiles {
  const parts = toolParts(report, options)
  const sendable = parts.filter((part) => !hasFailed(part) && !wasSkipped(part))
  const rendered = sendable.map((part) => ({
    part,
    run: renderRun(part, report, options, mostBytes / sendable.length),
  }))
  const packed = chunks(rendered, mostRuns).flatMap((chunk) => pack(chunk, { report, options, fits }))
  const runs = packed.flatMap((file) => file.runs)
  return {
    files: packed.map(({ text }) => text),
    runs: runs.length,
    results: runs.reduce((sum, { run }) => sum + run.sent, 0),
    withheld: parts
      .filter(hasFailed)
      .map(({ name }) => `${name} failed and is left out, so that its alerts stay as they are.`),
    cut: runs.flatMap(({ part, run }) =>
      run.sent === run.all
        ? []
        : `${count(run.sent)} of ${count(run.all)} results of ${part.name} are sent, the most important ones.`,
    ),
  }
}

function hasFailed({ runs }: ToolPart): boolean {
  return runs.some(({ status }) => status === 'failed')
}

function wasSkipped({ runs, findings }: ToolPart): boolean {
  return findings.length === 0 && runs.every(({ status }) => status === 'skipped')
}

function hadWork({ runs, findings }: ToolPart): boolean {
  const idle = ['skipped', 'not-applicable']
  return findings.length > 0 || runs.some(({ status }) => !idle.includes(status))
}

interface PartRun {
  readonly part: ToolPart
  readonly run: RenderedRun
}

interface PackedFile {
  readonly text: string
  readonly runs: readonly PartRun[]
}

interface Packing {
  readonly report: Report
  readonly options: SarifOptions
  fits(text: string): boolean
}

/** Halves what is too large, first by runs, then by results. */
function pack(runs: readonly PartRun[], packing: Packing): readonly PackedFile[] {
  const text = [...filePieces(runs, ({ run }) => run)].join('')
  const [only] = runs
  if (only === undefined) return []
  if (packing.fits(text) || (runs.length === 1 && only.run.sent === 0)) return [{ text, runs }]
  if (runs.length > 1) {
    return chunks(runs, Math.ceil(runs.length / 2)).flatMap((half) => pack(half, packing))
  }
  const { part } = only
  const run = renderRun(part, packing.report, packing.options, utf8Bytes(text) / 2)
  return pack([{ part, run }], packing)
}

function* filePieces<T>(parts: readonly T[], runOf: (part: T) => RenderedRun): Generator<string> {
  yield '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [\n'
  let first = true
  for (const part of parts) {
    if (!first) yield ',\n'
    first = false
    yield* runOf(part).pieces
  }
  yield '\n  ]\n}\n'
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const number = Math.ceil(items.length / size)
  return Array.from({ length: number }, (_, index) => items.slice(index * size, (index + 1) * size))
}
