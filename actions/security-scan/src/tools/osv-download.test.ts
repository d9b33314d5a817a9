/** Databases of OSV that are downloaded once a day: the real scanner, and the cache of several machines. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ToolRun } from '@ci-actions/shared'
import { memoryCache, nodeClock, nodeFiles } from '@ci-actions/shared/testing'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  scratchFolder,
  scratchRepository,
  writeTree,
} from '../../../../packages/shared/src/git/test/scratch.ts'
import { makeCertificate } from '../../../../packages/shared/src/host/node/test/certificate.ts'
import { goToolFolders } from '../../../../scripts/go-tools.ts'
import { advisory, inventedAdvisories } from '../../../../scripts/osv-advisories.ts'
import { osvArchives } from '../../../../scripts/osv-database.ts'
import type { OsvDownloads } from '../../../../scripts/osv-downloads.ts'
import { osvDownloadHost, startOsvDownloads } from '../../../../scripts/osv-downloads.ts'
import type { WholeScan } from '../test/whole-scan.ts'
import { scanWhole } from '../test/whole-scan.ts'

const program = goToolFolders({ build: false }).get('osv-scanner')
const identity = makeCertificate(osvDownloadHost)
const dayMs = 24 * 60 * 60 * 1000
const began = nodeClock.now()
const noon = Math.floor(began / dayMs) * dayMs + dayMs / 2

const later = advisory({
  id: 'GHSA-7777-8888-cfgh',
  aliases: [],
  ecosystem: 'PyPI',
  name: 'invented-parser',
  fixed: '1.5.0',
  summary: 'it reads files outside of its folder',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
  cwe: ['CWE-22'],
})

const npmProject = {
  'package.json': JSON.stringify({ name: 'web', dependencies: { 'invented-template': '2.0.0' } }),
  'package-lock.json': JSON.stringify({
    name: 'web',
    lockfileVersion: 3,
    packages: {
      '': { name: 'web', dependencies: { 'invented-template': '2.0.0' } },
      'node_modules/invented-template': { version: '2.0.0' },
    },
  }),
}

describe.skipIf(program === undefined || identity === undefined)('osv-download', () => {
  let folder: string
  let cacheFolder: string
  let cache: ReturnType<typeof memoryCache>
  let downloads: OsvDownloads

  beforeEach(async () => {
    folder = scratchRepository({ 'requirements.txt': 'invented-parser==1.4.0\n' })
    cacheFolder = join(scratchFolder(), 'cache')
    cache = memoryCache(nodeFiles)
    downloads = await startOsvDownloads(identity ?? { cert: '', key: '' })
    onTestFinished(() => downloads.close())
  })

  interface Run extends WholeScan {
    /** What this run asked for. */
    readonly asked: readonly string[]
    readonly ids: readonly string[]
    readonly tool: ToolRun | undefined
    /** By the default rules on `database-age`: what came of them, and the number that they saw, in hours. */
    readonly age: readonly unknown[]
  }

  /** On noon of a day. */
  async function run(inputs: Readonly<Record<string, string>> = {}, day = 0): Promise<Run> {
    const certificate = join(scratchFolder(), 'certificate.pem')
    writeFileSync(certificate, identity?.cert ?? '')
    const asked = downloads.asked.length
    const scan = await scanWhole(
      folder,
      { tools: 'osv-scanner', cache: 'file', 'osv-download': 'true', ...inputs },
      [program ?? ''],
      {
        cacheFolder,
        cache,
        clock: { ...nodeClock, now: () => noon + day * dayMs + nodeClock.now() - began },
        environment: { HTTPS_PROXY: downloads.proxy, SSL_CERT_FILE: certificate, NO_PROXY: '' },
      },
    )
    return {
      ...scan,
      asked: downloads.asked.slice(asked),
      ids: scan.report.findings.flatMap(({ tool, rule }) => (tool === 'osv-scanner' ? rule : [])),
      tool: scan.report.tools.find(({ id }) => id === 'osv-scanner'),
      age: scan.report.rules
        .filter(({ rule }) => rule.metric === 'database-age')
        .map(({ outcome, actual = Number.NaN }) => [outcome, Math.round(actual / 3600)]),
    }
  }

  const nextMachine = () => rmSync(cacheFolder, { recursive: true, force: true })
  const stored = () => cache.keys().filter((key) => key.includes('databases'))

  it('downloads what it needs, and asks nobody about packages', async () => {
    const { asked, ids, age } = await run()
    expect(asked).toEqual(['GET /PyPI/all.zip'])
    expect(ids).toEqual(['GHSA-2222-3333-4444'])
    expect(age).toEqual([
      ['passed', 0],
      ['passed', 0],
    ])
  })

  it('downloads once a day for all runs, on this machine and on others', async () => {
    await run()
    expect((await run()).asked).toEqual([])
    nextMachine()
    const { asked, ids, age } = await run()
    expect(asked).toEqual([])
    expect(ids).toEqual(['GHSA-2222-3333-4444'])
    expect(age).toEqual([
      ['passed', 0],
      ['passed', 0],
    ])
    expect(stored()).toEqual([
      expect.stringMatching(/^ci-actions-databases-1-osv-scanner-1-\d{4}-\d\d-\d\d-1$/),
    ])
  })

  it('sees on the next day what was published since', async () => {
    await run()
    nextMachine()
    downloads.archives.set('PyPI', osvArchives([...inventedAdvisories, later]).get('PyPI') ?? Buffer.alloc(0))
    const { asked, ids } = await run({}, 1)
    expect(asked).toEqual(['HEAD /PyPI/all.zip', 'GET /PyPI/all.zip'])
    expect(ids).toContain('GHSA-7777-8888-cfgh')
    nextMachine()
    expect((await run({}, 1)).asked).toEqual([])
    expect(stored()).toHaveLength(2)
  })

  it('counts a database as new where nothing was published since', async () => {
    await run()
    expect((await run({}, 1)).asked).toEqual(['HEAD /PyPI/all.zip'])
    const { asked, age } = await run({}, 1)
    expect([asked, age]).toEqual([
      [],
      [
        ['passed', 0],
        ['passed', 0],
      ],
    ])
  })

  it('downloads what another project of the repository needs in addition', async () => {
    await run()
    nextMachine()
    writeTree(folder, npmProject)
    const { asked, ids } = await run()
    expect(asked).toEqual(['HEAD /PyPI/all.zip', 'GET /npm/all.zip'])
    expect([...ids].sort()).toEqual(['GHSA-2222-3333-4444', 'GHSA-2345-6789-cfgh'])
    nextMachine()
    expect((await run()).asked).toEqual([])
    expect(stored().map((key) => key.at(-1))).toEqual(['1', '2'])
  })

  it('does the same for a bill of materials', async () => {
    const component = { type: 'library', name: 'x', purl: 'pkg:pypi/invented-parser@1.4.0' }
    writeTree(folder, {
      'sbom.json': JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [component] }),
    })
    const reading = { mode: 'report', reports: 'sbom.json' }
    expect(await run(reading)).toMatchObject({ asked: ['GET /PyPI/all.zip'], ids: ['GHSA-2222-3333-4444'] })
    expect(await run(reading)).toMatchObject({ asked: [], ids: ['GHSA-2222-3333-4444'] })
  })

  it('stores nothing of a run that failed, and nothing with `cache: off`', async () => {
    await run({ cache: 'off' })
    expect(stored()).toEqual([])
    nextMachine()
    writeTree(folder, { 'package-lock.json': '{"lockfileVersion": 3,' })
    expect((await run()).tool).toMatchObject({ status: 'failed' })
    expect(stored()).toEqual([])
  })

  it('is unavailable and red where the databases cannot be had', async () => {
    downloads.archives.clear()
    const { exitCode, report, tool } = await run()
    expect(exitCode).toBe(4)
    expect(report.verdict).toBe('incomplete')
    expect(tool?.why).toMatch(/unavailable: the databases of OSV \(PyPI\): .*404/s)
  })

  it('heals a database that was cut off', async () => {
    await run()
    writeFileSync(join(cacheFolder, 'databases/osv-scanner-1/content/osv-scalibr/PyPI/all.zip'), 'PK')
    expect(await run()).toMatchObject({
      asked: ['HEAD /PyPI/all.zip', 'GET /PyPI/all.zip'],
      ids: ['GHSA-2222-3333-4444'],
    })
  })

  describe('with `offline`', () => {
    const offline = { offline: 'true' }

    it('uses what is kept, asks nobody, and says how old it is', async () => {
      await run()
      expect(await run(offline, 2)).toMatchObject({
        asked: [],
        ids: ['GHSA-2222-3333-4444'],
        age: [
          ['warned', 48],
          ['passed', 48],
        ],
      })
      const week = await run({ ...offline, 'osv-download': 'false', 'default-gate': 'on' }, 8)
      expect(week.asked).toEqual([])
      expect(week.age).toEqual([
        ['warned', 192],
        ['failed', 192],
      ])
    })

    it('is unavailable without one, and says what to do', async () => {
      const { asked, exitCode, tool } = await run(offline)
      expect(asked).toEqual([])
      expect(exitCode).toBe(4)
      expect(tool?.why).toMatch(
        /unavailable: the local database of PyPI: .*Run once with network and `osv-download: true`/,
      )
    })

    it('asks no cache of others', async () => {
      await run()
      const before = cache.uses.length
      nextMachine()
      await run(offline)
      expect(cache.uses.length).toBe(before)
    })

    it('does not trust a database of which nobody knows the age', async () => {
      await run()
      rmSync(join(cacheFolder, 'databases/osv-scanner-1/state.json'))
      const { asked, tool } = await run(offline)
      expect(asked).toEqual([])
      expect(tool?.why).toMatch(/nobody knows how old/)
    })
  })
})
