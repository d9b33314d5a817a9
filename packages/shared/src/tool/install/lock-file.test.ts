import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockedClosure, lockedEverything } from './lock-closure.ts'
import type { LockFile } from './lock-file.ts'
import { parseLockFile } from './lock-file.ts'

/** Made by `uv lock` 0.13 and `poetry lock` 2.5 of a project with isort and flake8; addresses replaced. */
function fixture(name: string): LockFile {
  return parseLockFile(name, readFileSync(join(import.meta.dirname, 'test/fixtures', name), 'utf8'))
}

/** Names of the lines of a requirements text, with markers. */
function names(requirements: string | undefined): readonly string[] {
  const lines = (requirements ?? '')
    .split('\n')
    .map((line) => line.replace(/==\S+/, '').replace(/ --hash=.*/, ''))
  return lines.sort()
}

const hash = (digit: string) => `sha256:${digit.repeat(64)}`

describe('parseLockFile', () => {
  test.each(['uv.lock', 'poetry.lock'])('reads versions, hashes and dependencies of %s', (name) => {
    const lock = fixture(name)
    const flake8 = lock.packages.find((each) => each.name === 'flake8')
    expect(flake8).toMatchObject({ version: '7.5.0', fromIndex: true })
    expect(flake8?.hashes).toContain(
      'sha256:637ea1a443a78ed6ee461725cdf71ca93bc5cde0abf25436dbebdc3880b4e078',
    )
    expect(flake8?.dependencies?.map((each) => each.name)).toEqual(['mccabe', 'pycodestyle', 'pyflakes'])
    expect(lock.packages.find((each) => each.name === 'isort')?.version).toBe('6.0.1')
  })

  test('reads pdm.lock, whose dependencies are requirements', () => {
    const lock = parseLockFile(
      'pdm.lock',
      `[[package]]
name = "Click"
version = "8.1.7"
dependencies = ["colorama; platform_system == \\"Windows\\""]
files = [{file = "click-8.1.7.whl", hash = "${hash('a')}"}]
[[package]]
name = "local"
version = "1"
path = "./local"
`,
    )
    expect(lock.packages[0]).toMatchObject({
      name: 'click',
      version: '8.1.7',
      hashes: [hash('a')],
      fromIndex: true,
    })
    expect(lock.packages[0]?.dependencies).toEqual([
      { name: 'colorama', extras: [], marker: 'platform_system == "Windows"' },
    ])
    expect(lock.packages[1]?.fromIndex).toBe(false)
  })

  test('reads Pipfile.lock, which has no dependencies', () => {
    const text = JSON.stringify({
      default: { requests: { version: '==2.31.0', hashes: [hash('b')] } },
      develop: { black: { version: '==24.4.2' }, mine: { git: 'x' } },
    })
    const lock = parseLockFile('Pipfile.lock', text)
    expect(lock.packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'requests 2.31.0',
      'black 24.4.2',
    ])
    expect(lockedClosure(lock, [{ name: 'requests', extras: [] }])).toBeUndefined()
  })

  test.each([
    ['uv.lock', '[[package'],
    ['Pipfile.lock', '{'],
    ['other.lock', ''],
  ])('throws for %s that is none', (name, text) => {
    expect(() => parseLockFile(name, text)).toThrow()
  })
})

describe('lockedClosure', () => {
  test.each(['uv.lock', 'poetry.lock'])(
    'of a tool and its plugin in %s has all that they need, and nothing else',
    (name) => {
      const roots = [
        { name: 'flake8', extras: [] },
        { name: 'flake8-comprehensions', extras: [] },
      ]
      const closure = lockedClosure(fixture(name), roots)
      expect(names(closure)).toEqual(['flake8', 'flake8-comprehensions', 'mccabe', 'pycodestyle', 'pyflakes'])
      expect(closure?.split('\n').every((line) => line.includes('--hash=sha256:'))).toBe(true)
    },
  )

  const locked = (
    name: string,
    dependencies: readonly [string, string][],
    extras: Record<string, string> = {},
  ) => ({
    name,
    version: '1.0',
    hashes: [hash('c')],
    fromIndex: true,
    dependencies: dependencies.map(([dependency, marker]) => ({ name: dependency, extras: [], marker })),
    extras: Object.fromEntries(
      Object.entries(extras).map(([extra, dependency]) => [
        extra,
        [{ name: dependency, extras: [], marker: '' }],
      ]),
    ),
    marker: '',
  })

  test('keeps the conditions under which something is needed', () => {
    const lock = {
      path: 'uv.lock',
      packages: [
        locked('tool', [
          ['windows', "sys_platform == 'win32'"],
          ['old', "python_version < '3.11'"],
          ['plain', ''],
        ]),
        locked('windows', [['deep', "implementation_name == 'cpython'"]]),
        locked('old', [['deep', '']]),
        locked('deep', [['windows', '']]),
        locked('plain', []),
      ],
    }
    const lines = names(lockedClosure(lock, [{ name: 'tool', extras: [] }]))
    expect(lines).toContain('plain')
    expect(lines).toContain('tool')
    expect(lines.find((line) => line.startsWith('deep'))).toBe(
      "deep ; ((implementation_name == 'cpython') and (sys_platform == 'win32')) or ((python_version < '3.11'))",
    )
    expect(lines.find((line) => line.startsWith('windows'))).toContain("(sys_platform == 'win32')")
  })

  test('takes an extra only where it is asked for', () => {
    const lock = {
      path: 'uv.lock',
      packages: [locked('bandit', [], { sarif: 'sarif-om' }), locked('sarif-om', [])],
    }
    expect(names(lockedClosure(lock, [{ name: 'bandit', extras: [] }]))).toEqual(['bandit'])
    expect(names(lockedClosure(lock, [{ name: 'bandit', extras: ['sarif'] }]))).toEqual([
      'bandit',
      'sarif-om',
    ])
  })

  test.each([
    ['is missing', []],
    ['has no hashes', [{ ...locked('dep', []), hashes: [] }]],
    ['comes from git', [{ ...locked('dep', []), fromIndex: false }]],
    ['is locked in two versions', [locked('dep', []), { ...locked('dep', []), version: '2.0' }]],
  ])('is unknown where something below %s', (_, below) => {
    const lock = { path: 'uv.lock', packages: [locked('tool', [['dep', '']]), ...below] }
    expect(lockedClosure(lock, [{ name: 'tool', extras: [] }])).toBeUndefined()
  })
})

describe('lockedEverything', () => {
  test('has every package of a lock once', () => {
    const lock = fixture('poetry.lock')
    expect(names(lockedEverything(lock)).map((line) => line.split(' ')[0])).toEqual(
      lock.packages.map((each) => each.name).sort(),
    )
  })
})
