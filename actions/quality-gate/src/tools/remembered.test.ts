import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gatherProject } from '../../../../packages/shared/src/check/gather.ts'
import { localHost } from '../../../../packages/shared/src/host/index.ts'
import type { Host } from '../../../../packages/shared/src/host/ports.ts'
import { openRemembered } from '../../../../packages/shared/src/tool/remembered.ts'
import { runTools } from '../../../../packages/shared/src/tool/run-tools.ts'
import { tools } from './index.ts'
import { locks } from './locks.ts'

type Tree = Readonly<Record<string, string>>

const perFile = tools.filter((tool) => tool.scope === 'file')

const before: Tree = {
  'app/__init__.py': '"""App."""\n',
  'app/main.py':
    'import os\nimport requests\nimport data\nimport helper\nfrom three import x\n\n\ndef f(a):\n    return {  "a":a }\n',
  'app/match.py': 'def g(a: int) -> int:\n    """G."""\n    if a:\n        return 1\n    return 2\n',
  'scripts/run.py': 'import sys, os\nimport three\nimport requests\nprint( sys )\n',
  'checks/naming.py': checkWith('X100'),
  'lib/one.py': 'import one\nimport two\nimport requests\n',
  'pyproject.toml':
    '[tool.isort]\nsrc_paths = ["lib"]\n[tool.ruff]\nsrc = ["lib"]\n[tool.ruff.lint]\nselect = ["E", "F", "I", "INP", "ERA"]\n[tool.black]\nline-length = 60\n',
  '.flake8':
    '[flake8]\nselect = E,F,W,X1\n[flake8:local-plugins]\nextension =\n    X1 = naming:Naming\npaths = ./checks\n',
}

/** A plugin of Flake8 that stands in the project and finds one thing in each file. */
function checkWith(code: string): string {
  return `class Naming:\n    def __init__(self, tree):\n        pass\n\n    def run(self):\n        yield 1, 0, "${code} odd", type(self)\n`
}

/** Each changes what some tool says about files that are not changed themselves. */
const changes: Readonly<Record<string, Tree>> = {
  'a file': { 'app/main.py': 'import sys\nimport os\n' },
  'a file that does not parse': { 'app/match.py': 'def (:\n' },
  'a package where there was none': { 'scripts/__init__.py': '' },
  'a module among the sources of the configuration': { 'lib/two.py': '' },
  'a module at the top': { 'helper.py': '' },
  'a folder without Python': { 'data/rows.csv': '1\n' },
  'a module below src': { 'src/three.py': '' },
  'the plugin in the project': { 'checks/naming.py': checkWith('X101') },
  'configuration in a folder': { 'app/ruff.toml': 'extend = "../base.toml"\n' },
  'what it extends': {
    'base.toml': '[lint]\nselect = ["F", "T20"]\n',
    'app/ruff.toml': 'extend = "../base.toml"\n',
  },
  'rules for single files': { '.flake8': '[flake8]\nper-file-ignores =\n    scripts/*: E\n' },
  'another line length': { 'tox.ini': '[flake8]\nmax-line-length = 20\n' },
}

let host: Host
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'remembered-tools-')))
const root = join(folder, 'repository')
beforeAll(async () => {
  host = await localHost({ cwd: folder, inputs: {}, debug: false, progress: () => {} })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What all tools say about a tree, with results remembered in \`store\` or none at all. */
async function look(tree: Tree, store: string | undefined) {
  rmSync(root, { recursive: true, force: true })
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const project = await gatherProject(host, {
    ...{ workspace: root, name: '', folder: '', files: Object.keys(tree), leftOut: new Set<string>() },
    ...{ paths: [], exclude: [] },
  })
  const planned = perFile.map((tool) => ({
    ...{ tool, runs: true as const, files: project.pythonFiles, because: 'test', args: [], optional: false },
    ...{ timeoutSeconds: 60, notices: tool.notices?.(project) ?? [] },
  }))
  const remembered = await openRemembered(host, join(folder, store ?? 'none'))
  const outcomes = await runTools({
    plan: { packages: [{ project, tools: planned }], settings: { 'complexity-limit': 1 } },
    ...{
      host,
      workspace: root,
      reportFolder: join(folder, 'report'),
      locks,
      offline: false,
      lockedOnly: false,
    },
    cache: store === undefined ? 'off' : 'file',
    ...{ environments: new Map(), fix: false, remembered, role: 'head', toolCaches: join(folder, 'caches') },
  })
  await remembered.save()
  return outcomes.map(({ tool, run, findings, measurements }) => ({
    said: { tool: tool.id, status: run.status, why: run.why, notices: run.notices, findings, measurements },
    remembered: run.remembered,
  }))
}

it('says the same about a tree with any results remembered as about a fresh one', async () => {
  const first = await look(before, 'store')
  expect(first.map(({ said }) => [said.tool, said.status, said.why])).toEqual(
    perFile.map(({ id }) => [id, expect.stringMatching(/^(findings|clean)$/), undefined]),
  )
  const again = await look(before, 'store')
  expect(again.map(({ remembered }) => remembered)).toEqual(perFile.map(() => 6))
  expect(again.map(({ said }) => said)).toEqual(first.map(({ said }) => said))
  const some = fc.subarray(Object.keys(changes), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(some, async (names) => {
      const tree = Object.assign({}, before, ...names.map((name) => changes[name]))
      const partly = await look(tree, 'store')
      expect(partly.map(({ said }) => said)).toEqual((await look(tree, undefined)).map(({ said }) => said))
    }),
    { numRuns: 4, endOnFailure: true },
  )
}, 120_000)
