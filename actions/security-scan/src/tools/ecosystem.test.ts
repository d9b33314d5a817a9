import { expect, it } from 'vitest'
import { componentOf, ecosystemOfOsv, ecosystemOfTrivy } from './ecosystem.ts'

it.each([
  ['PyPI', 'pypi'],
  ['npm', 'npm'],
  ['Go', 'golang'],
  ['crates.io', 'cargo'],
  ['Packagist', 'composer'],
  ['Debian:12', 'deb'],
  ['Maven', 'maven'],
  ['__proto__', '__proto__'],
])('of OSV, %s is %s', (name, type) => {
  expect(ecosystemOfOsv(name)).toBe(type)
})

it.each([
  ['pip', 'pypi'],
  ['uv', 'pypi'],
  ['yarn', 'npm'],
  ['gomod', 'golang'],
  ['debian', 'deb'],
  ['constructor', 'constructor'],
])('of Trivy, %s is %s', (name, type) => {
  expect(ecosystemOfTrivy(name)).toBe(type)
})

it.each([
  ['pkg:pypi/django@3.2.0', { ecosystem: 'pypi', name: 'django', version: '3.2.0' }],
  ['pkg:npm/%40babel/core@7.0.0', { ecosystem: 'npm', name: '@babel/core', version: '7.0.0' }],
  ['pkg:npm/@babel/core', { ecosystem: 'npm', name: '@babel/core' }],
  ['pkg:deb/debian/zlib@1%3A1.2?arch=amd64#x', { ecosystem: 'deb', name: 'debian/zlib', version: '1:1.2' }],
  ['pkg:npm/%zz', undefined],
  ['django', undefined],
  ['', undefined],
])('%s', (purl, component) => {
  expect(componentOf(purl)).toEqual(component)
})
