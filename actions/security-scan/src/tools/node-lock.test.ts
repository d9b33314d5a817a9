import { describe, expect, it } from 'vitest'
import { projectOf } from '../../../../test/tools/run-case.ts'
import { readNodeLock } from './node-lock.ts'

function read(path: string, files: Readonly<Record<string, string>>, folder = '') {
  const placed = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [folder === '' ? name : `${folder}/${name}`, text]),
  )
  const texts = new Map(Object.entries(files))
  return readNodeLock({ ...projectOf({ name: 'x', files: placed, folder }, '/p'), texts }, path)
}

const names = (lock: ReturnType<typeof read>) =>
  lock.versions.map(({ name, version }) => `${name} ${version}`)

describe('of pnpm', () => {
  const integrity = '{integrity: sha512-AA==}'

  it.each([
    [
      '9',
      `lockfileVersion: '9.0'\npackages:\n  JSONStream@1.3.5:\n    resolution: ${integrity}\n  '@a/b@2.0.0':\n    resolution: ${integrity}\nsnapshots:\n  '@a/b@2.0.0(c@1.0.0)': {}\n`,
    ],
    [
      '6',
      `lockfileVersion: '6.0'\npackages:\n  /JSONStream@1.3.5:\n    resolution: ${integrity}\n  /@a/b@2.0.0(c@1.0.0):\n    resolution: ${integrity}\n  /@a/b@2.0.0(c@2.0.0):\n    resolution: ${integrity}\n`,
    ],
    [
      '5',
      `lockfileVersion: 5.4\npackages:\n  /JSONStream/1.3.5:\n    resolution: ${integrity}\n  /@a/b/2.0.0_c@1.0.0:\n    resolution: ${integrity}\n`,
    ],
  ])('has names and versions as the registry knows them, in version %s', (_, text) => {
    const lock = read('pnpm-lock.yaml', { 'pnpm-lock.yaml': text })
    expect(names(lock)).toEqual(['JSONStream 1.3.5', '@a/b 2.0.0'])
    expect(lock).toMatchObject({ others: [], notices: [], broken: undefined })
  })

  it('is not made smaller by taking digests away', () => {
    const text =
      "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {tarball: x}\n  b@1.0.0: {}\n"
    expect(names(read('pnpm-lock.yaml', { 'pnpm-lock.yaml': text }))).toEqual(['a 1.0.0', 'b 1.0.0'])
  })

  it('names what comes from elsewhere', () => {
    const text =
      "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: x}\n  b@https://x.test/b.tgz:\n    resolution: {tarball: x}\n  c@file:../c: {resolution: {type: directory}}\n"
    const lock = read('pnpm-lock.yaml', { 'pnpm-lock.yaml': text })
    expect(names(lock)).toEqual(['a 1.0.0'])
    expect(lock.others).toEqual(['b@https://x.test/b.tgz', 'c@file:../c'])
  })

  it('does not complain about what the workspace leaves out', () => {
    const files = {
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\nignoredOptionalDependencies: [b]\noverrides:\n  c: 2.0.0\nimporters:\n  .:\n    dependencies:\n      c:\n        specifier: 2.0.0\n        version: 2.0.0\npackages:\n  c@2.0.0:\n    resolution: {integrity: x}\n",
      'package.json': '{ "dependencies": { "c": "^1" }, "optionalDependencies": { "b": "^1" } }',
    }
    expect(read('pnpm-lock.yaml', files).notices).toEqual([])
  })
})

describe('of Yarn', () => {
  it('knows a package by its own name', () => {
    const classic = '"alias@npm:JSONStream@^1", JSONStream@^1.0.0:\n  version "1.3.5"\n'
    const berry =
      '__metadata:\n  version: 8\n\n"alias@npm:JSONStream@^1":\n  version: 1.3.5\n  resolution: "JSONStream@npm:1.3.5"\n'
    for (const text of [classic, berry])
      expect(names(read('yarn.lock', { 'yarn.lock': text }))).toEqual(['JSONStream 1.3.5'])
  })

  it('looks at what is patched, and names what comes from elsewhere', () => {
    const text = `"a@patch:a@npm%3A1.0.0#./a.patch":
  version: 1.0.0
  resolution: "a@patch:a@npm%3A1.0.0#./a.patch::version=1.0.0"

"b@me/b":
  version: 1.0.0
  resolution: "b@https://github.com/me/b.git#commit=abc"

"own@workspace:.":
  version: 0.0.0-use.local
  resolution: "own@workspace:."
`
    const lock = read('yarn.lock', { 'yarn.lock': text })
    expect(names(lock)).toEqual(['a 1.0.0'])
    expect(lock.others).toEqual(['b@1.0.0'])
    const classic = read('yarn.lock', {
      'yarn.lock': 'b@me/b:\n  version "1.0.0"\n\na@^1:\n  version "1.0.0"\n',
    })
    expect([names(classic), classic.others]).toEqual([['a 1.0.0'], ['b@1.0.0']])
  })

  it('does not take ranges that Yarn replaces for a lock that is out of date', () => {
    const files = {
      'yarn.lock': '"a@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n',
      'package.json': '{ "dependencies": { "a": "catalog:" } }',
    }
    expect(read('yarn.lock', files).notices).toEqual([])
  })
})

it.each([
  ['text', 'yarn.lock', 'version control conflict <<<<<<<\n'],
  ['a table of something else', 'pnpm-lock.yaml', 'a: 1\n'],
  ['a list', 'package-lock.json', '[]'],
  ['keys that say nothing', 'pnpm-lock.yaml', "lockfileVersion: '9.0'\npackages:\n  a: {}\n"],
])('takes %s for no empty lock', (_, path, text) => {
  expect(read(path, { [path]: text }).broken).toContain(path)
})

it('says where it is, and what package.json in its folder adds', () => {
  const files = {
    'web/yarn.lock': 'a@^1:\n  version "1.0.0"\n',
    'web/package.json': '{ "dependencies": { "a": "^1", "b": "^2" } }',
    'package.json': '{ "dependencies": { "c": "^2" } }',
  }
  const { notices, path } = read('web/yarn.lock', files, 'services')
  expect(path).toBe('web/yarn.lock')
  expect(notices).toEqual([
    {
      level: 'failed',
      message: expect.stringMatching(
        /^Nobody looked.*services\/web\/yarn\.lock.*services\/web\/package\.json.*b@\^2/,
      ),
    },
  ])
})
