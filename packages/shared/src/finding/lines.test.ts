import { describe, expect, test } from 'vitest'
import type { Finding, Location } from './finding.ts'
import { stateByLines } from './lines.ts'

const changes = [
  { path: 'a.py', kind: 'modified', lines: [{ start: 10, end: 12 }] },
  { path: 'added.py', kind: 'added', lines: [{ start: 1, end: 3 }] },
  { path: 'moved.py', kind: 'renamed', lines: [] },
]

function at(location: Location | undefined, more: Partial<Finding> = {}): Finding {
  return {
    tool: 't',
    rule: 'R',
    level: 'error',
    message: 'm',
    fingerprint: 'f',
    state: 'unknown',
    location,
    ...more,
  }
}

describe('state by changed lines', () => {
  test.each([
    ['before them', { path: 'a.py', line: 9 }, 'unchanged'],
    ['on the first', { path: 'a.py', line: 10 }, 'new'],
    ['on the last', { path: 'a.py', line: 12 }, 'new'],
    ['behind them', { path: 'a.py', line: 13 }, 'unchanged'],
    ['reaching into them', { path: 'a.py', line: 2, endLine: 10 }, 'new'],
    ['ending before them', { path: 'a.py', line: 2, endLine: 9 }, 'unchanged'],
    ['in a new file', { path: 'added.py', line: 77 }, 'new'],
    ['about a new file', { path: 'added.py' }, 'new'],
    ['about a changed file', { path: 'a.py' }, 'unknown'],
    ['about a file that only moved', { path: 'moved.py' }, 'unchanged'],
    ['in a file that only moved', { path: 'moved.py', line: 3 }, 'unchanged'],
    ['in another file', { path: 'b.py', line: 10 }, 'unchanged'],
    ['outside', { path: '/usr/lib/a.py', line: 10, outside: true }, 'unknown'],
    ['nowhere', undefined, 'unknown'],
  ] as const)('%s', (_, location, state) => {
    expect(stateByLines([at(location)], changes)[0]?.state).toBe(state)
  })

  test('a related place counts, too', () => {
    const related = [{ path: 'a.py', line: 11 }]
    expect(stateByLines([at({ path: 'b.py', line: 1 }, { related })], changes)[0]?.state).toBe('new')
  })

  test('what is fixed stays fixed', () => {
    expect(stateByLines([at({ path: 'a.py', line: 10 }, { state: 'fixed' })], changes)[0]?.state).toBe(
      'fixed',
    )
  })
})
