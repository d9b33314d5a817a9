import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FileFacts, RunFacts } from './remembered-key.ts'
import { fileKey, packageChains, runKey } from './remembered-key.ts'

const facts: RunFacts = {
  tool: 'ruff',
  installed: 'v1',
  environment: '',
  configuration: [
    { path: 'pyproject.toml', content: 'a' },
    { path: 'b/ruff.toml', content: 'b' },
  ],
  firstParty: ['orders', 'tests'],
  packageName: '',
  folder: '',
  args: ['--select=E'],
  settings: { limit: 15, strict: true },
  platform: 'linux',
}

const file: FileFacts = {
  path: 'a.py',
  digest: 'd',
  executable: false,
  packageChain: '0',
  others: [],
  imports: '',
}

describe('runKey', () => {
  test.each<Partial<RunFacts>>([
    { tool: 'black' },
    { installed: 'v2' },
    { environment: 'e' },
    {
      configuration: [
        { path: 'pyproject.toml', content: 'other' },
        { path: 'b/ruff.toml', content: 'b' },
      ],
    },
    { configuration: [{ path: 'pyproject.toml', content: 'a' }] },
    { firstParty: ['orders', 'tests', 'new'] },
    { packageName: 'api' },
    { folder: 'api' },
    { args: ['--select=E', ''] },
    { args: [] },
    { settings: { limit: 16, strict: true } },
    { platform: 'win32' },
  ])('depends on %j', (change) => {
    expect(runKey({ ...facts, ...change })).not.toBe(runKey(facts))
  })

  test('does not depend on the order in which things were found', () => {
    const other = {
      ...facts,
      configuration: [...facts.configuration].reverse(),
      firstParty: ['tests', 'orders'],
      settings: { strict: true, limit: 15 },
    }
    expect(runKey(other)).toBe(runKey(facts))
  })

  test('tells lists apart that join to the same text', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(runKey({ ...facts, args: a }) === runKey({ ...facts, args: b })).toBe(
          JSON.stringify(a) === JSON.stringify(b),
        )
      }),
    )
  })
})

describe('fileKey', () => {
  test.each<Partial<FileFacts>>([
    { path: 'b.py' },
    { digest: 'e' },
    { executable: true },
    { packageChain: '1' },
    { others: ['x'] },
    { imports: 'i' },
  ])('depends on %j', (change) => {
    expect(fileKey('run', { ...file, ...change })).not.toBe(fileKey('run', file))
  })
})

describe('packageChains', () => {
  test('changes for a file when a folder above it becomes a package, and only then', () => {
    const before = packageChains({ files: ['a/b/m.py', 'c/m.py'] })
    const after = packageChains({ files: ['a/b/m.py', 'c/m.py', 'a/__init__.py'] })
    expect(after('a/b/m.py')).not.toBe(before('a/b/m.py'))
    expect(after('c/m.py')).toBe(before('c/m.py'))
  })
})
