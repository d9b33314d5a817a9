import { expect, test } from 'vitest'
import type { RawFinding } from '../finding/finding.ts'
import { hiderFor, secretsIn, tokensIn } from './found-secrets.ts'

const token = `ghp_${'a1'.repeat(18)}`

test('a token in the name of a file is known by how it begins', () => {
  expect(tokensIn(`app/${token}.py`)).toEqual([token])
  expect(tokensIn(`${`AKIA${'A2'.repeat(8)}`}-${`npm_${'b3'.repeat(18)}`}.txt`)).toHaveLength(2)
  expect(tokensIn('src/ghp_test.py')).toEqual([])
  expect(tokensIn('docs/AKIA.md')).toEqual([])
})

test('secrets of findings, with those in names of files that only the history has', () => {
  const secret = { kind: 'secret', claims: [], secret: { value: 'hunter2-hunter2' } } as const
  const raw = (security?: RawFinding['security']): RawFinding => ({
    rule: 'key',
    level: 'error',
    message: 'a key',
    location: { path: `old/${token}.env` },
    ...(security && { security }),
  })
  expect(secretsIn([raw(secret)])).toEqual(['hunter2-hunter2', token])
  expect(secretsIn([raw()])).toEqual([])
})

test.each([
  ['hunter2', true],
  ['correcthorse', true],
  ['inventory', false],
  ['postgres-data', false],
  ['admin', false],
  ['secret', false],
  ['Password', false],
  ['changeme', false],
  ['changeme1', true],
  [token, true],
])('%s is hidden everywhere: %s', (value, expected) => {
  const hidden: string[] = []
  const files = ['services/inventory/main.py', 'postgres-data/dump.sql', `app/${token}.py`, 'a/hunter2.txt']
  hiderFor({ files }, (secret) => void hidden.push(secret))(value)
  expect(hidden).toEqual(expected ? [value] : [])
})
