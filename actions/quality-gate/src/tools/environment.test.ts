import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf } from '../../../../test/tools/run-case.ts'
import type { Summary } from '../../../../test/tools/summary.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { tools } from './index.ts'

const windows = process.platform === 'win32'
const folder = mkdtempSync(join(tmpdir(), 'project-environment-'))
const environment = join(folder, 'environment')
const python = join(environment, windows ? 'Scripts/python.exe' : 'bin/python')
/** One package as an index installs it, one as `pip install --editable` with a path file does. */
const dependency = 'def known(value: int) -> int:\n    """Give it back."""\n    return value\n'

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
  execFileSync(windows ? 'python' : 'python3', ['-m', 'venv', '--without-pip', environment])
  const installed = windows
    ? join(environment, 'Lib/site-packages')
    : join(environment, 'lib', readdirSync(join(environment, 'lib'))[0] ?? '', 'site-packages')
  write(join(installed, 'installed_package/__init__.py'), dependency)
  write(join(installed, 'installed_package/py.typed'), '')
  write(join(folder, 'sources/editable_package/__init__.py'), dependency)
  write(join(folder, 'sources/editable_package/py.typed'), '')
  write(join(installed, 'editable.pth'), `${join(folder, 'sources')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const toolCase: ToolCase = {
  name: 'imports',
  files: {
    'app.py': `"""Uses what is installed."""

import editable_package
import installed_package

print(installed_package.known(1), editable_package.known(2))
print(installed_package.unknown(1))
`,
  },
}

async function look(
  id: string,
  changes: { python?: string },
  configuration: ToolCase['files'] = {},
): Promise<Summary> {
  const tool = tools.find((each) => each.id === id)
  if (tool === undefined) throw new Error(`no tool ${id}`)
  expect(tool.needsEnvironment).toBe(true)
  const { request, recordings } = await runner.run(
    tool,
    { ...toolCase, files: { ...toolCase.files, ...configuration } },
    changes,
  )
  return summarise(
    tool,
    recordings.map((recording) => outputOf(request, recording)),
  )
}

describe.each([
  ['mypy', 'import-not-found', 'type-errors attr-defined app.py:7'],
  ['pyright', 'reportMissingImports', 'type-errors reportAttributeAccessIssue app.py:7'],
  ['pylint', 'import-error', 'lint-errors no-member app.py:7'],
])('%s', (id, unresolved, misuse) => {
  it('sees what is installed in the environment of the project', async () => {
    expect(await look(id, { python })).toMatchObject({ status: 'findings', findings: [misuse] })
  })

  it('counts what is not installed as unresolved, and as no error of its own', async () => {
    expect((await look(id, {})).findings).toEqual([
      `unresolved-imports ${unresolved} app.py:3`,
      `unresolved-imports ${unresolved} app.py:4`,
    ])
  })
})

it('fails where the environment of the project does not answer', async () => {
  const { status, messages } = await look('pylint', { python: join(folder, 'gone', 'python') })
  expect(status).toBe('failed')
  expect(messages.join('\n')).toContain(join('gone', 'python'))
})

it.each([
  ['mypy', { 'mypy.ini': '[mypy]\npython_executable = other/bin/python\n' }, '`python_executable`'],
  ['pyright', { 'pyrightconfig.json': '{ "venvPath": ".", "venv": "other" }\n' }, '`venv`'],
])('%s says that the environment that the project names is passed over', async (id, files, setting) => {
  const { status, messages } = await look(id, { python }, files)
  expect(status).toBe('findings')
  expect(messages.join('\n')).toContain(`${setting} has no effect here`)
})
