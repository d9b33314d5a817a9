/** The figures of `test-suite`: reading results and coverage beside a bare stream of the same bytes, planning shards. */
import { join } from 'node:path'
import { timeCoverage } from './coverage.ts'
import { compareReading } from './results.ts'
import { measureSharding } from './shards.ts'

export type Note = (what: string, value: string, target: string) => void

export function measureResults(rounds: number, note: Note): void {
  compareReading(rounds, ({ name, megabytes, reading, ratio, peak }) => {
    const target = name.includes('half') ? '< 3' : '≤ 1.5'
    const value = `${ratio.toFixed(2)} (reading alone ${reading.toFixed(2)}), peak ${peak.toFixed(0)} MB`
    note(`results, ${name}, ${megabytes.toFixed(0)} MB, ÷ bare stream`, value, `${target}, 200 MB`)
  })
}

export async function measureCoverage(folder: string, rounds: number, note: Note): Promise<void> {
  const { ratio, peak } = await timeCoverage(join(folder, 'coverage'), 100, rounds)
  note(
    'coverage, 100 MB of Cobertura, ÷ bare stream',
    `${ratio.toFixed(2)}, peak ${peak.toFixed(0)} MB`,
    '< 1.5',
  )
}

export function measureShards(note: Note): void {
  for (const { tests, balance, seconds } of measureSharding())
    note(
      `shards of ${tests} tests, worst plan ÷ lower bound`,
      `${balance.toFixed(4)}, ${seconds.toFixed(2)} s`,
      '≤ 1.02, < 1 s',
    )
}
