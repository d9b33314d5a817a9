/** Runs for tests, and generators of them. */
import fc from 'fast-check'
import type { History, HistoryRun, RememberedTest, RunFacts, TestOutcome } from '../history.ts'
import { recordRun } from '../history.ts'

/** `a: 'failed'`, or `a: 1.5` for a test that passed in so many seconds. */
export type Outcomes = Readonly<Record<string, TestOutcome | number>>

export function sampleRun(facts: Partial<RunFacts>, outcomes: Outcomes): HistoryRun {
  const tests = Object.entries(outcomes).map(
    ([id, value]): RememberedTest =>
      typeof value === 'number' ? { id, outcome: 'passed', seconds: value } : { id, outcome: value },
  )
  return recordRun({ run: '1', attempt: 1, sha: '', branch: 'main', time: 1000, ...facts }, tests)
}

const anyTest = fc.record<RememberedTest>(
  {
    id: fc.constantFrom('t.py::a', 't.py::b', 'ü\n"', '__proto__', '', 'x'.repeat(1001)),
    outcome: fc.constantFrom('passed', 'flaky', 'failed', 'skipped'),
    seconds: fc.constantFrom(0, 0.0004, 0.1, 1.2345, 90, Number.NaN, -1),
  },
  { requiredKeys: ['id', 'outcome'] },
)

/** From few values, so that runs share names, times and attempts. */
export const anyRun: fc.Arbitrary<HistoryRun> = fc
  .tuple(
    fc.record(
      {
        run: fc.constantFrom('1', '2', '3'),
        attempt: fc.integer({ min: 1, max: 3 }),
        sha: fc.constantFrom('', 'a'.repeat(40), 'b'.repeat(40)),
        branch: fc.constantFrom('main', 'pull/7/merge'),
        time: fc.integer({ min: 0, max: 5 }),
        seconds: fc.constantFrom(1, 2.5),
        values: fc.dictionary(
          fc.constantFrom('coverage', 'pass-rate', '__proto__', '7'),
          fc.constantFrom(0, -0, 81.25, -1, Number.NaN),
        ),
      },
      { requiredKeys: ['run', 'attempt', 'sha', 'branch', 'time'] },
    ),
    fc.array(anyTest, { maxLength: 6 }),
  )
  .map(([facts, tests]) => recordRun(facts, tests))

export const anyHistory: fc.Arbitrary<History> = fc.array(anyRun, { maxLength: 6 }).map((runs) => ({ runs }))
