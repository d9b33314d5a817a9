import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, RawFinding } from './finding.ts'
import { matchFindings } from './match.ts'
import { toFinding } from './to-finding.ts'

type Sources = Readonly<Record<string, readonly string[]>>

/** Findings of a made-up linter that reports every line with a `!`. */
function lint(files: Sources, message = 'found 1 mark'): readonly Finding[] {
  return Object.entries(files).flatMap(([path, lines]) =>
    lines.flatMap((text, index) => {
      if (!text.includes('!')) return []
      const raw: RawFinding = { rule: 'R1', level: 'error', message, location: { path, line: index + 1 } }
      return [toFinding(raw, { tool: 'lint', workspace: '/w', cwd: '/w', source: (each) => files[each] })]
    }),
  )
}

const noRenames = { renames: new Map<string, string>() }

describe('for any findings', () => {
  const anyFinding = fc
    .record({
      path: fc.constantFrom('a.py', 'b.py', 'c.py'),
      line: fc.integer({ min: 1, max: 6 }),
      print: fc.constantFrom('p', 'q'),
      tool: fc.constantFrom('t', 'u'),
    })
    .map(
      ({ path, line, print, tool }): Finding => ({
        ...one(),
        tool,
        fingerprint: print,
        location: { path, line },
      }),
    )
  const anyFindings = fc.array(anyFinding, { maxLength: 12 })
  const anyRenames = fc.constantFrom(new Map<string, string>(), new Map([['a.py', 'b.py']]))
  const anyChanges = fc.constantFrom(undefined, [
    { path: 'b.py', kind: 'modified', lines: [{ start: 2, end: 4 }] },
    { path: 'c.py', kind: 'added', lines: [] },
  ])
  const key = ({ tool, fingerprint }: Finding) => `${tool} ${fingerprint}`

  test('the head is kept in its order, the base is partitioned', () => {
    fc.assert(
      fc.property(anyFindings, anyFindings, anyRenames, anyChanges, (head, base, renames, changes) => {
        const result = matchFindings(head, base, { renames, changes })
        const kept = result.slice(0, head.length)
        expect(kept.map((each) => ({ ...each, state: 'unknown' }))).toEqual(head)
        const unchanged = kept.filter(({ state }) => state === 'unchanged')
        const fixed = result.slice(head.length)
        expect(fixed.every(({ state }) => state === 'fixed')).toBe(true)
        expect(unchanged.length + fixed.length).toBe(base.length)
      }),
    )
  })

  test('of n equal ones before and m now, max(0, m − n) are new', () => {
    fc.assert(
      fc.property(anyFindings, anyFindings, anyRenames, anyChanges, (head, base, renames, changes) => {
        // Line 1 apart: findings there have a second chance.
        const here = head.filter(({ location }) => location?.line !== 1)
        const fresh = matchFindings(here, base, { renames, changes }).filter(({ state }) => state === 'new')
        for (const each of new Set([...here, ...base].map(key))) {
          const count = (list: readonly Finding[]) => list.filter((finding) => key(finding) === each).length
          expect(count(fresh)).toBe(Math.max(0, count(here) - count(base)))
        }
      }),
    )
  })

  test('the order in which they come does not matter', () => {
    const sorted = (findings: readonly Finding[]) => findings.map((each) => JSON.stringify(each)).toSorted()
    fc.assert(
      fc.property(anyFindings, anyFindings, anyRenames, anyChanges, (head, base, renames, changes) => {
        const there = matchFindings(head, base, { renames, changes })
        const back = matchFindings(head.toReversed(), base.toReversed(), { renames, changes })
        expect(sorted(back)).toEqual(sorted(there))
      }),
    )
  })
})

describe('for any source', () => {
  const anyLine = fc.constantFrom('x!', ' y !', 'z', '', 'w!', '!')
  const anyLines = fc.array(anyLine, { maxLength: 15 })
  const states = (findings: readonly Finding[]) => new Set(findings.map(({ state }) => state))

  test('lines inserted above make nothing new', () => {
    fc.assert(
      fc.property(anyLines, fc.array(fc.constantFrom('', '# text'), { maxLength: 9 }), (lines, above) => {
        const result = matchFindings(
          lint({ 'a.py': [...above, ...lines] }),
          lint({ 'a.py': lines }),
          noRenames,
        )
        expect(states(result)).toEqual(new Set(lines.some((line) => line.includes('!')) ? ['unchanged'] : []))
      }),
    )
  })

  test('a renamed file has nothing new, whether or not git saw it', () => {
    fc.assert(
      fc.property(anyLines, fc.boolean(), (lines, seen) => {
        const renames = new Map(seen ? [['a.py', 'b.py']] : [])
        const result = matchFindings(lint({ 'b.py': lines }), lint({ 'a.py': lines }), { renames })
        expect(states(result).has('new')).toBe(false)
        expect(states(result).has('fixed')).toBe(false)
      }),
    )
  })

  test('other numbers in messages make nothing new', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), (lines, number) => {
        const files = { 'a.py': lines }
        const result = matchFindings(lint(files, `found ${number} mark`), lint(files), noRenames)
        expect(states(result).has('new')).toBe(false)
      }),
    )
  })

  test('equal findings stay as many as they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), (before, now) => {
        const result = matchFindings(
          lint({ 'a.py': Array(now).fill('x!') }),
          lint({ 'a.py': Array(before).fill('x!') }),
          noRenames,
        )
        const count = (wanted: string) => result.filter(({ state }) => state === wanted).length
        expect(count('unchanged')).toBe(Math.min(before, now))
        expect(count('new')).toBe(Math.max(0, now - before))
        expect(count('fixed')).toBe(Math.max(0, before - now))
      }),
    )
  })
})

// Would not end in time if every pair were looked at.
test('tens of thousands of equal findings', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, line) => ({ ...one(), location: { path: 'a.py', line: line + 2 } }))
  const result = matchFindings(many(30_000), many(20_000), noRenames)
  expect(result.filter(({ state }) => state === 'new')).toHaveLength(10_000)
})

function one(): Finding {
  return {
    tool: 'lint',
    rule: 'R1',
    level: 'error',
    message: 'm',
    fingerprint: 'f',
    state: 'unknown',
    location: { path: 'a.py', line: 3 },
  }
}
