import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../action/errors.ts'
import type { Finding } from '../finding/finding.ts'
import { matchFindings } from '../finding/match.ts'
import { parseBaseline, renderBaseline } from './baseline.ts'

const arbitraryFinding: fc.Arbitrary<Finding> = fc.record({
  tool: fc.constantFrom('ruff', 'mypy'),
  rule: fc.constantFrom('F401', 'E501'),
  level: fc.constant('error' as const),
  message: fc.string(),
  location: fc.record({
    path: fc.constantFrom('a.py', 'b c.py', 'ü.py'),
    line: fc.integer({ min: 1, max: 9 }),
  }),
  fingerprint: fc.constantFrom('aa', 'bb', 'cc'),
  state: fc.constant('unknown' as const),
})

describe('the baseline', () => {
  it('knows all that it was written from, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), arbitraryFinding, (findings, more) => {
        const baseline = parseBaseline(renderBaseline(findings), 'b.json')
        const states = (head: readonly Finding[]) =>
          matchFindings(head, baseline, { renames: new Map() }).map(({ state }) => state)
        expect(states(findings)).toEqual(findings.map(() => 'unchanged'))
        const stranger = { ...more, fingerprint: 'not there' }
        expect(states([...findings, stranger]).filter((state) => state === 'new')).toHaveLength(1)
      }),
    )
  })

  it('does not depend on the order of findings', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFinding), (findings) => {
        expect(renderBaseline([...findings].reverse())).toBe(renderBaseline(findings))
      }),
    )
  })

  it('leaves out what is fixed', () => {
    const finding: Finding = {
      tool: 't',
      rule: 'r',
      level: 'error',
      message: 'm',
      fingerprint: 'f',
      state: 'fixed',
    }
    expect(parseBaseline(renderBaseline([finding]), 'b.json')).toEqual([])
  })

  it.each([
    '',
    '[]',
    '{"version":2,"findings":[]}',
    '{"version":1,"findings":[{}]}',
    '{"version":1,"findings":[{"tool":"t","rule":"r","path":"p","fingerprint":"f","count":-1}]}',
    '{"version":1,"findings":[{"tool":"t","rule":"r","path":"p","fingerprint":"f","count":1e300}]}',
    '{"version":1,"findings":[{"tool":"t","rule":"r","path":"p","fingerprint":"f","count":1000001}]}',
  ])('refuses %j and says how to write it again', (text) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(UserError)
    expect(() => parseBaseline(text, 'b.json')).toThrow(/--update-baseline/)
  })
})
