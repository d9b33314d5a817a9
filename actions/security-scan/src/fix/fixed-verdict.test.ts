/** What the verdict is about once `fix` changed files: pip-audit for real, asked of advisories on loopback. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchRepository } from '../../../../packages/shared/src/git/test/scratch.ts'
import type { Advisory } from '../../../../scripts/osv-advisories.ts'
import { inventedAdvisories } from '../../../../scripts/osv-advisories.ts'
import type { OsvServer } from '../../../../scripts/osv-server.ts'
import { startOsvServer } from '../../../../scripts/osv-server.ts'
import { scanWhole } from '../test/whole-scan.ts'

/** No version is without it. */
const unfixed: readonly Advisory[] = inventedAdvisories
  .filter(({ affected }) => affected[0]?.package.name === 'invented-http')
  .map((each) => ({
    ...each,
    affected: each.affected.map((affected) => ({
      ...affected,
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
    })),
  }))

const pinned = 'invented-parser==1.4.0\n'

let server: OsvServer
beforeAll(async () => {
  const others = inventedAdvisories.filter(({ id }) => unfixed.every((each) => each.id !== id))
  server = await startOsvServer([...others, ...unfixed])
})
afterAll(() => server.close())

async function fixed(text: string) {
  const folder = scratchRepository({ 'requirements.txt': text })
  const inputs = { tools: 'pip-audit', fix: 'true', 'osv-url': server.url, offline: 'true' }
  const { report, exitCode } = await scanWhole(folder, inputs)
  return {
    report,
    exitCode,
    text: readFileSync(join(folder, 'requirements.txt'), 'utf8'),
    patched: existsSync(join(folder, report.reportFolder ?? '', 'fixes/requirements.txt.patch')),
    vulnerable: report.findings.flatMap(({ security }) =>
      security?.kind === 'vulnerability' ? [security.dependency?.name] : [],
    ),
  }
}

describe('after `fix` on a laptop, the verdict', { timeout: 300_000 }, () => {
  it('is about the files as they are then', async () => {
    const { report, exitCode, ...end } = await fixed(pinned)
    expect(end).toEqual({ text: 'invented-parser==1.4.2\n', patched: true, vulnerable: [] })
    expect([report.verdict, exitCode]).toEqual(['passed', 0])
    expect(report.notices).toContain(
      '1 upgrade was written to `requirements.txt`. Then everything was scanned again: the verdict is about the files as they are now.',
    )
    expect(JSON.stringify(report.blocks)).toContain('Fixes: 1 upgrade proved')
  })

  it('is about all files that ask for what was found, though that is one finding', async () => {
    const folder = scratchRepository({
      'requirements.txt': pinned,
      'requirements-dev.txt': pinned,
      'requirements-doc.txt': 'invented-parser==1.4.1\n',
    })
    const inputs = { tools: 'pip-audit', fix: 'true', 'osv-url': server.url, offline: 'true' }
    const { report } = await scanWhole(folder, inputs)
    for (const name of ['requirements', 'requirements-dev', 'requirements-doc'])
      expect(readFileSync(join(folder, `${name}.txt`), 'utf8'), name).toBe('invented-parser==1.4.2\n')
    expect(report.verdict).toBe('passed')
  })

  it('names what is left', async () => {
    const { report, ...end } = await fixed('invented-parser==1.4.0\ninvented-http==3.0.0\n')
    expect(end).toEqual({
      ...{ exitCode: 1, patched: true },
      ...{ text: 'invented-parser==1.4.2\ninvented-http==3.0.0\n', vulnerable: ['invented-http'] },
    })
    expect(JSON.stringify(report.blocks)).toContain(
      'Fixes: 1 upgrade proved by scanning again with pip-audit, 1 not possible',
    )
  })

  it('is that of the only scan where nothing was written', async () => {
    const { report, ...end } = await fixed('invented-http==3.0.0\n')
    expect(end).toMatchObject({ exitCode: 1, patched: false, vulnerable: ['invented-http'] })
    expect(report.notices.join()).not.toContain('scanned again')
  })
})
