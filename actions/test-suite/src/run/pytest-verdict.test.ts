import { describe, expect, it } from 'vitest'
import type { JunitEvidence, PytestEnd } from './pytest-verdict.ts'
import { pytestProblems } from './pytest-verdict.ts'

const session = { version: '9.2.0', rootdir: '/w', coverage: {}, parallel: false }
const whole = {
  session,
  end: { collected: 2, unattributed: 0, leftOut: 0 },
  ...{ finished: 2, failed: 0, deselected: 0, running: [], notCollected: [], damaged: false },
}
const junit: JunitEvidence = { kind: 'read', path: 'junit.xml', complete: true, failed: 0 }
const exited = { ended: 'exited', exitCode: 0, tail: '', timeoutSeconds: 60 } as const
const codes = (change: Partial<PytestEnd>) =>
  pytestProblems({ process: exited, recording: whole, junit, ...change }).map(({ code }) => code)

describe('pytestProblems', () => {
  it('has none where all agree', () => {
    expect(codes({})).toEqual([])
    expect(codes({ junit: { kind: 'off' } })).toEqual([])
    expect(
      codes({
        process: { ...exited, exitCode: 1 },
        recording: { ...whole, failed: 1 },
        junit: { ...junit, failed: 1 },
      }),
    ).toEqual([])
  })

  it.each([
    ['JUnit says that a test failed', { junit: { ...junit, failed: 1 } }, 'exit-disagrees'],
    ['JUnit is cut off', { junit: { ...junit, complete: false } }, 'results-damaged'],
    ['JUnit is from before the run', { junit: { kind: 'stale', path: 'junit.xml' } }, 'no-results'],
    ['JUnit is no XML', { junit: { kind: 'unreadable', path: 'junit.xml', why: 'HTML' } }, 'results-damaged'],
    ['the recording is damaged', { recording: { ...whole, damaged: true } }, 'results-damaged'],
    ['a test is missing that was asked for', { asked: 3 }, 'tests-missing'],
    ['a shell hides a kill', { process: { ...exited, exitCode: 137 } }, 'killed'],
    ['Windows reports an access violation', { process: { ...exited, exitCode: 0xc0000005 } }, 'crashed'],
    [
      'it was never started',
      { process: { ...exited, ended: 'not-started', startError: 'gone' } },
      'not-started',
    ],
  ] as const)('says so where %s', (_, change, code) => {
    expect(codes(change)).toEqual([code])
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 42, 255, -1, undefined])(
    'is never empty for exit code %s without a recording',
    (exitCode) => {
      const nothing = { ...whole, session: undefined, end: undefined, finished: 0 }
      expect(
        codes({ process: { ...exited, exitCode }, recording: nothing, junit: { kind: 'off' } }),
      ).not.toEqual([])
    },
  )
})
