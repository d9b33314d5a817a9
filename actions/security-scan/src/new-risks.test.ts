/** What is new where only that counts: whole scans of real repositories, of reports that other steps wrote. */
import { describe, expect, test } from 'vitest'
import {
  commitTree,
  git,
  scratchRepository,
  writeTree,
} from '../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from './test/whole-scan.ts'

const isOne = '`new.findings.critical` is 1, must be 0'

type Tree = Readonly<Record<string, string>>

/** Changes `before` to `after` in a branch; the reports are about the branch, and are not part of it. */
async function scanChange(
  before: Tree,
  after: Tree,
  { reports, inputs = {} }: { readonly reports: Tree; readonly inputs?: Tree },
) {
  const folder = scratchRepository({ 'README.md': 'Orders\n', ...before })
  const base = git(folder, 'rev-parse', 'HEAD')
  commitTree(folder, after)
  commitTree(folder, { '.gitignore': 'reports/\n' })
  const given = Object.keys(reports).map((name) => `reports/${name}`)
  writeTree(
    folder,
    Object.fromEntries(Object.entries(reports).map(([name, text]) => [`reports/${name}`, text])),
  )
  const { report } = await scanWhole(folder, {
    ...{ base, scope: 'new', tools: 'hadolint', reports: given.join('\n') },
    ...inputs,
  })
  return report
}

/** As osv-scanner writes it, each with a critical vulnerability. */
function osvReport(
  path: string,
  packages: readonly (readonly [string, string])[],
  ecosystem = 'PyPI',
): string {
  return JSON.stringify({
    results: [
      {
        source: { path, type: 'lockfile' },
        packages: packages.map(([name, version], index) => ({
          package: { name, version, ecosystem },
          groups: [{ ids: [`GHSA-aaaa-aaaa-000${index}`], aliases: [], max_severity: '9.8' }],
          vulnerabilities: [
            {
              id: `GHSA-aaaa-aaaa-000${index}`,
              severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
            },
          ],
        })),
      },
    ],
  })
}

const npmLock = (...packages: readonly (readonly [string, string])[]) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: Object.fromEntries(packages) },
      ...Object.fromEntries(packages.map(([name, version]) => [`node_modules/${name}`, { version }])),
    },
  })

describe('a vulnerable component', () => {
  test.each([
    ['requirements.txt', 'PyPI', 'svc/requirements.txt', 'flask==3.0.0\n', 'flask==3.0.0\nparser==1.0.0\n'],
    [
      'a lock of npm',
      'npm',
      'web/package-lock.json',
      npmLock(['flask', '3.0.0']),
      npmLock(['flask', '3.0.0'], ['parser', '1.0.0']),
    ],
  ])(
    'in %s is new where the base does not have it, and old where it does',
    async (_, ecosystem, path, before, after) => {
      const packages = [
        ['flask', '3.0.0'],
        ['parser', '1.0.0'],
      ] as const
      const report = await scanChange(
        { [path]: before },
        { [path]: after },
        {
          reports: { 'osv.json': osvReport(path, packages, ecosystem) },
        },
      )
      const states = report.findings.flatMap(({ security, state }) =>
        security?.dependency ? [[security.dependency.name, state]] : [],
      )
      expect(Object.fromEntries(states)).toEqual({ flask: 'unchanged', parser: 'new' })
      expect(report.reasons.map(({ message }) => message)).toEqual([isOne])
    },
  )

  test('in another version is new', async () => {
    const path = 'requirements.txt'
    const report = await scanChange(
      { [path]: 'flask==2.0.0\n' },
      { [path]: 'flask==3.0.0\n' },
      {
        reports: { 'osv.json': osvReport(path, [['flask', '3.0.0']]) },
      },
    )
    expect(report.findings.filter(({ security }) => security?.dependency).map(({ state }) => state)).toEqual([
      'new',
    ])
  })

  test('that no manifest names counts as new', async () => {
    const report = await scanChange(
      { 'a.py': '' },
      { 'a.py': 'x = 1\n' },
      {
        reports: { 'osv.json': osvReport('image.tar', [['openssl', '3.0.1']], 'Debian') },
      },
    )
    expect(report.reasons.map(({ message }) => message)).toEqual([isOne])
  })
})
