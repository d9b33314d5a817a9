import { describe, expect, it } from 'vitest'
import { checkDependabot } from './check-dependabot.ts'
import { directoryFits } from './ecosystems.ts'

const path = '.github/dependabot.yml'

function entry(ecosystem: string, directory = '/', more = ''): string {
  return `  - package-ecosystem: ${ecosystem}\n    directory: ${directory}\n    schedule:\n      interval: weekly\n${more}`
}

function problems(files: readonly string[], text?: string): readonly string[] {
  const configuration = text === undefined ? undefined : { path, text }
  const all = text === undefined ? files : [...files, path]
  return (checkDependabot(all, configuration)?.findings ?? []).map(
    ({ rule, location, message }) =>
      `${rule}${location?.line === undefined ? '' : `:${location.line}`} ${message}`,
  )
}

const withUpdates = (...entries: readonly string[]) => `version: 2\nupdates:\n${entries.join('')}`

it('blocks nothing: low, and a misconfiguration', () => {
  expect(checkDependabot(['Dockerfile'], undefined)?.findings).toMatchObject([
    {
      metric: 'findings',
      level: 'note',
      security: { kind: 'misconfiguration', claims: [{ severity: 'low' }] },
    },
  ])
})

it('has nothing to say where there is nothing to update, or Renovate does it', () => {
  expect(checkDependabot(['main.py'], undefined)).toBeUndefined()
  expect(problems(['Dockerfile', 'renovate.json'])).toEqual([])
  expect(problems(['Dockerfile', '.github/renovate.json5', 'uv.lock'], withUpdates(entry('uv')))).toEqual([])
})

it('knows that what npm writes is no lock of Bun', () => {
  const found = problems(['web/package.json', 'web/bun.lock'], withUpdates(entry('npm', '/web')))
  expect(found).toEqual([expect.stringMatching(/bun/)])
})

it('says once that nothing proposes updates, and for what', () => {
  const found = problems(['Dockerfile', 'uv.lock', 'pyproject.toml', '.github/workflows/ci.yml'])
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^dependabot-missing .*entries for github-actions, docker, uv\.$/)
})

describe('what is looked after', () => {
  it('names an ecosystem that is missing, with what to add', () => {
    const [only, ...others] = problems(['api/Dockerfile', 'uv.lock'], withUpdates(entry('uv')))
    expect(others).toEqual([])
    expect(only).toMatch(
      /^dependabot-missing-ecosystem Dependabot does not look after docker, which api\/Dockerfile asks for/,
    )
    expect(only).toContain('`directory: /api`')
  })

  it('names a folder that is left out', () => {
    const found = problems(['Dockerfile', 'api/Dockerfile'], withUpdates(entry('docker')))
    expect(found).toMatchObject([expect.stringMatching(/^dependabot-missing-directory:3 .*leaves out \/api/)])
  })

  it.each([
    [['uv.lock', 'requirements.txt', 'requirements/dev.txt'], entry('uv')],
    [['requirements/base.txt'], entry('pip')],
    [['requirements.txt'], entry('uv')],
    [['package.json', 'bun.lock'], entry('bun')],
    [['a/Dockerfile', 'b/Dockerfile'], entry('docker', '"/*"')],
    [['package.json', 'packages/a/package.json'], entry('npm')],
    [['.github/workflows/a.yml', '.github/actions/b/action.yml', 'action.yml'], entry('github-actions')],
    [['.github/workflows/a.yml'], entry('github-actions', '/.github/workflows')],
    [['infra/main.tf'], entry('opentofu', '/infra')],
    [['vendor/x/go.mod', 'uv.lock'], entry('uv')],
  ])('is content with %j', (files, text) => {
    expect(problems(files, withUpdates(text))).toEqual([])
  })

  it('names a folder that holds nothing', () => {
    const found = problems(['uv.lock'], withUpdates(entry('uv'), entry('npm', '/gone')))
    expect(found).toMatchObject([expect.stringMatching(/^dependabot-empty-directory:7 `\/gone`/)])
  })
})

it.each([
  ['/', '/', true],
  ['/a', '/', false],
  ['/a/b', '/a/*', true],
  ['/a/b/c', '/a/*', false],
  ['/a/b/c', '/a/**', true],
  ['/', '/**/*', true],
  ['/a/b', '**/*', true],
  ['/lib-one', '/lib-*', true],
  ['/other', '/lib-*', false],
])('%s in %s: %s', (directory, pattern, fits) => {
  expect(directoryFits(directory, pattern)).toBe(fits)
})

describe('what GitHub refuses', () => {
  it.each([
    ['updates: []\n', 'does not say `version: 2`'],
    ['version: 2\n', 'has no list `updates`'],
    ['version: [\n', 'cannot be read'],
    ['', 'has no list'],
  ])('%j', (text, why) => {
    expect(problems(['uv.lock'], text)).toMatchObject([expect.stringContaining(why)])
  })

  it('unknown words, with what may have been meant', () => {
    const text = withUpdates(
      entry('github-action', '/', '    open-pull-request-limit: 3\n'),
      '  - package-ecosystem: uv\n    directory: /\n    schedule:\n      interval: weekely\n      tine: "08:00"\n',
      '  - package-ecosystem: npm\n    directory: /\n',
      '  - package-ecosystem: pip\n    directory: /\n    schedule: {interval: cron}\n',
    )
    expect(
      problems(['uv.lock'], text).map((each) => each.replace(/ and GitHub refuses the file for it\./, '')),
    ).toEqual([
      'dependabot-unknown-key:7 `open-pull-request-limit` is no key of the entry `github-action`, Did you mean `open-pull-requests-limit`?',
      'dependabot-unknown-ecosystem:3 `github-action` is no ecosystem of Dependabot, Did you mean `github-actions`?',
      'dependabot-unknown-key:12 `tine` is no key of the schedule of `uv`, Did you mean `time`?',
      'dependabot-no-schedule:8 The schedule of `uv` needs an interval: `weekely` is none. Did you mean `weekly`?',
      'dependabot-no-schedule:13 The entry `npm` has no schedule. Add `schedule: {interval: weekly}`.',
      'dependabot-no-schedule:15 The schedule of `pip` is `cron` without a `cronjob`.',
    ])
  })

  it('knows groups across ecosystems', () => {
    const text =
      'version: 2\nmulti-ecosystem-groups:\n  all:\n    schedule: {interval: weekly}\nupdates:\n  - package-ecosystem: uv\n    directory: /\n    patterns: ["*"]\n    multi-ecosystem-group: all\n'
    expect(problems(['uv.lock'], text)).toEqual([])
  })
})
