/** The figures of `security-scan`: reports read and answered, hashes of lines, scanners side by side. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lineHashes } from '../../packages/shared/src/security/line-hash.ts'
import { actionTarget, buildBundle } from '../bundle.ts'
import { median } from './measure.ts'
import { writeSecurityReports } from './security-reports.ts'
import { runSuite } from './suite.ts'
import type { Note } from './test-suite.ts'
import { makeBenchTree, removeTree } from './tree.ts'

export interface BenchPlace {
  /** Where Django's sources are kept. */
  readonly out: string
  /** Made anew. */
  readonly tree: string
  readonly rounds: number
}

const wantedFindings = 25_000

/** From the reports of five scanners to all outputs, in turns with a program that only parses, writes and packs them. */
export function measureFindings({ out, tree, rounds }: BenchPlace, note: Note): void {
  const program = join(buildBundle(actionTarget('security-scan')), 'index.js')
  removeTree(tree)
  makeBenchTree(out, tree)
  const reports = writeSecurityReports(tree, wantedFindings)
  // There is no token to send anything with, but all is made for it, hashes of lines too.
  const upload = { 'upload-sarif': 'true' }
  const gate = { 'default-gate': 'off', gate: 'tools-failed == 0' }
  const inputs = { mode: 'report', reports: reports.join('\n'), ...gate, ...upload }
  const pairs = Array.from({ length: rounds }, (_, round) => {
    const reference = runJsonReference(reports.map((path) => join(tree, path)))
    const run = runSuite(tree, inputs, program)
    if (run.told !== wantedFindings) throw new Error(`${run.told} findings were read, not ${wantedFindings}`)
    console.log(
      `  round ${round + 1}: ${run.wall.toFixed(2)} s, ${run.peak.toFixed(0)} MB; parsing, writing and packing ${reference.seconds.toFixed(2)} s`,
    )
    return { run, reference }
  })
  const [{ reference, run } = undefined] = pairs
  const size = `${((reference?.bytes ?? 0) / 1e6).toFixed(0)} MB`
  const about = `${wantedFindings} findings of five tools (${size}; ${run?.findings} risks)`
  note(`${about}, to every output`, `${median(pairs.map((each) => each.run.wall)).toFixed(2)} s`, '< 3 s')
  note(`${about}, peak memory`, `${median(pairs.map((each) => each.run.peak)).toFixed(0)} MB`, '< 400 MB')
  note(
    `${about}, ÷ JSON.parse + JSON.stringify + gzip`,
    median(pairs.map((each) => each.run.wall / each.reference.seconds)).toFixed(2),
    '≤ 6',
  )
}

interface JsonReference {
  readonly seconds: number
  readonly bytes: number
}

function runJsonReference(paths: readonly string[]): JsonReference {
  const script = join(import.meta.dirname, 'json-reference.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
