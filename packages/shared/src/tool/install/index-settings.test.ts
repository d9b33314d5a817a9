import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { messageOf } from '../../action/errors.ts'
import { openStage, temporaryFolder } from '../test/stage.ts'
import { prepareEnvironment } from './environment.ts'
import { parsePipConfig, pipIndexSettings } from './index-settings.ts'
import type { PrivateIndex } from './test/private-index.ts'
import { openPrivateIndex, password } from './test/private-index.ts'
import { environment, needsPackageIndex, sharedCache } from './test/real-index.ts'

test('pip is told what uv was told, without the names that uv gives indexes', () => {
  expect(
    pipIndexSettings({ UV_DEFAULT_INDEX: 'corp=https://a/simple', UV_INDEX: 'x=https://b https://c' }),
  ).toEqual({
    PIP_INDEX_URL: 'https://a/simple',
    PIP_EXTRA_INDEX_URL: 'https://b/ https://c',
  })
  const both = { UV_INDEX_URL: 'https://a', PIP_INDEX_URL: 'https://b' }
  expect(pipIndexSettings(both)).toEqual({})
})

test('pip is told the credentials that uv has by the name of an index', () => {
  const named = {
    UV_INDEX: 'my-corp=https://a/simple',
    UV_INDEX_MY_CORP_USERNAME: 'build',
    UV_INDEX_MY_CORP_PASSWORD: 'p@ss',
  }
  expect(pipIndexSettings(named)).toEqual({ PIP_EXTRA_INDEX_URL: 'https://build:p%40ss@a/simple' })
})

test('what pip prints of its files is read, with the settings of `install` before those of `global`', () => {
  const printed = [
    ":env:.index-url='https://env'",
    "install.index-url='https://install'",
    "global.index-url='https://global'",
    "global.extra-index-url='\\nhttps://a\\nhttps://b'",
    'global.trusted-host="it\'s"',
  ].join('\n')
  expect(parsePipConfig(printed)).toEqual({
    'index-url': 'https://install',
    'extra-index-url': 'https://a https://b',
    'trusted-host': "it's",
  })
})

const cache = sharedCache()

describe('with uv from a package index', () => {
  needsPackageIndex(cache)

  /** `environment` without any setting of an index but these. */
  async function install(settings: Record<string, string>) {
    const clean = Object.entries(environment).filter(([name]) => !/^(PIP|UV)_/.test(name))
    const home = await temporaryFolder()
    const stage = await openStage({
      environment: { ...Object.fromEntries(clean), HOME: home, UV_CACHE_DIR: home, ...settings },
      cacheFolder: cache,
    })
    // A requirement that says nothing, so that each way of asking makes an environment of its own.
    await stage.write({ 'dev.txt': `orders-private==1.0\n# ${home}` })
    const request = { host: stage.host, project: stage.project([]), install: ['dev.txt'], offline: false }
    return { stage, made: prepareEnvironment(request) }
  }

  async function written(name: string, text: string): Promise<string> {
    const path = join(await temporaryFolder(), name)
    await writeFile(path, text, { mode: 0o600 })
    return path
  }

  test.each<[string, (index: PrivateIndex) => Promise<Record<string, string>>]>([
    ['PIP_INDEX_URL', async ({ url }) => ({ PIP_INDEX_URL: url })],
    ['UV_INDEX_URL', async ({ url }) => ({ UV_INDEX_URL: url })],
    ['UV_DEFAULT_INDEX', async ({ url }) => ({ UV_DEFAULT_INDEX: url })],
    [
      'PIP_EXTRA_INDEX_URL',
      async ({ url }) => ({ PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_EXTRA_INDEX_URL: url }),
    ],
    [
      'a configuration file of pip',
      async ({ url }) => ({ PIP_CONFIG_FILE: await written('pip.conf', `[global]\nindex-url = ${url}\n`) }),
    ],
    [
      'a netrc',
      async ({ urlWithoutPassword }) => ({
        PIP_INDEX_URL: urlWithoutPassword,
        NETRC: await written('netrc', `machine 127.0.0.1 login build password ${password}\n`),
      }),
    ],
  ])('a private index set by %s is asked', async (_, settings) => {
    const { made } = await install(await settings(await openPrivateIndex()))
    expect((await made).message).toContain('1 package,')
  })

  test('the password is in no message and no line of the log', async () => {
    const { url, host } = await openPrivateIndex()
    const file = await written('pip.conf', `[global]\nindex-url = ${url.replace('simple', 'nothing')}\n`)
    const { stage, made } = await install({ PIP_CONFIG_FILE: file })
    const message = await made.then(() => '', messageOf)
    expect(message).toContain('orders-private')
    const all = `${message}\n${stage.host.recorded.lines.map(({ text }) => text).join('\n')}`
    expect(all).not.toContain(password)
    expect(stage.host.runner.redact(`at ${url}`)).toBe(`at http://build:***@${host}/simple/`)
  })
})
