import { expect, test } from 'vitest'
import { compareLegs, nameLegs } from './leg-names.ts'

test('legs are named by their dimensions, and one alone is not', () => {
  expect(nameLegs([{ leg: { python: '3.12' } }, { leg: { python: '3.13' } }])).toEqual([
    'python 3.12',
    'python 3.13',
  ])
  expect(nameLegs([{ leg: { python: '3.12' } }, { leg: { python: '3.12' } }])).toEqual([undefined, undefined])
  expect(nameLegs([])).toEqual([])
})

test.each(['shard', 'shardIndex', 'shard-index', 'shard_number'])('%s makes no leg', (name) => {
  const parts = [1, 2].flatMap((shard) =>
    ['firefox', 'webkit'].map((browser) => ({ leg: { browser, [name]: shard } })),
  )
  expect(nameLegs(parts)).toEqual(['browser firefox', 'browser webkit', 'browser firefox', 'browser webkit'])
})

test('of several jobs the names have the job', () => {
  const parts = [
    { job: 'unit', leg: { python: '3.12' } },
    { job: 'e2e', leg: {} },
    { job: 'e2e', leg: { shard: 2 } },
    { leg: {} },
  ]
  expect(nameLegs(parts)).toEqual(['unit: python 3.12', 'e2e', 'e2e', '(no matrix)'])
})

test('names that are cut stay apart', () => {
  const long = 'x'.repeat(300)
  const names = nameLegs(['1', '2'].map((end) => ({ leg: { name: `${long}${end}` } })))
  expect(new Set(names).size).toBe(2)
})

test('numbers in names are ordered as numbers', () => {
  expect(['python 3.10', 'python 3.9'].toSorted(compareLegs)).toEqual(['python 3.9', 'python 3.10'])
})
