import { describe, expect, test } from 'vitest'
import { describeLifetimeChange, describeSuppressionChange } from './change.ts'
import { defaultLifetimes } from './lifetime.ts'

const entry = { id: 'secret aws a.py aaaaaaaaaaaa', reason: 'test key', owner: '@ada', expires: '2026-01-31' }

describe('a change of suppressions', () => {
  test('tells what it adds, with reason and owner', () => {
    expect(describeSuppressionChange([[]], [[entry]])).toEqual([
      'Suppresses a risk: `secret aws a.py aaaaaaaaaaaa` until 2026-01-31 (@ada: test key).',
    ])
  })

  test('tells what it prolongs', () => {
    expect(describeSuppressionChange([[entry]], [[{ ...entry, expires: '2026-03-01' }]])).toEqual([
      'Prolongs a suppression: `secret aws a.py aaaaaaaaaaaa` from 2026-01-31 to 2026-03-01.',
    ])
  })

  test('is silent about what it removes, shortens, explains better or moves to another file', () => {
    const shorter = { ...entry, expires: '2026-01-15', reason: 'better' }
    expect(describeSuppressionChange([[entry]], [[]])).toEqual([])
    expect(describeSuppressionChange([[entry]], [[shorter]])).toEqual([])
    expect(describeSuppressionChange([[entry], []], [[], [entry]])).toEqual([])
  })

  test('is compared by what holds longest, where an identity is there twice', () => {
    const longer = { ...entry, expires: '2026-03-01' }
    expect(describeSuppressionChange([[longer], [entry]], [[longer]])).toEqual([])
    expect(describeSuppressionChange([[entry]], [[longer], [entry]])).toHaveLength(1)
  })

  test('lists the first few, and counts the rest', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...entry, id: `secret aws ${index}.py x` }))
    const [said = ''] = describeSuppressionChange([undefined], [many])
    expect(said).toMatch(/^Suppresses 7 risks: `secret aws 0\.py x`.*, and 2 more\.$/)
  })

  test('is told whatever stands there', () => {
    const odd = [{ id: 'x\n`y`', expires: 5, owner: '<b>' }, 'x', null, { id: 7 }]
    expect(describeSuppressionChange([{}, 'x'], [odd])).toEqual([
      "Suppresses a risk: `x 'y'` until ? (<b>: ?).",
    ])
  })
})

test('longer lifetimes are told, shorter ones are not', () => {
  const now = { ...defaultLifetimes, high: 200, critical: 10 }
  expect(describeLifetimeChange(defaultLifetimes, now)).toEqual([
    'Suppressions may hold for more days: high from 90 to 200.',
  ])
  expect(describeLifetimeChange(now, { ...now, high: 60 })).toEqual([])
})
