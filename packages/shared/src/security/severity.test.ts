import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SeverityClaim } from '../finding/finding.ts'
import { knownSeverities, levelOfSeverity, resolveSeverity, severityOfScore } from './severity.ts'

const claim = fc.record({
  source: fc.constantFrom('nvd', 'ghsa', 'trivy', 'table'),
  by: fc.constantFrom('vector', 'score', 'word', 'table'),
  severity: fc.constantFrom(...knownSeverities, 'unknown'),
}) as fc.Arbitrary<SeverityClaim>

describe('severity of several claims', () => {
  test('does not depend on their order', () => {
    fc.assert(
      fc.property(
        fc
          .array(claim)
          .chain((claims) =>
            fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })),
          ),
        ([claims, shuffled]) => {
          expect(resolveSeverity(shuffled)).toEqual(resolveSeverity(claims))
        },
      ),
    )
  })

  test('is unknown only where none knows it', () => {
    fc.assert(
      fc.property(fc.array(claim), (claims) => {
        const anyKnown = claims.some(({ severity }) => severity !== 'unknown')
        expect(resolveSeverity(claims).severity !== 'unknown').toBe(anyKnown)
      }),
    )
  })

  test('is what can be checked, before what is only said', () => {
    const said: SeverityClaim = { source: 'vendor', by: 'word', severity: 'critical' }
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N'
    const computed: SeverityClaim = { source: 'nvd', by: 'vector', severity: 'medium', score: 5.3, vector }
    expect(resolveSeverity([said, computed])).toEqual({
      severity: 'medium',
      severitySource: 'CVSS 3.1 of nvd; vendor says critical',
      score: 5.3,
    })
  })

  test('is the more severe one of two that are as good', () => {
    const claims: SeverityClaim[] = [
      { source: 'a', by: 'word', severity: 'low' },
      { source: 'b', by: 'word', severity: 'high' },
    ]
    expect(resolveSeverity(claims)).toMatchObject({ severity: 'high', severitySource: 'b; a says low' })
  })
})

describe('bands of a score', () => {
  test.each([
    [0, 'unknown'],
    [0.1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
    [10.1, 'unknown'],
    [Number.NaN, 'unknown'],
    [-1, 'unknown'],
  ])('%s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity)
  })
})

test.each([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'note'],
  ['unknown', 'error'],
] as const)('%s is shown as %s', (severity, level) => {
  expect(levelOfSeverity(severity)).toBe(level)
})
