import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityProblems, kindOfIdentity, readSuppressions } from './entry.ts'
import { defaultLifetimes, longestLifetime, readLifetimes } from './lifetime.ts'

const dates = { today: '2026-01-01', longestDays: 365 }
const good = {
  id: 'vulnerability pypi/jinja2 CVE-2024-22195',
  reason: 'SEC-1: the filter is not used',
  owner: '@ada',
  expires: '2026-02-28',
}
const path = '.github/security-suppressions.yml'

function read(...entries: readonly unknown[]) {
  return readSuppressions([{ path, data: entries }], dates)
}

describe('suppressions', () => {
  test('are read with the file and the number that they stand at', () => {
    const { entries, problems } = read(good, {
      ...good,
      id: 'secret aws src/settings.py 3f1c9a60b2d4',
      status: 'not-affected',
      justification: 'vulnerable_code_not_present',
    })
    expect(problems).toEqual([])
    expect(entries).toEqual([
      { ...good, path, number: 1, status: undefined, justification: undefined },
      {
        ...good,
        id: 'secret aws src/settings.py 3f1c9a60b2d4',
        ...{ path, number: 2, status: 'not-affected', justification: 'vulnerable_code_not_present' },
      },
    ])
  })

  test.each([
    [{ ...good, id: 'CVE-2024-22195' }, 'does not say in which component'],
    [{ ...good, id: 'vulnerabilty pypi/jinja2 CVE-1' }, 'did you mean `vulnerability`?'],
    [{ ...good, id: 'secret' }, 'an identity begins with one of vulnerability, secret,'],
    [{ ...good, status: 'not_affected' }, 'did you mean `not-affected`?'],
    [{ ...good, status: 'done' }, 'there are not-affected, accepted, false-positive, will-be-fixed'],
    [
      { ...good, status: 'not-affected', justification: 'component-not-present' },
      'did you mean `component_not_present`?',
    ],
    [{ ...good, justification: 'component_not_present' }, 'needs `status: not-affected`'],
    [{ ...good, expires: '2027-01-02' }, 'more than 365 days away; today the latest is `2027-01-01`'],
    [{ ...good, resaon: 'x' }, 'did you mean `reason`?'],
    [{ ...good, expires_on: '2026-01-01' }, 'there is no `expires_on`'],
  ])('%j is wrong: %s', (entry, problem) => {
    const { entries, problems } = read(entry)
    expect(entries).toEqual([])
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems[0]).toContain(`\`suppressions\` of \`${path}\`, entry 1`)
  })

  test('all problems of all lists are told at once', () => {
    const { problems } = readSuppressions(
      [
        { path: 'a.yml', data: [good, { ...good, owner: '' }, 7] },
        { path: 'b.yml', data: 'none' },
      ],
      dates,
    )
    expect(problems).toHaveLength(3)
    expect(problems[2]).toContain('`suppressions` of `b.yml` must be a list')
  })

  test('an identity may be there once, in one list', () => {
    expect(read(good, good).problems).toEqual([
      `\`suppressions\` of \`${path}\`: \`${good.id}\` is there more than once.`,
    ])
    const both = [
      { path: 'a.yml', data: [good] },
      { path: 'b.yml', data: [good] },
    ]
    expect(readSuppressions(both, dates).problems).toEqual([
      `\`${good.id}\` is suppressed in \`a.yml\` and \`b.yml\`.`,
    ])
  })

  test('there are none where nothing is written', () => {
    expect(readSuppressions([{ path, data: undefined }], dates)).toEqual({ entries: [], problems: [] })
    expect(readSuppressions([], dates)).toEqual({ entries: [], problems: [] })
  })

  test('nothing makes the reader throw', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const { entries, problems } = readSuppressions(
          [
            { path, data },
            { path: 'b', data: [data] },
          ],
          dates,
        )
        expect(entries.length + problems.length).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

test('an identity is known by its first word', () => {
  expect(kindOfIdentity('weakness CWE-89 a.py aaaaaaaaaaaa')).toBe('weakness')
  expect([kindOfIdentity('weakness'), kindOfIdentity('CVE-2024-1'), kindOfIdentity('')]).toEqual([
    ...[undefined, undefined, undefined],
  ])
  expect(identityProblems('hygiene unpinned pypi/requests')).toEqual([])
})

describe('longest lifetimes', () => {
  test('keep their defaults where nothing else is said', () => {
    expect(readLifetimes(undefined)).toEqual({ lifetimes: defaultLifetimes, problems: [] })
    expect(readLifetimes({ high: 60 }).lifetimes).toEqual({ ...defaultLifetimes, high: 60 })
    expect(longestLifetime(defaultLifetimes)).toBe(365)
  })

  test.each<[unknown, string]>([
    [{ hihg: 60 }, 'Did you mean `high`?'],
    [{ everything: 60 }, 'There are: critical, high, medium, low, unknown.'],
    [{ high: '60' }, '`high` must be a number of days'],
    [{ high: 0 }, '`high` must be a number of days'],
    [{ high: Number.POSITIVE_INFINITY }, '`high` must be a number of days'],
    [60, 'must be a map of severities to days'],
  ])('%j is wrong: %s', (policy, problem) => {
    const { lifetimes, problems } = readLifetimes(policy)
    expect(lifetimes).toEqual(defaultLifetimes)
    expect(problems).toEqual([expect.stringContaining(problem)])
  })
})
