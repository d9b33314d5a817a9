/** Where the databases of Trivy go: a small program stands in for it, which downloads and scans nothing. */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryCache, nodeClock, nodeFiles } from '@ci-actions/shared/testing'
import { expect, it } from 'vitest'
import { scratchFolder, scratchRepository } from '../../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from '../test/whole-scan.ts'
import { scannerLocks } from './scanner-locks.ts'

const hourMs = 60 * 60 * 1000

/** As Trivy: downloads where there is no database or it is due, says when, and ends with 1 where it must not and there is none. */
const standIn = (now: number) => `#!${process.execPath}
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const args = process.argv.slice(2)
const folder = args.find((arg) => arg.startsWith('--cache-dir='))?.slice(12)
const path = folder + '/db/metadata.json'
const known = () => (existsSync(path) ? JSON.parse(readFileSync(path)) : undefined)
if (args[0] === '--version') console.log('Version: ${scannerLocks['trivy']?.version}')
else if (args[0] === 'version') console.log(JSON.stringify({ VulnerabilityDB: known() }))
else {
  const skips = args.includes('--skip-db-update')
  if (skips && known() === undefined) {
    console.error('--skip-db-update cannot be specified on the first run')
    process.exit(1)
  }
  if (!skips && Date.parse(known()?.NextUpdate ?? 0) <= ${now}) {
    const time = (hours) => new Date(${now} + hours * ${hourMs}).toISOString()
    mkdirSync(folder + '/db', { recursive: true })
    writeFileSync(path, JSON.stringify({ UpdatedAt: time(-6), NextUpdate: time(18), DownloadedAt: time(0) }))
  }
  console.log(JSON.stringify({ SchemaVersion: 2, ArtifactName: '.' }))
}
`

it.skipIf(process.platform === 'win32')(
  'are stored by day, restored on other machines, and left alone offline',
  async () => {
    const folder = scratchRepository({ 'notes.txt': 'x\n' })
    const cacheFolder = join(scratchFolder(), 'cache')
    const programs = scratchFolder()
    const cache = memoryCache(nodeFiles)
    const noon = Date.UTC(2026, 10, 20, 12)
    async function run(hour: number, inputs: Readonly<Record<string, string>> = {}) {
      const now = noon + hour * hourMs
      writeFileSync(join(programs, 'trivy'), standIn(now))
      chmodSync(join(programs, 'trivy'), 0o755)
      const given = { tools: 'trivy', cache: 'file', ...inputs }
      const clock = { ...nodeClock, now: () => now }
      const { report } = await scanWhole(folder, given, [programs], { cacheFolder, cache, clock })
      const age = report.rules.find(({ rule }) => rule.metric === 'database-age')?.actual
      return {
        tool: report.tools.find(({ id }) => id === 'trivy'),
        hours: age === undefined ? undefined : age / 3600,
      }
    }
    const nextMachine = () => rmSync(cacheFolder, { recursive: true })
    const stored = () =>
      cache
        .keys()
        .filter((key) => key.includes('trivy'))
        .map((key) => key.slice(-20))

    expect((await run(0, { offline: 'true' })).tool?.why).toMatch(
      /unavailable: Trivy's database: there is none yet/,
    )
    expect((await run(0)).hours).toBe(6)
    nextMachine()
    // Restored, and not yet due.
    expect((await run(10)).hours).toBe(16)
    nextMachine()
    expect((await run(17)).hours).toBe(23)
    expect(stored()).toEqual(['trivy-2-2026-11-20-1'])
    // Due: on the same machine, so that the newer one is stored under its day.
    expect((await run(18)).hours).toBe(6)
    expect((await run(40, { offline: 'true' })).hours).toBe(28)
    expect(stored()).toEqual(['trivy-2-2026-11-20-1', 'trivy-2-2026-11-21-1'])
    nextMachine()
    expect((await run(19)).hours).toBe(7)
    const place = join(cacheFolder, 'databases/trivy-2/content/db/metadata.json')
    expect(JSON.parse(readFileSync(place, 'utf8'))).toHaveProperty('UpdatedAt')
  },
)
