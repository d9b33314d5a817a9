import { describe, expect, test } from 'vitest'
import type { Severity } from '../../finding/finding.ts'
import { at, risk } from '../test/risk.ts'
import { applySuppressions, endingSoonNotice, staleFinding } from './apply.ts'
import type { SuppressionEntry } from './entry.ts'
import { defaultLifetimes } from './lifetime.ts'

const jinja = { ecosystem: 'pypi', name: 'Jinja2', version: '3.1.2' }

function vulnerability(severity: Severity, ids: readonly string[] = ['CVE-2024-22195']) {
  return risk('vulnerability', 'pip-audit', { about: { dependency: jinja, ids, severity } })
}

const weakness = risk('weakness', 'bandit', {
  ...at('src/db.py', 3),
  about: { cwe: [89], severity: 'medium' },
})
const weaknessId = 'weakness CWE-89 src/db.py aaaaaaaaaaaa'

function entry(parts: Partial<SuppressionEntry> = {}): SuppressionEntry {
  return {
    id: 'vulnerability pypi/jinja2 CVE-2024-22195',
    reason: 'not used',
    owner: '@ada',
    expires: '2026-01-31',
    ...{ path: '.github/security-suppressions.yml', number: 1 },
    ...parts,
  }
}

const situation = { today: '2026-01-01', lifetimes: defaultLifetimes, isComplete: () => true }

describe('an entry', () => {
  test('holds for the risk that it names, whoever found it', () => {
    const { findings, stale } = applySuppressions([vulnerability('high'), weakness], [entry()], situation)
    expect(findings[0]?.suppression).toEqual({
      ...{ reason: 'not used', owner: '@ada', expires: '2026-01-31' },
      source: '.github/security-suppressions.yml',
    })
    expect(findings[1]).toMatchObject({ security: { identity: weaknessId } })
    expect(findings[1]).not.toHaveProperty('suppression')
    expect(stale).toEqual([])
  })

  test('holds for a vulnerability by any of its ids, also when a better one turns up', () => {
    const known = vulnerability('high', ['PYSEC-2024-1', 'ghsa-H5C8-rqwp-cp95', 'CVE-2024-22195'])
    const old = entry({ id: 'vulnerability pypi/jinja2 GHSA-h5c8-rqwp-cp95' })
    const { findings, stale } = applySuppressions([known], [old], situation)
    expect(findings[0]?.suppression).toBeDefined()
    expect(stale).toEqual([])
  })

  test('that holds longest is told, where several do', () => {
    const known = vulnerability('high', ['CVE-2024-22195', 'PYSEC-2024-1'])
    const short = entry({ expires: '2026-01-10' })
    const long = entry({ id: 'vulnerability pypi/jinja2 PYSEC-2024-1', reason: 'longer', number: 2 })
    const { findings, stale } = applySuppressions([known], [short, long], situation)
    expect(findings[0]?.suppression).toMatchObject({ reason: 'longer', expires: '2026-01-31' })
    expect(stale).toEqual([])
  })

  test('of one component says nothing about another, and of one line nothing about the next', () => {
    const flask = risk('vulnerability', 'p', {
      about: { dependency: { ...jinja, name: 'flask' }, ids: ['CVE-2024-22195'] },
    })
    const second = { ...weakness, location: { path: 'src/db.py', line: 9 } }
    const entries = [entry(), entry({ id: weaknessId })]
    const { findings } = applySuppressions([flask, weakness, second], entries, situation)
    expect(findings.map(({ suppression }) => suppression !== undefined)).toEqual([false, true, false])
  })

  test('that has ended holds no more, and has to go', () => {
    const finding = vulnerability('high')
    const old = entry({ expires: '2025-12-31' })
    const { findings, stale } = applySuppressions([finding], [old], situation)
    expect(findings[0]?.suppression).toBeUndefined()
    expect(stale).toEqual([
      { entry: old, why: 'expired', message: expect.stringContaining('ended on 2025-12-31') },
    ])
  })

  test('holds on its last day', () => {
    const { findings } = applySuppressions(
      [vulnerability('high')],
      [entry({ expires: '2026-01-01' })],
      situation,
    )
    expect(findings[0]?.suppression).toBeDefined()
  })

  test.each<[Severity, string, boolean]>([
    ['critical', '2026-01-31', true],
    ['critical', '2026-02-01', false],
    ['high', '2026-04-01', true],
    ['high', '2026-04-02', false],
    ['unknown', '2026-02-01', false],
    ['low', '2027-01-01', true],
  ])('for a %s risk until %s: %s', (severity, expires, holds) => {
    const { findings, stale } = applySuppressions([vulnerability(severity)], [entry({ expires })], situation)
    expect(findings[0]?.suppression !== undefined).toBe(holds)
    expect(stale.map(({ why }) => why)).toEqual(holds ? [] : ['too-long'])
  })

  test('that is too long says until when it may hold', () => {
    const { stale } = applySuppressions(
      [vulnerability('critical')],
      [entry({ expires: '2026-06-01' })],
      situation,
    )
    expect(stale[0]?.message).toBe(
      'The suppression of `vulnerability pypi/jinja2 CVE-2024-22195` (@ada) holds until 2026-06-01, which is too long: the risk is critical and may be suppressed for 30 days, today until 2026-01-31.',
    )
  })

  test('that fits nothing has to go, and names what was meant', () => {
    const moved = entry({ id: 'weakness CWE-89 src/db.py bbbbbbbbbbbb' })
    const { stale } = applySuppressions([weakness], [moved], situation)
    expect(stale).toMatchObject([{ why: 'unused' }])
    expect(stale[0]?.message).toContain(`did you mean \`${weaknessId}\`?`)
    expect(applySuppressions([], [moved], situation).stale[0]?.message).toContain('remove the entry.')
  })

  test('that fits only what the change fixed has to go', () => {
    const { stale } = applySuppressions([{ ...vulnerability('high'), state: 'fixed' }], [entry()], situation)
    expect(stale).toMatchObject([{ why: 'unused' }])
  })

  test('is not called unused where its risk could not be seen', () => {
    const isComplete = (kind: string) => kind !== 'vulnerability'
    const { stale } = applySuppressions([], [entry(), entry({ id: weaknessId })], {
      ...situation,
      isComplete,
    })
    expect(stale.map(({ entry: { id } }) => id)).toEqual([weaknessId])
  })

  test('is named two weeks before it ends, as long as it is needed', () => {
    const soon = entry({ expires: '2026-01-15' })
    const later = entry({ id: weaknessId, expires: '2026-01-16' })
    const findings = [vulnerability('high'), weakness]
    expect(applySuppressions(findings, [soon, later], situation).endingSoon).toEqual([soon])
    expect(applySuppressions([weakness], [soon, later], situation).endingSoon).toEqual([])
    expect(endingSoonNotice(soon, '2026-01-01')).toContain('(@ada) ends in 14 days, on 2026-01-15.')
    expect(endingSoonNotice(soon, '2026-01-14')).toContain('ends in 1 day,')
    expect(endingSoonNotice(soon, '2026-01-15')).toContain('ends today,')
  })
})

test('an entry that has to go is a finding of its file', () => {
  const [stale] = applySuppressions([], [entry({ owner: 'a\n`b`' })], situation).stale
  expect(stale && staleFinding(stale)).toMatchObject({
    tool: 'suppressions',
    rule: 'unused',
    metric: 'suppressions-stale',
    location: { path: '.github/security-suppressions.yml' },
    message: expect.stringContaining("(a 'b') fits no risk"),
  })
})
