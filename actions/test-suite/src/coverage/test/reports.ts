/** Reports for properties: any lines and branches, as the readers of all formats give them. */
import type { CoverageReport } from '@ci-actions/shared'
import { CoverageTable } from '@ci-actions/shared'
import fc from 'fast-check'

/** What one test run says about a project, whose lines and branches are the same in all runs. */
export function anyReport(
  schemes: readonly ('py' | 'lcov' | undefined)[] = ['py', 'lcov', undefined],
): fc.Arbitrary<CoverageReport> {
  const line = fc.record({
    number: fc.integer({ min: 1, max: 12 }),
    ran: fc.boolean(),
    taken: fc.array(fc.boolean(), { maxLength: 4 }),
    scheme: fc.constantFrom(...schemes),
  })
  const file = fc.record({
    path: fc.constantFrom('a.py', 'src/b.py', 'src/ü "x" & <y>.py'),
    lines: fc.array(line),
  })
  return fc.array(file, { maxLength: 4 }).map((files) => {
    const table = new CoverageTable()
    for (const { path, lines } of files) {
      for (const { number, ran, taken, scheme } of lines) {
        table.file(path).line(number, ran)
        const missed = taken.flatMap((each, index) => (each ? [] : [nameOf(scheme, index)]))
        table.file(path).branches(number, taken.length - missed.length, taken.length, scheme ? missed : [])
      }
    }
    const report = table.report()
    return { ...report, files: report.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
  })
}

function nameOf(scheme: 'py' | 'lcov' | undefined, index: number): string {
  return scheme === 'lcov' ? `lcov:0,${index}` : `py:${index === 0 ? 'exit' : index}`
}

export async function* chunksOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text)
}
