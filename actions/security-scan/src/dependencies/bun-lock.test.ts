import { expect, it } from 'vitest'
import { sampleProject, top } from '../test/sample-project.ts'
import { parseBunLock } from './bun-lock.ts'
import { waysOf } from './inventory.ts'
import { readManifests } from './manifest-files.ts'
import { renderSbom } from './sbom.ts'
import { staleLockFindings } from './stale-lock.ts'
import { surveyOf } from './survey.ts'

/** As Bun 1.2 and later write it, with its commas. */
const lock = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "web",
      "dependencies": {
        "express": "^4.0.0",
        "is-number": "github:jonschlinkert/is-number",
      },
      "devDependencies": { "b": "workspace:*" },
    },
    "packages/b": {
      "name": "b",
      "dependencies": { "debug": "^2.0.0", "@Types/node": "*" },
    },
  },
  "packages": {
    "@Types/node": ["@Types/node@20.0.0", "", {}, "sha512-AAAA"],

    "b": ["b@workspace:packages/b"],

    "debug": ["debug@2.6.9", "", { "dependencies": { "ms": "2.0.0" } }, "sha512-BBBB"],

    "express": ["express@4.0.0", "", { "dependencies": { "debug": "2.6.9" }, "bin": "x,}" }, "sha512-CCCC"],

    "is-number": ["is-number@github:jonschlinkert/is-number#98e8ff1", {}, "jonschlinkert-is-number-98e8ff1"],

    "ms": ["ms@2.0.0", "", {}, "sha512-DDDD"],

    "b/debug": ["debug@2.2.0", "", { "dependencies": { "ms": "0.7.1" } }, "sha512-EEEE"],

    "b/debug/ms": ["ms@0.7.1", "", {}, "sha512-FFFF"],
  }
}
`

async function survey(files: Readonly<Record<string, string>>) {
  const { host, project } = sampleProject(files)
  return surveyOf(await readManifests(host, top, project))
}

it('reads what is locked, and how the project comes to it', async () => {
  const { inventory } = await survey({ 'web/bun.lock': lock })
  expect(inventory.unread).toEqual([])
  const [set] = inventory.sets
  if (set === undefined) throw new Error('nothing was found')
  expect(set.components.map(({ id, version, from, line }) => [id, version, from, line])).toEqual([
    ['@Types/node', '20.0.0', 'index', 18],
    ['b', undefined, 'own', 20],
    ['debug', '2.6.9', 'index', 22],
    ['express', '4.0.0', 'index', 24],
    ['is-number', 'github:jonschlinkert/is-number#98e8ff1', 'other', 26],
    ['ms', '2.0.0', 'index', 28],
    ['b/debug', '2.2.0', 'index', 30],
    ['b/debug/ms', '0.7.1', 'index', 32],
  ])
  expect([...(set.asked ?? [])].toSorted()).toEqual(['@Types/node', 'b/debug', 'express', 'is-number'])
  expect(waysOf(set).to('ms')).toEqual(['express', 'debug', 'ms'])
  expect(waysOf(set).to('b/debug/ms')).toEqual(['b/debug', 'b/debug/ms'])
  const { components } = JSON.parse(renderSbom({ inventory, name: 'web', version: '1' }))
  expect(components.map(({ purl }: { purl: string }) => purl)).toContain('pkg:npm/ms@0.7.1')
})

it('says where it does not fit package.json', async () => {
  const manifest = (version: string) => `{"dependencies": {"express": "${version}"}}`
  const wrong = staleLockFindings(
    await survey({ 'bun.lock': lock, 'package.json': manifest('^5'), 'packages/b/package.json': '{}' }),
  )
  expect(wrong.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^bun\.lock does not fit package\.json: express.*`bun install --lockfile-only`/),
  ])
  expect(staleLockFindings(await survey({ 'bun.lock': lock, 'package.json': manifest('^4.0.0') }))).toEqual(
    [],
  )
})

it.each(['', '[]', '{}', '{"packages": {}}', '{"workspaces": [', '"x', '/*', '{"a": 1,,}'])(
  'says that it cannot read %j',
  async (text) => {
    const { inventory } = await survey({ 'bun.lock': text })
    expect(inventory.sets).toEqual([])
    expect(inventory.unread).toMatchObject([{ path: 'bun.lock' }])
  },
)

it('reads what is as its format has it beside what is not', async () => {
  const odd = '{"workspaces": {"": 1}, "packages": {"a": ["a@1.0.0"], "b": 1, "c": [], "d": ["d"]}}'
  const { inventory } = await survey({ 'bun.lock': odd })
  expect(inventory.sets).toMatchObject([{ components: [{ id: 'a' }], unread: ['b', 'c', 'd'] }])
})

it('knows commas and comments from what stands between quotes', () => {
  const text = '{"a": "x,}", /* , } */ "b": ["//", "\\",}",], // ,\n "c": {"d": 1,\n},\n}'
  expect(parseBunLock(text)).toEqual({ a: 'x,}', b: ['//', '",}'], c: { d: 1 } })
})

it.each(['"', '\\"', '/*', ',', ', ', '"\\'])('does not take long over many of %j', (part) => {
  expect(() => parseBunLock(`{${part.repeat(300_000)}`)).toThrow()
})
