import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { scratchRepository, writeTree } from '../../../../packages/shared/src/git/test/scratch.ts'
import { goToolFolders } from '../../../../scripts/go-tools.ts'
import type { Advisory } from '../../../../scripts/osv-advisories.ts'
import { advisory, inventedAdvisories } from '../../../../scripts/osv-advisories.ts'
import { writeOsvDatabase } from '../../../../scripts/osv-database.ts'
import { startOsvServer } from '../../../../scripts/osv-server.ts'
import type { WholeScan } from '../test/whole-scan.ts'
import { scanWhole } from '../test/whole-scan.ts'

const sbomPath = 'released/sbom.cdx.json'

function sbom(...purls: readonly string[]): string {
  const components = purls.map((purl) => ({ type: 'library', name: 'x', purl }))
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components }, undefined, 2)
}

/** Published after the release. */
const facts = {
  id: 'GHSA-8888-9999-cfgh',
  aliases: ['CVE-2026-90008'],
  ecosystem: 'PyPI',
  name: 'invented-parser',
  fixed: '1.6.0',
  summary: 'it reads files outside of its folder',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
  cwe: ['CWE-22'],
} as const
const later = advisory(facts)

let folder: string
beforeEach(() => {
  folder = scratchRepository({ 'README.md': 'Orders\n', '.gitignore': 'osv/\nreleased/\n' })
})

/** What a scan comes to that reads the bill of materials of a release, while the service knows `advisories`. */
async function rescan(
  inputs: Readonly<Record<string, string>> = {},
  advisories: readonly Advisory[] | 'stopped' = inventedAdvisories,
): Promise<WholeScan> {
  const server = await startOsvServer(advisories === 'stopped' ? [] : advisories)
  if (advisories === 'stopped') await server.close()
  else onTestFinished(() => server.close())
  return scanWhole(folder, {
    ...{ mode: 'report', reports: sbomPath, tools: 'pip-audit', 'osv-url': server.url, ...inputs },
  })
}

const inScopeNew = { scope: 'new' }

describe('the weekly look at what was released', () => {
  beforeEach(() =>
    writeTree(folder, { [sbomPath]: sbom('pkg:pypi/invented-parser@1.4.0', 'pkg:pypi/invented-http@3.0.1') }),
  )

  it('is red for a component with an advisory, at its line', async () => {
    const { report } = await rescan()
    expect(report.verdict).toBe('failed')
    expect(report.findings).toMatchObject([
      {
        tool: 'pip-audit',
        rule: 'PYSEC-2026-9001',
        location: { path: sbomPath, line: 9 },
        security: { purl: 'pkg:pypi/invented-parser@1.4.0' },
      },
    ])
    expect(report.tools.map(({ id, status }) => [id, status])).toEqual([
      ['pip-audit', 'findings'],
      ['osv-scanner', 'skipped'],
    ])
  })

  it('is green once that is known, and red again for what is published afterwards, alone', async () => {
    await rescan({ 'update-baseline': 'true' })
    const known = await rescan(inScopeNew)
    expect(known.report.verdict).toBe('passed')
    expect(known.report.findings).toMatchObject([{ state: 'unchanged' }])
    const { report } = await rescan(inScopeNew, [...inventedAdvisories, later])
    expect(report.verdict).toBe('failed')
    const fresh = report.findings.filter(({ state }) => state === 'new')
    expect(fresh).toMatchObject([{ rule: 'CVE-2026-90008' }])
    expect(report.findings).toHaveLength(2)
  })

  it('says that the service is not available where it is not reached', async () => {
    const { report, exitCode } = await rescan(inScopeNew, 'stopped')
    expect(report.verdict).toBe('incomplete')
    expect(report.reasons[0]).toMatchObject({ code: 'unavailable' })
    // As documented for what the world did wrong.
    expect(exitCode).toBe(4)
  })
})

const osvScanner = goToolFolders({ build: false }).get('osv-scanner')

/** With its local database, and under a name that it would not take for a bill of materials. */
describe.skipIf(osvScanner === undefined)('with OSV-Scanner beside it', () => {
  const reports = 'released/orders-1.4.json'

  async function both(
    inputs: Readonly<Record<string, string>> = {},
    advisories: readonly Advisory[] = inventedAdvisories,
  ): Promise<WholeScan> {
    writeOsvDatabase(`${folder}/osv`, advisories)
    const server = await startOsvServer(advisories)
    onTestFinished(() => server.close())
    const given = { mode: 'report', reports, 'osv-url': server.url, 'osv-database': 'osv' }
    return scanWhole(folder, { ...given, ...inputs }, [osvScanner ?? ''])
  }

  it('finds each risk once, whatever its language', async () => {
    writeTree(folder, {
      [reports]: sbom(
        'pkg:pypi/invented-parser@1.4.0',
        'pkg:npm/invented-template@2.0.0',
        'pkg:npm/left@1.0',
      ),
    })
    const { report } = await both()
    expect(
      report.findings.map(({ security, witnesses, location }) => [
        security?.purl,
        witnesses?.length,
        location,
      ]),
    ).toEqual([
      ['pkg:pypi/invented-parser@1.4.0', 2, { path: reports, line: 9 }],
      ['pkg:npm/invented-template@2.0.0', undefined, { path: reports, line: 14 }],
    ])
    expect(report.tools.flatMap(({ notices }) => notices)).toEqual([])
  })

  it('knows both witnesses of what is known', async () => {
    writeTree(folder, { [reports]: sbom('pkg:pypi/invented-parser@1.4.0') })
    await both({ 'update-baseline': 'true' })
    const known = await both(inScopeNew)
    expect(known.report.findings.map(({ state }) => state)).toEqual(['unchanged'])
    expect(known.report.verdict).toBe('passed')
    const { report } = await both(inScopeNew, [...inventedAdvisories, later])
    expect(
      report.findings.filter(({ state }) => state === 'new').map(({ security }) => security?.ids),
    ).toEqual([expect.arrayContaining(['GHSA-8888-9999-cfgh', 'CVE-2026-90008'])])
    expect(report.verdict).toBe('failed')
  })

  it('knows packages by their whole names, and the versions that mend them', async () => {
    const scoped = (id: string, ecosystem: 'npm' | 'Go', name: string) =>
      advisory({ ...facts, id, aliases: [], ecosystem, name, fixed: '9.0.0' })
    writeTree(folder, {
      [reports]: sbom(
        'pkg:npm/%40invented/pages@1.0.0',
        'pkg:golang/example.test/invented/mod@v1.0.0',
        'pkg:pypi/a@1',
      ),
    })
    const { report } = await both({}, [
      scoped('GHSA-2222-2222-2222', 'npm', '@invented/pages'),
      scoped('GHSA-3333-3333-3333', 'npm', 'pages'),
      scoped('GHSA-4444-4444-4444', 'Go', 'example.test/invented/mod'),
      ...inventedAdvisories,
    ])
    const found = report.findings.map(({ rule, security }) => [
      rule,
      security?.purl,
      security?.fixedVersions?.join(),
    ])
    expect(found).toEqual([
      ['GHSA-2222-2222-2222', 'pkg:npm/%40invented/pages@1.0.0', '9.0.0'],
      ['GHSA-4444-4444-4444', 'pkg:golang/example.test/invented/mod@v1.0.0', '9.0.0'],
    ])
    expect(report.tools.flatMap(({ notices }) => notices)).toEqual([])
  })

  it('names what it could not look up', async () => {
    const nameless = { type: 'library', name: 'vendored' }
    const { components, ...rest } = JSON.parse(
      sbom('pkg:pypi/invented-parser@1.5.0', 'pkg:generic/openssl@3.0'),
    )
    writeTree(folder, { [reports]: JSON.stringify({ ...rest, components: [...components, nameless] }) })
    const { report } = await both()
    const said = report.tools.flatMap(({ notices }) => notices.map(({ message }) => message)).join('\n')
    expect(said).toContain('vendored')
    expect(said).toContain('pkg:generic/openssl@3.0')
    expect(said).not.toContain('invented-parser')
  })
})

describe('a bill of materials', () => {
  it('of which only pip-audit looks up something says what nobody looked up', async () => {
    writeTree(folder, {
      [sbomPath]: sbom('pkg:pypi/invented-parser@1.5.0', 'pkg:npm/invented-template@2.0.0'),
    })
    const { report } = await rescan()
    expect(report.verdict).toBe('passed')
    expect(report.tools[0]?.notices).toEqual([
      { level: 'warning', message: expect.stringContaining('pkg:npm/invented-template@2.0.0') },
    ])
  })

  it('without a Python package is not green with pip-audit alone', async () => {
    writeTree(folder, { [sbomPath]: sbom('pkg:npm/invented-template@2.0.0') })
    const { report } = await rescan()
    expect(report.verdict).toBe('incomplete')
    expect(report.tools).toMatchObject([{ id: 'pip-audit', status: 'not-applicable' }, { status: 'skipped' }])
  })

  it('without components is not green', async () => {
    writeTree(folder, { [sbomPath]: sbom() })
    const { report } = await rescan()
    expect(report.verdict).toBe('failed')
    expect(report.tools).toMatchObject([
      { status: 'failed', why: expect.stringContaining('nothing to look up') },
    ])
  })

  it('is looked up once where the repository has several packages', async () => {
    writeTree(folder, {
      [sbomPath]: sbom('pkg:pypi/invented-parser@1.4.0'),
      'a/x.py': '',
      'b/x.py': '',
      '.github/ci-actions.yml': 'security-scan:\n  packages: {a: a, b: b}\n',
    })
    const { report } = await rescan()
    expect(report.findings).toHaveLength(1)
    await rescan({ 'update-baseline': 'true' })
    expect((await rescan(inScopeNew)).report.verdict).toBe('passed')
  })

  it('fails where everything else is scanned too, and says what to do', async () => {
    writeTree(folder, { [sbomPath]: sbom('pkg:pypi/invented-parser@1.4.0') })
    const { report } = await rescan({ mode: 'scan', tools: 'hadolint', history: 'off' })
    expect(report.verdict).toBe('failed')
    expect(report.tools).toContainEqual(
      expect.objectContaining({
        id: 'cyclonedx',
        status: 'failed',
        why: expect.stringContaining('mode: report'),
      }),
    )
  })

  it('is looked up by no other tool', async () => {
    writeTree(folder, { [sbomPath]: sbom('pkg:pypi/invented-parser@1.4.0') })
    const { exitCode, report } = await rescan({ tools: 'bandit' })
    expect(exitCode).toBe(2)
    expect(report.reasons[0]?.message).toContain('bandit')
  })
})
