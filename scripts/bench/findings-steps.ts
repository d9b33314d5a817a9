/**
 * Reads reports, resolves, merges, and writes SARIF and summary, as `security-scan` does between its start and its other
 * outputs: `findings-steps.ts TREE OUT REPORT…`, cold, in a process of its own. Prints the seconds, those of the
 * reference on the same bytes after it, and what came of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readGivenReports } from '../../actions/security-scan/src/reports/given-reports.ts'
import { nodeFiles } from '../../packages/shared/src/host/node/files.ts'
import { recordingHost } from '../../packages/shared/src/host/recording/index.ts'
import { sarifPieces } from '../../packages/shared/src/report/sarif.ts'
import { renderSummary } from '../../packages/shared/src/report/summary.ts'
import { mergeRisks } from '../../packages/shared/src/security/merge.ts'
import { readLineHashes } from '../../packages/shared/src/security/read-line-hashes.ts'
import { openSources } from '../../packages/shared/src/tool/sources.ts'
import { git } from '../example-repository.ts'
import { reportOf } from './rendering.ts'

const [tree = '', out = '', ...reports] = process.argv.slice(2)
const files = git(tree, 'ls-files').trim().split('\n')
const host = recordingHost({ files: nodeFiles, facts: { workspace: tree } })
const project = { name: '', root: tree, folder: '', pythonFiles: [], configuration: [], firstParty: [] }

const start = performance.now()
const outcomes = await readGivenReports({
  ...{ host, reports, allowEmpty: false, top: tree, projects: [{ ...project, files }] },
  ...{ reportFolder: out, deniedLicenses: [] },
})
const told = outcomes.flatMap(({ findings }) => findings)
const findings = mergeRisks(told)
const lineHashes = await readLineHashes(findings, openSources(nodeFiles, tree))
const report = { ...reportOf(findings), tools: outcomes.map(({ run }) => run) }
await nodeFiles.write(join(out, 'results.sarif'), sarifPieces(report, { lineHashes }))
await nodeFiles.write(join(out, 'summary.md'), renderSummary(report, { maxBytes: 1_000_000 }))
const seconds = (performance.now() - start) / 1000

const before = performance.now()
let packed = 0
for (const path of reports)
  packed += gzipSync(JSON.stringify(JSON.parse(readFileSync(join(tree, path), 'utf8')))).length
const reference = (performance.now() - before) / 1000
console.log(JSON.stringify({ seconds, reference, packed, told: told.length, risks: findings.length }))
