import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchRepository } from '../../../packages/shared/src/git/test/scratch.ts'
import { writeEnvironment } from '../../../test/tools/case-folder.ts'
import type { Installed } from '../../../test/tools/cases.ts'
import { selection } from './selection.ts'
import { scanWhole } from './test/whole-scan.ts'
import { dependencyConflicts } from './tools/dependency-conflicts.ts'
import { outdatedDependencies } from './tools/outdated-dependencies.ts'

/** What a scan for conflicts comes to of a project with packages that are installed in it. */
async function scanned(installed: readonly Installed[], gate: string) {
  const folder = scratchRepository({
    'requirements.txt': 'invented-http==3.0.1\ninvented-parser==1.4.0\n',
    '.gitignore': '.venv/\n',
  })
  writeEnvironment(join(folder, '.venv'), installed)
  const inputs = { tools: 'dependency-conflicts', history: 'off', 'default-gate': 'off', gate }
  return (await scanWhole(folder, inputs)).report
}

const parser = { name: 'invented-parser', version: '1.4.0' }

describe('what is installed in the project', () => {
  it('fails the gate where two packages exclude each other', async () => {
    const http = { name: 'invented-http', version: '3.0.1', needs: ['invented-parser>=1.5'] }
    const report = await scanned([http, parser], 'dependencies.conflicts == 0')
    expect(report.verdict).toBe('failed')
    expect(report.findings.filter(({ metric }) => metric === 'dependencies')).toMatchObject([
      { tool: 'dependency-conflicts', rule: 'conflicts', location: { path: 'requirements.txt', line: 1 } },
    ])
  })

  it('passes where they fit, and says nothing about what nobody looked for', async () => {
    const report = await scanned([parser], 'dependencies.conflicts == 0\ndependencies.outdated == 0')
    expect(report.rules.map(({ rule, outcome }) => [rule.text, outcome])).toEqual([
      ['dependencies.conflicts == 0', 'passed'],
      ['dependencies.outdated == 0', 'not-measured'],
      ['tools-failed == 0', 'passed'],
    ])
    expect(report.verdict).toBe('incomplete')
    expect(report.metrics.filter(({ labels }) => labels['rule'] === 'outdated')).toEqual([])
  })

  it('is not taken for clean where there is nothing', async () => {
    const report = await scanned([], 'tools-failed == 0')
    expect(report.tools).toContainEqual(
      expect.objectContaining({ id: 'dependency-conflicts', status: 'failed', why: expect.any(String) }),
    )
    expect(report.verdict).toBe('failed')
  })
})

it('is looked at by default for conflicts, where there is an environment, and only when asked for newer versions', () => {
  expect(selection.always).toContain(dependencyConflicts.id)
  expect(selection.always).not.toContain(outdatedDependencies.id)
  expect(dependencyConflicts.withoutEnvironment).toContain('install')
})
