/** The README's own YAML, on the release tree, as a user who copies it gets it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  makeExampleRepository,
  makeRepository,
  pullRequestPayload,
  pushPayload,
  shallowCheckout,
} from '../../scripts/example-repository.ts'
import { buildReleaseTree } from '../../scripts/release-tree.ts'
import { readmeWorkflow } from '../contract/readme-workflow.ts'
import type { ActResult } from './act.ts'
import { installAct, runAct } from './act.ts'

const top = resolve(import.meta.dirname, '../..')
const workflow = readmeWorkflow(readFileSync(join(top, 'README.md'), 'utf8'))
const upload = /actions\/upload-artifact@[0-9a-f]{40}/.exec(workflow)?.[0] ?? ''
const act = installAct()
const scratch = mkdtempSync(join(tmpdir(), 'ci-actions-e2e-'))

/** Stands for `actions/upload-artifact`: green only where the evidence is in the folder that it was given. */
const UPLOAD = `name: upload-artifact
description: stand-in
inputs:
  name: { description: name, required: true }
  path: { description: path, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        FOLDER: \${{ inputs.path }}
      run: ls "$FOLDER" && test -s "$FOLDER/result.json" && test -s "$FOLDER/report.html"
`

beforeAll(() => {
  if (act.kind === 'none') return
  buildReleaseTree(join(scratch, 'release'))
  makeRepository(join(scratch, 'release'), 'release')
  mkdirSync(join(scratch, 'upload'))
  writeFileSync(join(scratch, 'upload/action.yml'), UPLOAD)
  makeRepository(join(scratch, 'upload'), 'release')
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Happening {
  readonly event: 'pull_request' | 'push'
  /** Default: the one with the planted defects. */
  readonly change?: (folder: string) => void
}

/** A change of the example, whose workflow is the README's YAML, in a pull request or pushed to `main`. */
function happen(name: string, command: string, { event, change }: Happening): Promise<ActResult> {
  const repository = makeExampleRepository(join(scratch, `${name}-origin`), change)
  const workspace = join(scratch, name)
  shallowCheckout(repository.folder, repository.merge, workspace)
  writeFileSync(join(workspace, '.github/workflows/ci.yml'), workflow)
  const eventFile = join(scratch, `${name}.json`)
  const payload = event === 'push' ? pushPayload(repository) : pullRequestPayload(repository)
  writeFileSync(eventFile, JSON.stringify(payload))
  return runAct({
    act: command,
    workspace,
    workflow: '.github/workflows/ci.yml',
    event,
    eventFile,
    repositories: { 'org/ci-actions@v2': join(scratch, 'release'), [upload]: join(scratch, 'upload') },
  })
}

describe('the YAML of the README', () => {
  test('judges a pull request, fails the job and uploads the evidence', {
    timeout: 300_000,
  }, async (context) => {
    if (act.kind === 'none') return context.skip(act.why)
    const result = await happen('defects', act.command, { event: 'pull_request' })
    expect(result.jobs, result.log).toEqual({ 'ci/quality-gate': 'failure' })
    // checkout, the gate, and the step of the stand-in before the upload that it is part of.
    expect(result.steps.map((step) => step.result)).toEqual(['success', 'failure', 'success', 'success'])
    expect(result.outputs['verdict']).toBe('failed')
    expect(result.summary).toContain('Quality gate failed')
    expect(result.summary).toContain('src/orders/domain/pricing.py')
  })

  test('judges a push to main by what it brought', { timeout: 300_000 }, async (context) => {
    if (act.kind === 'none') return context.skip(act.why)
    const result = await happen('pushed', act.command, { event: 'push' })
    expect(result.jobs, result.log).toEqual({ 'ci/quality-gate': 'failure' })
    expect(result.outputs['verdict']).toBe('failed')
    expect(result.summary).toContain('new.type-errors')
  })

  test('lets a pull request without new defects pass, whatever is old', {
    timeout: 300_000,
  }, async (context) => {
    if (act.kind === 'none') return context.skip(act.why)
    const change = (folder: string): void => {
      const module = '"""Names of things."""\n\nCURRENCIES = ("EUR", "USD")\n'
      writeFileSync(join(folder, 'src/orders/domain/names.py'), module)
    }
    const result = await happen('clean', act.command, { event: 'pull_request', change })
    expect(result.jobs, result.log).toEqual({ 'ci/quality-gate': 'success' })
    expect(result.outputs['verdict']).toBe('passed')
  })
})
