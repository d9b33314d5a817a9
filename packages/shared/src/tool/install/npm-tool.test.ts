import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { InstallError } from './context.ts'
import { installTool } from './install.ts'
import { needsPackageIndex, openInstallStage, sharedCache, signs, versionOf } from './test/real-index.ts'

interface Entry {
  readonly version: string
  readonly integrity: string
  readonly bin: unknown
}

/** A package that this repository locks itself. */
function lockedYaml(): Entry {
  const text = readFileSync(join(import.meta.dirname, '../../../../../package-lock.json'), 'utf8')
  const lock: { packages: Record<string, Entry> } = JSON.parse(text)
  const entry = lock.packages['node_modules/yaml']
  if (entry === undefined) throw new Error('yaml is not locked')
  return entry
}

const yaml = lockedYaml()
const manifest = { name: 'tool', private: true, dependencies: { yaml: yaml.version } }
const tool = {
  id: 'yaml',
  name: 'YAML',
  install: { kind: 'npm', package: 'yaml', executable: 'yaml' },
} as const
const cache = sharedCache()

function lockWith(integrity: string) {
  const entry = { version: yaml.version, integrity, bin: yaml.bin }
  const packages = { '': manifest, 'node_modules/yaml': entry }
  const packageLock = JSON.stringify({ name: 'tool', lockfileVersion: 3, requires: true, packages })
  return { yaml: { version: yaml.version, npm: { packageJson: JSON.stringify(manifest), packageLock } } }
}

describe('with a package index', () => {
  needsPackageIndex(cache)

  test('a tool from npm is installed with integrity and run by our own Node', async () => {
    const stage = await openInstallStage(cache)
    const installed = await installTool(stage.context, { tool, locks: lockWith(yaml.integrity), signs })
    expect(installed).toMatchObject({ version: yaml.version, versionSource: 'suite-lock' })
    expect(installed.command[0]).toBe(process.execPath)
    expect(await versionOf(stage, installed.command, ['--help'])).toContain('yaml')
    const again = await openInstallStage(cache, true)
    expect(await installTool(again.context, { tool, locks: lockWith(yaml.integrity), signs })).toEqual(
      installed,
    )
  })

  test('with locked-only the version of a Python package around it is passed over, and that is said', async () => {
    const stage = await openInstallStage(cache)
    const context = { ...stage.context, lockedOnly: true }
    const hashes = [`sha256:${'a'.repeat(64)}`]
    const wrapper = {
      name: 'yaml',
      version: '1.0',
      hashes,
      fromIndex: true,
      dependencies: [],
      extras: {},
      marker: '',
    }
    const pinned = { locks: [{ path: 'uv.lock', packages: [wrapper] }], declared: [] }
    const installed = await installTool(context, { tool, locks: lockWith(yaml.integrity), signs: pinned })
    expect(installed).toMatchObject({ version: yaml.version, versionSource: 'suite-lock' })
    expect(installed.notices[0]?.message).toContain('1.0 of uv.lock')
  })

  test('another version comes with what the suite locks beside the tool', async () => {
    const { context } = await openInstallStage(cache)
    const beside = { ...manifest, dependencies: { ...manifest.dependencies, 'is-number': '7.0.0' } }
    const locks = {
      yaml: { version: yaml.version, npm: { packageJson: JSON.stringify(beside), packageLock: '{}' } },
    }
    const installed = await installTool(context, { tool, locks, signs, wanted: '2.8.0' })
    expect(installed).toMatchObject({ version: '2.8.0', versionSource: 'resolved', versionFrom: 'input' })
    const [modules] = /^.*node_modules/.exec(installed.command.at(-1) ?? '') ?? []
    const versionAt = (name: string) =>
      JSON.parse(readFileSync(join(modules ?? '', name, 'package.json'), 'utf8')).version
    expect([versionAt('yaml'), versionAt('is-number')]).toEqual(['2.8.0', '7.0.0'])
  })

  test('what does not have the locked integrity is refused', async () => {
    const { context } = await openInstallStage(join(cache, 'other'))
    const failing = installTool(context, { tool, locks: lockWith(`sha512-${'A'.repeat(86)}==`), signs })
    await expect(failing).rejects.toThrow(InstallError)
    await expect(failing).rejects.toThrow(/integrity/i)
  })
})
