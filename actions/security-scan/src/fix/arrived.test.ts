import { expect, it } from 'vitest'
import { arrivals, componentKey, componentsIn } from './arrived.ts'
import type { Upgrade } from './upgrade-need.ts'

const upgrade: Upgrade = {
  ...{ project: '', ecosystem: 'pypi', name: 'a', path: 'uv.lock', from: '1.0', to: '1.4' },
  ...{ direct: true, via: [], findings: [], witnessed: [], clears: [], leaves: [] },
}

function lockOf(...versions: readonly string[]): ReadonlyMap<string, string> {
  const packages = versions.map(
    (version) => `[[package]]\nname = "a"\nversion = "${version}"\nsource = { registry = "x" }\n`,
  )
  return new Map([['uv.lock', `version = 1\n${packages.join('\n')}`]])
}

it.each([
  ['the version that was asked for', ['1.4'], '1.4', false],
  ['a newer one that the program took', ['1.9'], '1.9', false],
  ['of several the smallest that will do', ['0.9', '1.10', '1.5'], '1.5', false],
  ['a package that is gone', [], undefined, false],
  ['one that did not move', ['1.0'], undefined, true],
  ['one that moved in part', ['1.0', '1.4'], '1.4', true],
])('knows %s', (_, versions, version, stayed) => {
  expect(arrivals(lockOf(...versions))(upgrade)).toEqual({ version, stayed })
})

it('says nothing of a file that is no list of versions', () => {
  const files = new Map([['pyproject.toml', '[project]\ndependencies = ["a>=1.4"]\n']])
  expect(arrivals(files)({ ...upgrade, path: 'pyproject.toml' })).toEqual({
    version: undefined,
    stayed: false,
  })
})

it('tells what a change of a lock file brought', () => {
  const brought = componentsIn(lockOf('1.0', '1.4')).difference(componentsIn(lockOf('1.0')))
  expect([...brought]).toEqual([componentKey('uv.lock', { ecosystem: 'pypi', name: 'A' }, '1.4')])
})
