/** What holds for all lists of suppressions and all findings. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding } from '../../finding/finding.ts'
import { riskIdentities } from '../identity.ts'
import { risk } from '../test/risk.ts'
import { applySuppressions } from './apply.ts'
import type { SuppressionEntry } from './entry.ts'
import { defaultLifetimes } from './lifetime.ts'

const situation = { today: '2026-01-01', lifetimes: defaultLifetimes, isComplete: () => true }

const severity = fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown')
const state = fc.constantFrom('new', 'unchanged', 'fixed')
const digest = fc.constantFrom('aaaaaaaaaaaa', 'bbbbbbbbbbbb')

/** Few of each, so that entries fit. */
const findings: fc.Arbitrary<readonly Finding[]> = fc.array(
  fc.oneof(
    fc
      .record({
        name: fc.constantFrom('a', 'b'),
        ids: fc.subarray(['CVE-2024-1', 'GHSA-a', 'PYSEC-1']),
        severity,
        state,
      })
      .map(({ name, ids, state: of, severity: how }) =>
        risk('vulnerability', 'p', {
          state: of,
          about: { dependency: { ecosystem: 'pypi', name }, ids, severity: how },
        }),
      ),
    fc
      .record({
        path: fc.constantFrom('a.py', 'b.py'),
        line: fc.integer({ min: 1, max: 3 }),
        digest,
        severity,
        state,
      })
      .map(({ path, line, digest: lineDigest, state: of, severity: how }) =>
        risk('weakness', 'b', {
          state: of,
          location: { path, line },
          about: { cwe: [89], lineDigest, severity: how },
        }),
      ),
  ),
  { maxLength: 8 },
)

const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-01-20', '2026-02-15', '2026-12-31')
const id = fc.constantFrom(
  ...['a', 'b'].flatMap((name) =>
    ['CVE-2024-1', 'GHSA-a', 'PYSEC-1'].map((each) => `vulnerability pypi/${name} ${each}`),
  ),
  ...['a.py', 'b.py'].flatMap((path) =>
    ['', ' (2)'].map((number) => `weakness CWE-89 ${path} aaaaaaaaaaaa${number}`),
  ),
)
const entry: fc.Arbitrary<SuppressionEntry> = fc.record({
  ...{ id, reason: fc.constantFrom('r', 's'), owner: fc.constant('o'), expires: day },
  ...{ path: fc.constant('f'), number: fc.integer({ min: 1, max: 9 }) },
})
/** As the reader gives them: no identity twice, each with its own number. */
const entries = fc
  .uniqueArray(entry, { selector: (each) => each.id, maxLength: 6 })
  .map((list) => list.map((each, index) => ({ ...each, number: index + 1 })))

function counted(all: readonly Finding[]): readonly number[] {
  return all.flatMap(({ suppression, state: of }, index) => (suppression || of === 'fixed' ? [] : [index]))
}

test('one more entry never makes a risk count', () => {
  fc.assert(
    fc.property(findings, entries, entry, (all, list, more) => {
      const before = counted(applySuppressions(all, list, situation).findings)
      const after = counted(applySuppressions(all, [...list, more], situation).findings)
      expect(before).toEqual(expect.arrayContaining([...after]))
    }),
  )
})

test('a list that has ended is no list, apart from its entries having to go', () => {
  fc.assert(
    fc.property(findings, entries, (all, list) => {
      const ended = list.map((each) => ({ ...each, expires: '2025-12-31' }))
      const applied = applySuppressions(all, ended, situation)
      expect(applied.findings).toEqual(applySuppressions(all, [], situation).findings)
      expect(applied.endingSoon).toEqual([])
      expect(applied.stale.map(({ entry: each, why }) => [each, why])).toEqual(
        ended.map((each) => [each, 'expired']),
      )
    }),
  )
})

test('the order of entries does not matter', () => {
  fc.assert(
    fc.property(findings, entries, (all, list) => {
      const one = applySuppressions(all, list, situation)
      const other = applySuppressions(all, list.toReversed(), situation)
      expect(other.findings).toEqual(one.findings)
      expect(new Set(other.stale)).toEqual(new Set(one.stale))
      expect(new Set(other.endingSoon)).toEqual(new Set(one.endingSoon))
    }),
  )
})

test('an entry is needed, or has to go: never neither', () => {
  fc.assert(
    fc.property(findings, entries, (all, list) => {
      const { stale } = applySuppressions(all, list, situation)
      const gone = new Set(stale.map(({ entry: each }) => each))
      for (const each of list) {
        const alone = applySuppressions(all, [each], situation).findings
        const holds = alone.some(({ suppression }) => suppression !== undefined)
        expect(holds || gone.has(each)).toBe(true)
      }
    }),
  )
})

test('what has no identity is never suppressed', () => {
  fc.assert(
    fc.property(findings, entries, (all, list) => {
      const identities = riskIdentities(all)
      const { findings: judged } = applySuppressions(all, list, situation)
      for (const [index, { suppression }] of judged.entries()) {
        const finding = all[index]
        if (suppression !== undefined) expect(finding && identities.has(finding)).toBe(true)
      }
    }),
  )
})
