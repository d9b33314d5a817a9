import { describe, expect, test } from 'vitest'
import type { ProcessResult } from '../host/ports.ts'
import { lastLines, processFailure } from './process-outcome.ts'

const exited: ProcessResult = {
  ended: 'exited',
  exitCode: 0,
  stdout: '',
  stderr: '',
  truncated: false,
  seconds: 1,
}
const expectation = {
  name: 'Black',
  exitCodes: [0, 1],
  timeoutSeconds: 300,
  maxBytes: 256 * 1024 * 1024,
  lastLines: '',
}

describe('processFailure', () => {
  test.each([0, 1])('exit code %i is a result', (exitCode) => {
    expect(processFailure({ ...exited, exitCode }, expectation)).toBeUndefined()
  })

  test('another exit code is a failure that shows what was printed', () => {
    const failure = processFailure(
      { ...exited, exitCode: 42 },
      { ...expectation, lastLines: 'no such option' },
    )
    expect(failure).toContain('exit code 42')
    expect(failure).toContain('no such option')
  })

  test('cut-off output is a failure even with a good exit code', () => {
    expect(processFailure({ ...exited, truncated: true }, expectation)).toContain('more than 256 MiB')
  })

  test.each([
    [{ ended: 'signalled', signal: 'SIGKILL', exitCode: undefined } as const, 'memory'],
    [{ ended: 'exited', exitCode: 137 } as const, 'memory'],
    [{ ended: 'signalled', signal: 'SIGSEGV', exitCode: undefined } as const, 'crashed (SIGSEGV)'],
    [{ ended: 'exited', exitCode: 139 } as const, 'crashed (SIGSEGV)'],
    [{ ended: 'exited', exitCode: 0xc0000005 } as const, '0xC0000005'],
    [{ ended: 'timed-out', exitCode: undefined } as const, 'within 300 s'],
    [{ ended: 'cancelled', exitCode: undefined } as const, 'cancelled'],
    [{ ended: 'not-started', exitCode: undefined, startError: 'no such file' } as const, 'no such file'],
  ])('%o is told as "%s"', (end, words) => {
    expect(processFailure({ ...exited, ...end }, expectation)).toContain(words)
  })
})

describe('lastLines', () => {
  test('drops blank lines, colours and control characters', () => {
    expect(lastLines('one\r\n\n\u001b[31mtwo\u001b[0m\u0007\n  \nthree\n', 2)).toBe('two\nthree')
  })

  test('shortens a line of any length', () => {
    expect(lastLines('x'.repeat(10_000), 5)).toHaveLength(300)
  })
})
