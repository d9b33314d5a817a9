import { describe, expect, test } from 'vitest'
import {
  environmentOfInstaller,
  environmentOfTool,
  environmentThatCounts,
  netrcSecrets,
  projectEnvironment,
  toolEnvironment,
} from './tool-environment.ts'

describe('toolEnvironment', () => {
  test.each([
    'PATH',
    'HOME',
    'LANG',
    'LC_ALL',
    'TZ',
    'TMPDIR',
    'https_proxy',
    'HTTPS_PROXY',
    'NO_PROXY',
    'SSL_CERT_FILE',
    'REQUESTS_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'PIP_CERT',
    'PIP_INDEX_URL',
    'UV_INDEX',
    'npm_config_registry',
    'NPM_CONFIG_REGISTRY',
    'VIRTUAL_ENV',
    'CONDA_PREFIX',
    'PYENV_ROOT',
    'PYTHONPATH',
    'MYPYPATH',
    'DJANGO_SETTINGS_MODULE',
    'NETRC',
  ])('passes %s on', (name) => {
    expect(toolEnvironment({ [name]: 'x' }, 'linux').variables).toEqual({ [name]: 'x' })
  })

  test.each([
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'INPUT_TOKEN',
    'GITHUB_TOKEN',
    'GITHUB_OUTPUT',
    'GITHUB_ENV',
    'RUNNER_TEMP',
    'GH_TOKEN',
    'NPM_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'SSH_AUTH_SOCK',
    'UV_PUBLISH_TOKEN',
    'NODE_OPTIONS',
    'LD_PRELOAD',
    'MY_PATH',
  ])('keeps %s back', (name) => {
    expect(toolEnvironment({ [name]: 'x' }, 'linux').variables).toEqual({})
  })

  test('knows names without case on Windows only', () => {
    const env = { Path: 'C:\\x', SystemRoot: 'C:\\Windows', 'ProgramFiles(x86)': 'C:\\p' }
    expect(toolEnvironment(env, 'win32').variables).toEqual(env)
    expect(toolEnvironment(env, 'linux').variables).toEqual({})
  })

  test('finds the credentials in addresses and in variables that are named so', () => {
    const env = {
      PIP_INDEX_URL: 'https://build:s%40crt@pypi.example/simple',
      PIP_EXTRA_INDEX_URL: 'https://a.example/ https://0123456789abcdef@b.example/',
      UV_INDEX_PRIVATE_PASSWORD: 'hunter22',
      'npm_config_//npm.example/:_authToken': 'npm-token',
      https_proxy: 'http://proxy.example:3128',
      PIP_FIND_LINKS: 'ssh://deploy@c.example/',
    }
    expect(toolEnvironment(env, 'linux').secrets).toEqual([
      's%40crt',
      's@crt',
      '0123456789abcdef',
      'hunter22',
      'npm-token',
    ])
  })
})

describe('what each gets of it', () => {
  const all = {
    PATH: '/bin',
    PYTHONPATH: 'src',
    PIP_INDEX_URL: 'https://build:s3cret@pypi.example/simple',
    PIP_TIMEOUT: '9',
    UV_INDEX_CORP_PASSWORD: 'hunter22',
    https_proxy: 'http://user:word@proxy.example:3128',
  }

  test('a tool sees no credential of an index, and the paths of the project only if it looks into it', () => {
    const proxy = all.https_proxy
    expect(environmentOfTool(all, true)).toEqual({
      PATH: '/bin',
      PYTHONPATH: 'src',
      PIP_TIMEOUT: '9',
      https_proxy: proxy,
    })
    expect(environmentOfTool(all, false)).toEqual({ PATH: '/bin', PIP_TIMEOUT: '9', https_proxy: proxy })
  })

  test('an installer sees the credentials, and nothing of the project', () => {
    const { PYTHONPATH: _, ...others } = all
    expect(environmentOfInstaller(all)).toEqual(others)
  })

  test('what a result depends on is what leads into the project', () => {
    expect(environmentThatCounts(all)).toEqual({ PYTHONPATH: 'src' })
  })
})

test.each([
  ['machine a login b password secret1\nmachine c\n  password  secret2\n', ['secret1', 'secret2']],
  ['default login x password "with \\"quote"', ['with "quote']],
  ['machine password-host login b', []],
])('the passwords of a netrc: %j', (text, expected) => {
  expect(netrcSecrets(text)).toEqual(expected)
})

describe('projectEnvironment', () => {
  test('has what the step was given, and nothing that belongs to the runner', () => {
    const given = {
      PATH: '/bin',
      DATABASE_URL: 'postgres://localhost',
      CI: 'true',
      GITHUB_SHA: 'abc',
      API_TOKEN: 'own',
    }
    const ofRunner = {
      ACTIONS_RUNTIME_TOKEN: 'x',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      ACTIONS_CACHE_URL: 'x',
      INPUT_TOKEN: 'x',
      STATE_report: 'x',
      GITHUB_TOKEN: 'x',
      GITHUB_ENV: 'x',
      GITHUB_OUTPUT: 'x',
      GITHUB_PATH: 'x',
      GITHUB_STEP_SUMMARY: 'x',
    }
    expect(projectEnvironment({ ...given, ...ofRunner, GONE: undefined })).toEqual(given)
  })
})
