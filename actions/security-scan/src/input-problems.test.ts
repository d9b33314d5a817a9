import { runAction } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'
import { expect, it } from 'vitest'
import { securityScan } from './action.ts'

/** All that is wrong with the inputs. */
async function problemsOf(inputs: Readonly<Record<string, string>>): Promise<string> {
  const host = recordingHost({ inputs })
  const { report } = await runAction(securityScan, host)
  return JSON.stringify(report)
}

it.each([
  ['a scheme', 'https://registry.example.com/trivy-db'],
  ['no path', 'registry.example.com'],
  ['several in a line', 'a.example.com/trivy-db,b.example.com/trivy-db'],
  ['an option', '--insecure'],
  ['a space', 'a.example.com/trivy db'],
])('takes no mirror with %s', async (_, mirror) => {
  for (const name of ['trivy-db-repository', 'trivy-java-db-repository', 'trivy-checks-bundle-repository'])
    expect(await problemsOf({ [name]: mirror })).toContain(`\`${name}\`: \`${mirror}\` is no repository`)
})

it.each([
  'registry.example.com/trivy-db',
  'localhost:5000/a/b/trivy-db:2',
  `ghcr.io/o/trivy-db:2@sha256:${'0'.repeat(64)}`,
])('takes the mirror %s', async (mirror) => {
  expect(await problemsOf({ 'trivy-db-repository': mirror })).not.toContain('is no repository')
})

it('takes databases that are kept by one of both, not by both', async () => {
  const problem = 'leave one out'
  expect(await problemsOf({ 'osv-download': 'true', 'osv-database': 'osv' })).toContain(problem)
  expect(await problemsOf({ 'osv-download': 'true' })).not.toContain(problem)
})

it('names all given files that are missing at once', async () => {
  const inputs = {
    ...{ 'kev-file': 'k.json', 'epss-file': 'e.csv', 'osv-database': 'osv', 'safety-database': 's' },
    reports: 'nothing.sarif',
  }
  const problems = await problemsOf(inputs)
  for (const name of Object.keys(inputs)) expect(problems).toContain(`\`${name}\``)
})

it('names all that is wrong with `denied-licenses` at once', async () => {
  const problems = await problemsOf({ 'denied-licenses': 'GPL3\nMIT\nAffero', mode: 'report' })
  for (const each of ['`GPL3` fits', '`Affero` fits', 'needs `reports`']) expect(problems).toContain(each)
})

it.each([
  ['grype', true],
  ['codeql', true],
  ['some-other-tool', true],
  ['reports', true],
  ['licenses', true],
  ['bandti', false],
  ['gripe', false],
  ['No tool', false],
])('lets `%s` be optional beside reports: %s', async (name, may) => {
  const problem = '`optional-tools`: there is no tool'
  const given = await problemsOf({ 'optional-tools': name, reports: 'x.json', 'denied-licenses': 'GPL3' })
  expect(given.includes(problem)).toBe(!may)
  const alone = await problemsOf({ 'optional-tools': name, 'denied-licenses': 'GPL3' })
  expect(alone.includes(problem)).toBe(name !== 'licenses')
})
