import { describe, expect, test } from 'vitest'
import { packageUrl } from './package-url.ts'

describe('package URL', () => {
  test.each([
    ['pypi', 'Django_Rest.Framework', '3.1', 'pkg:pypi/django-rest-framework@3.1'],
    ['npm', '@babel/Core', '7.0.0', 'pkg:npm/%40babel/core@7.0.0'],
    ['golang', 'github.com/a/b', 'v1.2.3+incompatible', 'pkg:golang/github.com/a/b@v1.2.3%2Bincompatible'],
    ['maven', 'org.apache:log4j-core', '2.14.1', 'pkg:maven/org.apache/log4j-core@2.14.1'],
    ['deb', 'openssl', '1:3.0-1', 'pkg:deb/openssl@1:3.0-1'],
  ])('%s %s', (ecosystem, name, version, url) => {
    expect(packageUrl({ ecosystem, name, version })).toBe(url)
  })

  test('without a version', () => {
    expect(packageUrl({ ecosystem: 'pypi', name: 'a' })).toBe('pkg:pypi/a')
  })
})
