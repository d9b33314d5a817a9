import type { RawFinding } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { inRepository } from './report-root.ts'

const finding = (path: string): RawFinding => ({
  rule: 'R',
  level: 'error',
  message: 'm',
  location: { path, line: 1 },
})

function moved(paths: readonly string[], files: readonly string[], name = 'orders'): readonly string[] {
  const findings = paths.map(finding)
  const move = inRepository(findings, { files: new Set(files), name })
  return findings.map((each) => move(each).location?.path ?? '')
}

const files = [
  'src/orders.py',
  'src/views.py',
  'Dockerfile',
  'backend/app/main.py',
  'backend/requirements.txt',
]

describe('inRepository', () => {
  it.each([
    [
      'another machine',
      ['/home/ci/w/src/orders.py', '/home/ci/w/Dockerfile'],
      ['src/orders.py', 'Dockerfile'],
    ],
    ['a runner', ['/home/runner/work/orders/orders/Dockerfile'], ['Dockerfile']],
    ['Windows', ['D:\\a\\orders\\orders\\src\\orders.py'], ['src/orders.py']],
    ['a URI of Windows', ['file:///D:/a/orders/orders/src/orders.py'], ['src/orders.py']],
    ['a container', ['/src/Dockerfile', '/src/src/views.py'], ['Dockerfile', 'src/views.py']],
    ['the root itself', ['/Dockerfile'], ['Dockerfile']],
    ['a URI with escapes', ['file:///home/my%20ci/orders/src/orders.py'], ['src/orders.py']],
    ['a folder of the name of the repository', ['/somewhere/orders/Dockerfile'], ['Dockerfile']],
    [
      'a folder of the repository',
      ['app/main.py', 'requirements.txt'],
      ['backend/app/main.py', 'backend/requirements.txt'],
    ],
  ])('%s', (_, printed, expected) => {
    expect(moved(printed, files)).toEqual(expected)
  })

  it.each([
    ['a file at the top of anywhere', ['/usr/lib/python3/Dockerfile']],
    ['files that are not there', ['/home/ci/w/src/other.py']],
    ['relative paths as they are', ['src/orders.py', 'gone.py']],
    ['a name that two folders have', ['main.py'], ['a/main.py', 'b/main.py']],
  ])('leaves %s', (_, printed, own = files) => {
    expect(moved(printed, own)).toEqual(printed)
  })

  it('leaves what is outside of the root that it found', () => {
    const printed = ['/w/src/orders.py', '/w/src/views.py', '/etc/passwd']
    expect(moved(printed, files)).toEqual(['src/orders.py', 'src/views.py', '/etc/passwd'])
  })
})
