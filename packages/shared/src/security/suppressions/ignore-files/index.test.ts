import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { componentOfPurl, dayIn, versionOfPurl } from './fields.ts'
import { isIgnoreFile, readIgnoreFile } from './index.ts'
import { read } from './test/read.ts'

describe('files', () => {
  test.each([
    ...['.trivyignore', 'a/.trivyignore.yml', 'b/osv-scanner.toml', '.snyk', '.safety-policy.yml'],
    ...['.gitleaksignore', '.config/.gdnsuppress', 'vex.json', 'openvex.json', 'app.openvex.json'],
  ])('%s is one', (path) => expect(isIgnoreFile(path)).toBe(true))

  test.each(['trivyignore', 'convex.json', '.snyk/readme', 'x.toml'])('%s is none', (path) =>
    expect(isIgnoreFile(path)).toBe(false),
  )

  test.each([
    ['osv-scanner.toml', 'a = '],
    ['.snyk', 'a: ['],
    ['vex.json', '<html>'],
  ])('%s that is something else is an error', (path, text) => {
    expect(() => readIgnoreFile(path, text)).toThrow(`\`${path}\` cannot be read: `)
  })

  test('any structure is read without a bug', () => {
    const names = ['.trivyignore.yaml', '.snyk', '.safety-policy.yml', '.gdnsuppress', 'vex.json']
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.json(), (name, text) => {
        expect(Array.isArray(read(name, text))).toBe(true)
      }),
    )
  })
})

test('package URLs and days', () => {
  expect(componentOfPurl('pkg:npm/%40babel/core@7.0.0?x=y')).toBe('npm/@babel/core')
  expect(componentOfPurl('pkg:npm/@babel/core')).toBe('npm/@babel/core')
  expect(componentOfPurl('pkg:pypi/a%zz')).toBe('pypi/a%zz')
  expect(componentOfPurl('https://example.test')).toBeUndefined()
  expect([dayIn('2026-02-30'), dayIn(5), dayIn(new Date(Number.NaN))]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test.each([
  ['pkg:pypi/Jinja2@3.1.2?x=y', '3.1.2'],
  ['pkg:npm/%40babel/core@7.0.0', '7.0.0'],
  ['pkg:npm/@babel/core', undefined],
  ['pkg:npm/@babel/core@7.0.0#lib', '7.0.0'],
  ['pkg:golang/golang.org/x/net@v0.7.0', '0.7.0'],
  ['pkg:deb/debian/a@1%2B2', '1+2'],
  ['jinja2@3', undefined],
])('the version of %s', (purl, version) => {
  expect(versionOfPurl(purl)).toBe(version)
})
