/** LCOV as Codecov, Sonar, editors and `genhtml` read it. */
import type { CoverageReport, FileCoverage, LineBranches } from '@ci-actions/shared'
import { branchShare } from '@ci-actions/shared'

/** One record a file; lines ran once or not at all. */
export function renderLcov(report: CoverageReport): string {
  return report.files.map(record).join('')
}

function record(file: FileCoverage): string {
  const branches = branchShare([file])
  const lines = [
    ...file.covered.map((line) => ({ line, hits: 1 })),
    ...file.missed.map((line) => ({ line, hits: 0 })),
  ].toSorted((a, b) => a.line - b.line)
  const known = new Set(file.covered)
  return `${[
    'TN:',
    // A name with a line break would begin a line of its own.
    `SF:${file.path.replace(/[\r\n]/g, '\ufffd')}`,
    ...lines.map(({ line, hits }) => `DA:${line},${hits}`),
    `LF:${lines.length}`,
    `LH:${file.covered.length}`,
    ...file.branches.flatMap((each) => branchLines(each, known.has(each.line))),
    ...(branches.total === 0 ? [] : [`BRF:${branches.total}`, `BRH:${branches.covered}`]),
    'end_of_record',
  ].join('\n')}\n`
}

/** Branches that were only counted are called `unnamed`, so that nobody unites them by a name they do not have. */
function branchLines({ line, covered, total, missed }: LineBranches, ran: boolean): readonly string[] {
  const names = missed.flatMap((name) => lcovName(name) ?? [])
  const exact = names.length === total - covered && names.length === missed.length
  const taken = Array.from({ length: covered }, (_, index) => `0,taken ${index + 1}`)
  const others = Array.from({ length: total - covered }, (_, index) => `0,unnamed ${covered + index + 1}`)
  const never = ran ? '0' : '-'
  return [
    ...taken.map((name) => `BRDA:${line},${name},1`),
    ...(exact ? names : others).map((name) => `BRDA:${line},${name},${never}`),
  ]
}

/** Block and branch, in the words of coverage.py for its own. */
function lcovName(name: string): string | undefined {
  if (name === 'py:exit') return '0,exit the code'
  if (name.startsWith('py:')) return `0,jump to line ${name.slice('py:'.length)}`
  return name.startsWith('lcov:') ? name.slice('lcov:'.length) : undefined
}
