import { expect, it } from 'vitest'
import { checkLicenses } from '../licenses/check-licenses.ts'
import { sampleProject, top } from '../test/sample-project.ts'
import { checkHygiene } from './hygiene.ts'
import { readManifests } from './manifest-files.ts'
import { surveyOf } from './survey.ts'

async function survey(files: Readonly<Record<string, string>>, inScope?: readonly string[]) {
  const { host, project } = sampleProject(files)
  return surveyOf(await readManifests(host, top, { ...project, inScope }))
}

const npmLock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { copyleft: '1.0.0' } },
    'node_modules/copyleft': { version: '1.0.0', license: 'GPL-3.0-only' },
  },
})

it.each(['package-lock.json', 'npm-shrinkwrap.json', 'web/package-lock.json'])(
  '%s is part of the inventory, wherever it stands',
  async (path) => {
    const { inventory } = await survey({ [path]: npmLock })
    expect(inventory.sets.map((set) => set.path)).toEqual([path])
    const licenses = checkLicenses({ inventory, installed: undefined }, ['GPL-3.0-only'])
    expect(licenses?.findings.map(({ rule }) => rule)).toEqual(['denied'])
  },
)

it('a lock at the top that does not fit package.json is found', async () => {
  const found = checkHygiene(
    await survey({ 'package-lock.json': npmLock, 'package.json': '{"dependencies": {"other": "^2"}}' }),
  )
  expect(found?.findings.map(({ rule }) => rule)).toEqual(['stale-lock'])
})

/** As pipenv writes it, with the address of the index. */
const pipfileLock = `{
    "_meta": {
        "hash": {
            "sha256": "${'b'.repeat(64)}"
        },
        "pipfile-spec": 6,
        "requires": {
            "python_version": "3.12"
        },
        "sources": [
            {
                "name": "pypi",
                "url": "https://index.example/simple",
                "verify_ssl": true
            }
        ]
    },
    "default": {
        "click": {
            "hashes": [
                "sha256:${'a'.repeat(64)}"
            ],
            "index": "pypi",
            "markers": "python_version >= '3.7'",
            "version": "==8.1.7"
        }
    },
    "develop": {
        "pluggy": {
            "hashes": [],
            "version": "==1.5.0"
        }
    }
}
`

it.each(['Pipfile.lock', 'service/Pipfile.lock'])('%s is read, in spite of its addresses', async (path) => {
  const { inventory } = await survey({ [path]: pipfileLock })
  expect(inventory.unread).toEqual([])
  const [set] = inventory.sets
  expect(set?.components.map(({ name, version, line }) => [name, version, line])).toEqual([
    ['click', '8.1.7', 19],
    ['pluggy', '1.5.0', 29],
  ])
})

it.each([
  ['package-lock.json', '{"name": "app"}'],
  ['npm-shrinkwrap.json', '{}'],
  ['web/npm-shrinkwrap.json', '[]'],
  ['Pipfile.lock', '[]'],
  ['pnpm-lock.yaml', 'a: 1\n'],
])('a %s without anything locked fails: %s', async (path, text) => {
  const found = checkHygiene(await survey({ [path]: text }))
  expect(found?.notices).toMatchObject([{ level: 'failed', message: expect.stringContaining(path) }])
})

it('a lock of a project without dependencies is a lock', async () => {
  const { inventory } = await survey({ 'package-lock.json': '{"name": "app", "lockfileVersion": 1}' })
  expect(inventory).toMatchObject({ sets: [{ components: [] }], unread: [] })
})

it('what the user leaves out is left out at the top as well', async () => {
  const { inventory } = await survey({ 'package-lock.json': '{}', 'package.json': '{}' }, ['package.json'])
  expect(inventory).toEqual({ sets: [], unread: [] })
})

it.each([
  ['requirements.txt', 'failed'],
  ['tests/data/requirements.txt', 'warning'],
])('%s in UTF-16, which no scanner reads, is not taken for one that names nothing', async (path, level) => {
  const found = checkHygiene(await survey({ [path]: 'a\0=\0=\x001\0\n\0' }))
  expect(found?.notices).toEqual([
    { level, message: expect.stringContaining(`${path} was not read: it is not in UTF-8`) },
  ])
})
