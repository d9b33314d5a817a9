import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Tool } from '../tool/tool.ts'
import { parseConfigFile } from './config-file.ts'
import { describeConfigChange } from './configuration-change.ts'

const toolNamed = (id: string, name: string): Tool => ({
  ...{ id, name, homepage: '', scope: 'project', kind: 'secrets', metrics: [] },
  install: { kind: 'present', executable: 'true' },
  configuredBy: () => [],
  applies: () => ({ runs: true, files: [] }),
  invocations: () => [],
  parse: () => ({ findings: [] }),
})

const scanners = [
  toolNamed('gitleaks', 'Gitleaks'),
  toolNamed('trivy', 'Trivy'),
  toolNamed('actionlint', 'actionlint'),
  toolNamed('detect-secrets', 'detect-secrets'),
]

function said(path: string, before: string | undefined, now: string | undefined, tools = scanners) {
  const file = (text: string | undefined) => (text === undefined ? undefined : parseConfigFile(path, text))
  return describeConfigChange({ path, before: file(before), now: file(now) }, tools)
}

describe('settings of scanners', () => {
  it.each([
    ['.gitleaks.toml', 'Gitleaks', '[allowlist]\nregexes = ["hunter2.*"]\n', '`allowlist.regexes` set'],
    ['trivy.yaml', 'Trivy', 'registry:\n  password: hunter2\n', '`registry.password` set'],
    ['api/trivy-secret.yml', 'Trivy', 'allow-rules:\n  - regex: hunter2\n', '`allow-rules` set'],
  ])('of %s are named, not shown', (path, name, text, settings) => {
    expect(said(path, undefined, text)).toEqual([
      `Settings of ${name} in \`${path}\`: ${settings}; values are not shown, since they can be secrets.`,
    ])
    expect(said(path, text, text.replace('hunter2', 'hunter3')).join()).toMatch(/` changed;/)
    expect(said(path, text, undefined).join()).toMatch(/` no longer set;/)
    expect(said(path, text, `# why\n${text}`)).toEqual([])
    expect(said(path, text, undefined, [])).toEqual([])
  })

  it('of actionlint are shown', () => {
    expect(said('.github/actionlint.yaml', undefined, 'paths:\n  "*.yml":\n    ignore: [".*"]\n')).toEqual([
      'Settings of actionlint in `.github/actionlint.yaml`: `paths.*.yml.ignore`: not set → `[".*"]`.',
    ])
  })

  it('that nobody can read are left to the scanner', () => {
    expect(said('.gitleaks.toml', undefined, 'x = [\n')).toEqual([])
    expect(said('.secrets.baseline', 'x', '{"results":[1]}')).toEqual([])
  })
})

describe('a baseline of detect-secrets', () => {
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
  const baseline = (...found: readonly (readonly [string, string, boolean | undefined])[]) =>
    JSON.stringify({
      // Such a path makes other JSON of configurations unread.
      filters_used: [{ path: 'https://example.com/*' }],
      results: Object.fromEntries(
        Object.entries(Object.groupBy(found, ([path]) => path)).map(([path, all = []]) => [
          path,
          all.map(([, value, is_secret], index) => ({
            ...{ type: 'Secret Keyword', hashed_secret: sha1(value), line_number: index, is_secret },
          })),
        ]),
      ),
    })

  it('is told by files, types and counts, never by digests', () => {
    const now = baseline(['a.py', 'one', false], ['a.py', 'two', false], ['b.py', 'three', false])
    const [sentence = '', ...others] = said('.secrets.baseline', baseline(['b.py', 'three', undefined]), now)
    expect(others).toEqual([])
    expect(sentence).toBe(
      'Settings of detect-secrets in `.secrets.baseline`: 3 findings more are said to be no secret: 2 × Secret Keyword in `a.py`, Secret Keyword in `b.py`.',
    )
    for (const value of ['one', 'two', 'three']) expect(sentence).not.toContain(sha1(value).slice(0, 8))
  })

  it('is not told where it decides on nothing more', () => {
    const before = baseline(['a.py', 'one', false], ['b.py', 'two', undefined])
    expect(said('.secrets.baseline', before, baseline(['a.py', 'one', false]))).toEqual([])
    expect(
      said('.secrets.baseline', before, baseline(['a.py', 'one', undefined], ['b.py', 'two', true])),
    ).toEqual([])
    expect(said('.secrets.baseline', undefined, baseline(['b.py', 'two', undefined]))).toEqual([])
  })

  it('counts each decision about what has the same digest', () => {
    const one = baseline(['a.py', 'ghp', false])
    expect(
      said('.secrets.baseline', one, baseline(['a.py', 'ghp', false], ['a.py', 'ghp', false])).join(),
    ).toMatch(/: 1 finding more is said/)
  })
})
