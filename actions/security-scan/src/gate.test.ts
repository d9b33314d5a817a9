import { parseRules } from '@ci-actions/shared'
import { describe, expect, test } from 'vitest'
import { gateForAll, gatesFor } from './gate.ts'
import { metrics } from './metrics.ts'

describe('the default gates', () => {
  test.each([0, 1])('are rules about metrics that there are, with %i suppressions', (entries) => {
    for (const gate of Object.values(gatesFor(entries)))
      expect(parseRules(gate, metrics, 'default').problems).toEqual([])
  })

  test('speak of suppressions only where there are any', () => {
    expect(gatesFor(1).all).toBe(gateForAll)
    expect(gatesFor(0).all).not.toContain('suppressions-stale')
    expect(gatesFor(0).all).toContain('findings.unknown == 0')
  })

  test('with `scope: new` let no old finding fail', () => {
    const deciding = parseRules(gatesFor(1).new, metrics, 'default').rules.filter(({ warn }) => !warn)
    const old = deciding.filter(
      ({ variant, metric }) => variant !== 'new' && ['findings', 'secrets', 'licenses'].includes(metric),
    )
    expect(old).toEqual([])
  })
})
