/**
 * The workflow of security-scan's README on the release tree: as it stands, with the scanners that it chooses. Advisories come
 * from a server on loopback and from files, which the policy file names; then the server is gone.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import type { DemoResult } from '../../scripts/demo-record.ts'
import {
  makeExampleRepository,
  makeRepository,
  pullRequestPayload,
  shallowCheckout,
} from '../../scripts/example-repository.ts'
import { goToolFolders } from '../../scripts/go-tools.ts'
import { writeOsvDatabase } from '../../scripts/osv-database.ts'
import type { OsvServer } from '../../scripts/osv-server.ts'
import { startOsvServer } from '../../scripts/osv-server.ts'
import { exampleAdvisories } from '../../scripts/planted-risks.ts'
import { buildReleaseTree } from '../../scripts/release-tree.ts'
import { scannersThere, unexpectedRisks, unexpectedWithoutServer } from '../../scripts/security-demo.ts'
import { readmeWorkflow } from '../contract/readme-workflow.ts'
import type { ActResult } from './act.ts'
import { installAct, runAct } from './act.ts'
import { standInActions } from './artifacts.ts'

const top = resolve(import.meta.dirname, '../..')
const workflow = readmeWorkflow(readFileSync(join(top, 'actions/security-scan/README.md'), 'utf8'))
const act = installAct()
const scratch = mkdtempSync(join(tmpdir(), 'ci-actions-security-'))
const release = join(scratch, 'release')
const workspace = join(scratch, 'work')
const artifacts = join(scratch, 'artifacts')
const programs = goToolFolders({ build: false })
const { tools, missing } = scannersThere(programs)

let server: OsvServer

beforeAll(async () => {
  if (act.kind === 'none') return
  buildReleaseTree(release)
  makeRepository(release, 'release')
  server = await startOsvServer(exampleAdvisories)
  const repository = makeExampleRepository(join(scratch, 'origin'))
  shallowCheckout(repository.folder, repository.merge, workspace)
  writeFileSync(join(scratch, 'event.json'), JSON.stringify(pullRequestPayload(repository)))
  writeOsvDatabase(join(workspace, '.osv'), exampleAdvisories)
  adaptPolicy()
})
afterAll(async () => {
  await server?.close().catch(() => {})
  rmSync(scratch, { recursive: true, force: true })
})

/** Where advisories are; and, where a program is missing, the scanners that are there in place of those it chooses. */
function adaptPolicy(): void {
  const file = join(workspace, '.github/ci-actions.yml')
  const policy = parse(readFileSync(file, 'utf8'))
  policy['security-scan'] = {
    ...policy['security-scan'],
    ...(missing.length > 0 && { tools }),
    'osv-url': server.url,
    'osv-database': '.osv',
  }
  writeFileSync(file, stringify(policy))
}

interface Run extends ActResult {
  readonly report: DemoResult & {
    readonly degraded: readonly { readonly what: string; readonly why: string }[]
  }
}

async function happen(command: string, name: string): Promise<Run> {
  const result = await runAct({
    act: command,
    workspace,
    workflow: '.github/workflows/security.yml',
    event: 'pull_request',
    eventFile: join(scratch, 'event.json'),
    repositories: {
      'org/ci-actions@v2': release,
      ...standInActions(workflow, join(scratch, `${name}-actions`)),
    },
    env: { ARTIFACTS: join(artifacts, name) },
    path: [...programs.values()],
  })
  const file = join(artifacts, name, 'security-scan/result.json')
  return { ...result, report: JSON.parse(readFileSync(file, 'utf8')) }
}

const failedJob = { 'security/security-scan': 'failure' }

test('finds the planted risks, fails the job and uploads the evidence', {
  timeout: 300_000,
}, async (context) => {
  if (act.kind === 'none') return context.skip(act.why)
  expect(readFileSync(join(workspace, '.github/workflows/security.yml'), 'utf8')).toBe(workflow)
  const { jobs, steps, outputs, summary, log, report } = await happen(act.command, 'scan')
  expect(jobs, log).toEqual(failedJob)
  expect(steps.map(({ result }) => result)).toEqual(['success', 'failure', 'success', 'success'])
  expect(outputs['verdict']).toBe('failed')
  expect(unexpectedRisks(report, missing)).toEqual([])
  expect(summary).toContain('Security scan failed')
  // There is no token here, so what goes to GitHub cannot be sent.
  expect(report.degraded).toEqual([])
  expect(log).toMatch(/Not done: code scanning\. there is no `?token/)
  if (missing.length > 0) context.skip(`there is no Go that built ${missing.join(', ')}`)
})

test('is red without the service of advisories, and says that it is unavailable', {
  timeout: 300_000,
}, async (context) => {
  if (act.kind === 'none') return context.skip(act.why)
  await server.close()
  const { jobs, summary, log, report } = await happen(act.command, 'unavailable')
  expect(jobs, log).toEqual(failedJob)
  expect(unexpectedWithoutServer(report)).toEqual([])
  expect(summary).toMatch(/pip-audit.*unavailable/)
})
