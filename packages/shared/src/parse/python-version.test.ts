import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePythonVersions, poetrySpecifiers, pythonVersionFits } from './python-version.ts'

/** From the specification's own example, oldest first. */
const ordered = [
  '1.dev0',
  '1.0.dev456',
  '1.0a1',
  '1.0a2.dev456',
  '1.0a12.dev456',
  '1.0a12',
  '1.0b1.dev456',
  '1.0b2',
  '1.0b2.post345.dev456',
  '1.0b2.post345',
  '1.0rc1.dev456',
  '1.0rc1',
  '1.0',
  '1.0+abc.5',
  '1.0+abc.7',
  '1.0+5',
  '1.0.post456.dev34',
  '1.0.post456',
  '1.0.15',
  '1.1.dev1',
  '1!0.1',
]

it('orders versions as the specification does', () => {
  const index = fc.nat(ordered.length - 1)
  fc.assert(
    fc.property(index, index, (a, b) => {
      const order = comparePythonVersions(ordered[a] ?? '', ordered[b] ?? '') ?? Number.NaN
      expect(Math.sign(order)).toBe(Math.sign(a - b))
    }),
  )
})

it.each([
  ['1.0', '1.0.0'],
  ['1.0-1', '1.0.post1'],
  ['1.0alpha1', '1.0a1'],
  ['1.0c1', '1.0rc1'],
  ['v1.0', '1.0'],
  ['1.0+ubuntu-1', '1.0+ubuntu.1'],
])('knows that %s is %s', (a, b) => {
  expect(comparePythonVersions(a, b)).toBe(0)
})

it.each([
  ['1.4.5', '~=1.4.2', true],
  ['1.5', '~=1.4.2', false],
  ['1.5', '~=1.4', true],
  ['2.0', '~=1.4', false],
  ['1.1.post1', '==1.1', false],
  ['1.1.post1', '==1.1.*', true],
  ['1.1a1', '==1.1.*', true],
  ['1.10', '==1.1.*', false],
  ['1.1+local', '==1.1', true],
  ['1.1', '==1.1+local', false],
  ['3.1.dev0', '<3.1', false],
  ['1.7.1', '>1.7', true],
  ['1.7.0.post1', '>1.7', false],
  ['1.7.0.post2', '>1.7.post1', true],
  ['1.5', '>=1,<2,!=1.5.*', false],
  ['1.5', '', true],
  ['1.5', '===1.5', true],
  ['1.5.0', '===1.5', false],
] as const)('%s in %s: %s', (version, specifier, fits) => {
  expect(pythonVersionFits(version, specifier)).toBe(fits)
})

it('says nothing about what it does not understand', () => {
  expect(pythonVersionFits('latest', '>=1')).toBeUndefined()
  expect(pythonVersionFits('1.0', '^1')).toBeUndefined()
  expect(pythonVersionFits('1.0', '~=1')).toBeUndefined()
  expect(comparePythonVersions('1.0', '1'.repeat(5000))).toBeUndefined()
})

describe("Poetry's constraints", () => {
  it.each([
    ['^1.2.3', ['>=1.2.3,<2']],
    ['^0.2.3', ['>=0.2.3,<0.3']],
    ['^0.0.3', ['>=0.0.3,<0.0.4']],
    ['^0.0', ['>=0.0,<0.1']],
    ['^0', ['>=0,<1']],
    ['~1.2.3', ['>=1.2.3,<1.3']],
    ['~1.2', ['>=1.2,<1.3']],
    ['~1', ['>=1,<2']],
    ['*', ['']],
    ['1.2.*', ['==1.2.*']],
    ['1.2.3', ['==1.2.3']],
    ['>= 1.2, < 2', ['>=1.2,<2']],
    ['^2 || ^3', ['>=2,<3', '>=3,<4']],
  ])('%s is %s', (constraint, specifiers) => {
    expect(poetrySpecifiers(constraint)).toEqual(specifiers)
  })

  it('gives up on anything else', () => {
    expect(poetrySpecifiers('@latest')).toBeUndefined()
  })
})
