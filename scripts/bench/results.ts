/** Reading large JUnit files, side by side with a bare stream that only counts, each in a process of its own. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JunitFile } from './junit-files.ts'
import { junitFiles, writeJunitFile } from './junit-files.ts'
import { median } from './measure.ts'

export interface ReadingFigures {
  readonly name: string
  readonly megabytes: number
  /** Reading by the bare stream, of wall seconds: the middle of all rounds. */
  readonly reading: number
  /** The same with all that the report needs kept. */
  readonly ratio: number
  readonly seconds: number
  /** Megabytes of our process at its peak, and of the bare stream's. */
  readonly peak: number
  readonly barePeak: number
}

interface Measured {
  readonly tests: number
  readonly failed: number
  readonly bytes: number
  readonly seconds: number
  readonly peak: number
}

const script = join(import.meta.dirname, 'results-reader.ts')

/** One after the other, in turns, so that both meet the same machine. Throws where they count differently. */
export function compareReading(rounds: number, report: (figures: ReadingFigures) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-results-'))
  try {
    // Files that take a quarter of a second are read more often: a round of one says little.
    for (const file of junitFiles) {
      const times = file.tests > 100_000 ? 2 * rounds : 8 * rounds
      report(compareFile(file, writeJunitFile(folder, file), times))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compareFile(file: JunitFile, path: string, rounds: number): ReadingFigures {
  const pairs = Array.from({ length: rounds }, () => ({
    bare: measure('bare', path),
    read: measure('read', path),
    ours: measure('tally', path),
  }))
  for (const { bare, ours } of pairs) {
    if (bare.tests !== ours.tests || bare.failed !== ours.failed || ours.tests !== file.tests)
      throw new Error(
        `${file.name}: counted ${ours.tests} and ${ours.failed}, not ${bare.tests} and ${bare.failed}`,
      )
  }
  return {
    name: file.name,
    megabytes: (pairs[0]?.ours.bytes ?? 0) / 1e6,
    reading: median(pairs.map(({ bare, read }) => read.seconds / bare.seconds)),
    ratio: median(pairs.map(({ bare, ours }) => ours.seconds / bare.seconds)),
    seconds: median(pairs.map(({ ours }) => ours.seconds)),
    peak: Math.max(...pairs.map(({ ours }) => ours.peak)),
    barePeak: Math.max(...pairs.map(({ bare }) => bare.peak)),
  }
}

function measure(reader: 'bare' | 'read' | 'tally', path: string): Measured {
  const printed = execFileSync(process.execPath, ['--conditions=source', script, reader, path], {
    encoding: 'utf8',
  })
  const measured: Measured = JSON.parse(printed)
  return measured
}

if (import.meta.main) {
  compareReading(5, ({ name, megabytes, reading, ratio, seconds, peak, barePeak }) => {
    const memory = `${peak.toFixed(0)} MB, bare ${barePeak.toFixed(0)} MB`
    console.log(
      `${name} (${megabytes.toFixed(0)} MB): read in ${reading.toFixed(2)} × bare, tallied in ${ratio.toFixed(2)} ×, ${seconds.toFixed(2)} s, ${memory}`,
    )
  })
}
