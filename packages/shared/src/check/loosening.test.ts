import { symlinkSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { runAction } from '../action/run-action.ts'
import { defineAction } from '../action/spec.ts'
import { builtInMetrics, checkMetrics } from '../gate/built-in.ts'
import type { Tree } from '../git/test/scratch.ts'
import { commitTree, git, scratchFolder, scratchRepository } from '../git/test/scratch.ts'
import { nodeClock, nodeFiles, nodeProcesses, recordingHost } from '../host/recording/index.ts'
import type { Tool } from '../tool/tool.ts'
import { checkProject } from './check.ts'
import { checkInputs } from './check-inputs.ts'
import { tableAt } from './config-file.ts'
import type { CheckDefinition } from './definition.ts'

/** Finds nothing, ever. */
const calm: Tool = {
  id: 'calm',
  name: 'Calm',
  homepage: 'https://example.com',
  scope: 'project',
  kind: 'lint',
  metrics: ['lint-errors'],
  install: { kind: 'present', executable: 'true' },
  configuredBy: ({ configuration }) =>
    configuration.some((file) => tableAt(file, 'tool', 'calm') !== undefined) ? ['pyproject.toml'] : [],
  applies: (project) => ({ runs: true, files: project.pythonFiles }),
  invocations: () => [{ args: [], exitCodes: [0] }],
  parse: () => ({ findings: [] }),
}

const metrics = {
  ...builtInMetrics,
  ...checkMetrics,
  'lint-errors': { description: 'Errors.', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
} as const

const definition: CheckDefinition = {
  action: 'calm-check',
  version: '2.0.0',
  metrics,
  gate: { all: 'lint-errors < 3', new: 'new.lint-errors == 0' },
  selection: { tools: [calm], always: [], fallback: ['calm'], alternatives: [] },
  locks: {},
  settings: {},
  derive: () => ({ parts: [], blocks: [], notices: [] }),
}

const action = defineAction({
  name: 'calm-check',
  title: 'Calm check',
  version: '2.0.0',
  description: 'Finds nothing.',
  branding: { icon: 'check', color: 'green' },
  permissions: [],
  contacts: [],
  inputs: checkInputs,
  metrics,
  gate: definition.gate.all,
  run: (context) => checkProject(context, definition),
})

let repository: string
beforeEach(() => {
  repository = scratchRepository({ 'a.py': 'a = 1\n' })
})

/** The notices of a run on what `change` makes of a repository with `base`, and the whole report. */
async function runOn(base: Tree, change: Tree, inputs: Readonly<Record<string, string>> = {}) {
  const sha = commitTree(repository, base, 'base')
  commitTree(repository, change, 'change')
  const host = recordingHost({
    facts: {
      kind: 'local',
      workspace: repository,
      temporary: scratchFolder(),
      cacheFolder: scratchFolder(),
      toolEnvironment: { PATH: process.env['PATH'] ?? '' },
    },
    files: nodeFiles,
    clock: nodeClock,
    processes: nodeProcesses(new AbortController().signal),
    inputs: { base: sha, ...inputs },
  })
  const { report } = await runAction(action, host)
  expect(report.reasons.map(({ code }) => code)).not.toContain('bug')
  return { report, text: [...report.loosened, ...report.notices].join('\n') }
}

const policy = '.github/ci-actions.yml'
const section = (...lines: readonly string[]): Tree => ({
  [policy]: ['calm-check:', ...lines.map((line) => `  ${line}`), ''].join('\n'),
})

describe('a change of the policy file', () => {
  it('names the rules that it weakens', async () => {
    const { text } = await runOn(section('gate: lint-errors < 2'), section('gate: lint-errors < 9'))
    expect(text).toContain('The policy file weakens the gate: `lint-errors < 2` → `lint-errors < 9`.')
  })

  it('names a default rule that it replaces by a weaker one', async () => {
    const { text } = await runOn({}, section('gate: lint-errors < 9'))
    expect(text).toContain('`lint-errors < 3` → `lint-errors < 9`')
  })

  it('names rules of a package that it drops', async () => {
    const packages = (gate: string) => section(`packages: { api: { path: ., gate: [${gate}] } }`)
    const { text } = await runOn(packages('lint-errors < 1, suppressions < 9'), packages('lint-errors < 1'))
    expect(text).toContain('`suppressions < 9 in api` is dropped')
    expect(text).not.toContain('Inputs')
  })

  it('names other inputs that it changes', async () => {
    const { text } = await runOn(section('timeout: 1m'), section('timeout: 1m', 'exclude: ["old/**"]'))
    expect(text).toContain('Inputs in the policy file: `exclude`: `[]` → `["old/**"]`.')
  })

  it('says nothing about rules that become stricter, and about comments', async () => {
    const { text } = await runOn(section('gate: lint-errors < 2'), section('# why', 'gate: lint-errors < 1'))
    expect(text).not.toContain('policy file')
  })

  it('does not hold yet where the policy of the base counts', async () => {
    const { report, text } = await runOn(section('gate: lint-errors < 2'), section('gate: lint-errors < 9'), {
      'policy-ref': 'base',
    })
    expect(text).toContain('`lint-errors < 2` → `lint-errors < 9`. It holds once it is merged.')
    expect(report.rules.map(({ rule }) => rule.text)).toContain('lint-errors < 2')
  })
})

const entry = (fingerprint: string) => ({ path: 'a.py', tool: 'calm', rule: 'r', fingerprint, count: 1 })
const baseline = (...fingerprints: readonly string[]): Tree => ({
  '.github/ci-actions-baseline.json': JSON.stringify({ version: 1, findings: fingerprints.map(entry) }),
})

describe('a change of the baseline', () => {
  it('counts what it adds', async () => {
    const { text } = await runOn(baseline('a'), baseline('b', 'c'))
    expect(text).toContain(
      'The baseline `.github/ci-actions-baseline.json` gains 2 findings that no longer count as new.',
    )
  })
  it('says nothing about what it removes', async () => {
    expect((await runOn(baseline('a', 'b'), baseline('a'))).text).not.toContain('gains')
  })
  it('says nothing about repairing a broken one', async () => {
    const broken = { '.github/ci-actions-baseline.json': '{' }
    expect((await runOn(broken, baseline())).report.verdict).toBe('passed')
  })
})

describe('a change of configuration', () => {
  it('names the tool that is configured no longer', async () => {
    const { text } = await runOn({ 'pyproject.toml': '[tool.calm]\n' }, { 'pyproject.toml': '' })
    expect(text).toContain('Calm is no longer configured; the base configures it in pyproject.toml.')
  })

  it('names the settings of tools that it edits, and no others', async () => {
    const { text } = await runOn(
      { 'pyproject.toml': '[project]\nname = "a"\n[tool.calm]\nselect = ["A"]\n' },
      { 'pyproject.toml': '[project]\nname = "b"\n[tool.calm]\nselect = ["A"]\nignore = ["B"]\n' },
    )
    expect(text).toContain('Settings of tools in `pyproject.toml`: `tool.calm.ignore`: not set → `["B"]`.')
    expect(text).not.toContain('name')
  })

  it('shows no file outside through a link', async () => {
    const outside = scratchRepository({ 'secret.toml': '[tool.calm]\nkey = "hidden"\n' })
    commitTree(repository, { 'pyproject.toml': '[tool.calm]\n' }, 'base')
    git(repository, 'rm', '--quiet', 'pyproject.toml')
    await nodeFiles.remove(`${repository}/pyproject.toml`)
    symlinkSync(`${outside}/secret.toml`, `${repository}/pyproject.toml`)
    const { text } = await runOn({}, { 'b.py': 'b = 1\n' }, { base: 'HEAD~2' })
    expect(text).not.toContain('hidden')
  })
})

it('names files that attributes take out of all checks', async () => {
  const { text } = await runOn(
    { '.gitattributes': '*.png binary\n' },
    { '.gitattributes': '*.png binary\nlegacy/** linguist-generated\n' },
  )
  expect(text).toContain('`.gitattributes` takes files out of all checks: `legacy/** linguist-generated`.')
})

it('judges by the baseline of the base where the policy of the base counts', async () => {
  const stale = '1 entry of the baseline'
  expect((await runOn(baseline(), baseline('a'))).text).toContain(stale)
  expect((await runOn(baseline(), baseline('a'), { 'policy-ref': 'base' })).text).not.toContain(stale)
})
