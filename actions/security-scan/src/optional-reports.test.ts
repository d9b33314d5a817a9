import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scratchRepository } from '../../../packages/shared/src/git/test/scratch.ts'
import { scanWhole } from './test/whole-scan.ts'

const run = (name: string, results?: readonly object[]) => ({ tool: { driver: { name } }, results })

/** Nothing but two reports, one of which failed. */
async function scanReports(optional: string) {
  const folder = scratchRepository({ 'a.txt': '' })
  const log = { version: '2.1.0', runs: [run('CodeQL', []), run('Other Scanner')] }
  writeFileSync(join(folder, 'x.sarif'), JSON.stringify(log))
  const { report } = await scanWhole(folder, {
    mode: 'report',
    reports: 'x.sarif',
    ...(optional !== '' && { 'optional-tools': optional }),
  })
  return report
}

it.each([
  ['', 'failed'],
  ['codeql', 'failed'],
  ['other-scanner', 'passed'],
])(
  'a report that failed is optional where `optional-tools` names its tool: %s',
  async (optional, verdict) => {
    const report = await scanReports(optional)
    expect(report.verdict).toBe(verdict)
    expect(report.tools.map(({ id, status }) => [id, status])).toEqual([
      ['codeql', 'clean'],
      ['other-scanner', 'failed'],
    ])
  },
)

it('a name that is of no tool of the run is said', async () => {
  const { notices } = await scanReports('other-scanner\nanother-scanner')
  const said = notices.filter((notice) => notice.includes('optional-tools'))
  expect(said).toEqual([expect.stringContaining('`another-scanner`')])
})
