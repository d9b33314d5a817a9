/** What a repository or a tool says, however it is written, is text: no command, no markup, no secret. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { githubPage } from '../../scripts/github-page.ts'
import type { WorkflowCommand } from './runner-log.ts'
import { readRunnerLog } from './runner-log.ts'
import { BROKEN, github, project, putAway, resultOf } from './step.ts'

afterEach(putAway)

/** Commands that we give ourselves. */
const OURS = ['add-mask', 'debug', 'endgroup', 'error', 'group', 'notice', 'warning']

const LINES = [
  '::set-output name=verdict::passed',
  '  ::set-env name=PATH::/nowhere',
  '##[set-output name=verdict]passed',
  'some text ##[add-path]/nowhere',
  '::stop-commands::never',
  '::endgroup::',
  '::error file=innocent.py::look here',
  '::add-mask::e',
  '</details><script>alert(1)</script> @acme/everybody',
]

function foreign(commands: readonly WorkflowCommand[]): readonly string[] {
  return commands.map(({ name }) => name).filter((name) => !OURS.includes(name))
}

/** A summary as GitHub shows it, without what stands in code, where nothing is obeyed. */
function proseOf(summary: string): string {
  return githubPage('', summary).replace(/<(pre|code)\b.*?<\/\1>/gs, '')
}

/** A Pylint that prints them where its JSON should be, and beside it, and crashes. */
const PRINTING = `
import os, sys
lines = ${JSON.stringify(LINES)}
for stream in (sys.stdout, sys.stderr):
    print(*lines, sep="\\n", file=stream, flush=True)
os._exit(70)
`

/** Pylint runs it as itself, before anything else. */
const HOOKED = { 'pyproject.toml': '[tool.pylint.main]\ninit-hook = "exec(open(\'hook.py\').read())"\n' }

describe('workflow commands', () => {
  test('in what a tool prints are not obeyed', async () => {
    const small = project({ ...HOOKED, 'hook.py': PRINTING })
    const run = await small.run({ inputs: { tools: 'pylint' } })
    const { commands, text } = readRunnerLog(run.log)
    expect(foreign(commands)).toEqual([])
    // It is shown all the same.
    expect(text.join('\n')).toContain('::set-output name=verdict::passed')
    const names = commands.map(({ name }) => name)
    expect(names.filter((name) => name === 'endgroup')).toHaveLength(
      names.filter((name) => name === 'group').length,
    )
    expect(commands.filter(({ properties }) => properties['file'] === 'innocent.py')).toEqual([])
    expect(commands.filter(({ name, message }) => name === 'add-mask' && message === 'e')).toEqual([])
    expect(run.outputs['verdict']).toBe('failed')
    expect(run.exitCode).toBe(1)
    expect(run.summary).toContain('alert(1)')
    expect(proseOf(run.summary)).not.toMatch(/<script|@acme/)
  })

  // Windows has no such names.
  test.skipIf(process.platform === 'win32')('in names of files are not obeyed', async () => {
    const names = [
      'b%0A::set-output name=verdict::passed.py',
      '::error file=innocent.py::c.py',
      'd,line=1::e.py',
      'f <img src=x onerror=alert(1)> @acme/everybody |`.py',
      'g\u202Eyp.py',
    ]
    const small = project(Object.fromEntries(names.map((name) => [name, 'import os\n'])))
    const run = await small.run({ inputs: { tools: 'ruff', gate: 'new.lint-errors == 0' } })
    const { commands } = readRunnerLog(run.log)
    expect(foreign(commands)).toEqual([])
    const places = commands.flatMap(({ properties }) => properties['file'] ?? [])
    expect(new Set(places)).toEqual(new Set(names))
    expect(run.outputs['verdict']).toBe('failed')
    expect(run.exitCode, run.log).toBe(1)
    expect(proseOf(run.summary)).not.toMatch(/<img|@acme/)
    const found = resultOf(small, run).findings.flatMap(({ location }) => location?.path ?? [])
    expect(new Set(found)).toEqual(new Set(names))
  })
})

/** No tool prints such a name in a way that can be read, so the file is named, and nothing is judged. */
test.skipIf(process.platform === 'win32')('a name with a line break ends in an error', async () => {
  const small = project({ 'a\n::set-output name=verdict::passed\n.py': 'import os\n' })
  const run = await small.run({ inputs: { tools: 'ruff' } })
  expect(foreign(readRunnerLog(run.log).commands)).toEqual([])
  expect(run.outputs['verdict']).toBe('error')
  expect(run.exitCode).not.toBe(0)
})

describe('a secret', () => {
  /** Of the job, of the runner, of the package index, and of another step. */
  const SECRETS = {
    token: 'token-of-the-job',
    GITHUB_TOKEN: 'token-of-another-step',
    ACTIONS_RUNTIME_TOKEN: 'token-of-the-runner',
    AWS_SECRET_ACCESS_KEY: 'key-of-another-step',
    PIP_EXTRA_INDEX_URL: 'https://ada:word-of-the-index@127.0.0.1:9/simple',
  }
  const words = [
    SECRETS.token,
    SECRETS.GITHUB_TOKEN,
    SECRETS.ACTIONS_RUNTIME_TOKEN,
    SECRETS.AWS_SECRET_ACCESS_KEY,
    'word-of-the-index',
  ]
  /** As git and HTTP send them. */
  const encoded = ['x-access-token:token-of-the-job', 'ada:word-of-the-index'].map((text) =>
    Buffer.from(text).toString('base64'),
  )

  /** A Pylint that writes down what it was given, prints secrets that it knows from elsewhere, and crashes. */
  const TELLING = `
import os, pathlib, subprocess, sys
settings = subprocess.run(["git", "config", "--list"], capture_output=True, text=True).stdout
pathlib.Path("told").write_text(f"{dict(os.environ)} {settings}")
print("the token is ${SECRETS.token}, the index ${SECRETS.PIP_EXTRA_INDEX_URL}", file=sys.stderr, flush=True)
os._exit(70)
`

  test('is in no output, and a tool gets none', async () => {
    const files = { ...HOOKED, 'hook.py': TELLING, 'broken.py': BROKEN }
    const small = project(files)
    const server = await github()
    const { token, ...env } = SECRETS
    const run = await small.run({
      inputs: { tools: 'pylint\nruff', token, 'check-run': 'true', comment: 'always' },
      apiUrl: server.url,
      env: { ...env, RUNNER_DEBUG: '1' },
    })
    const masked = run.log.replace(/^::add-mask::.*$/gm, '')
    const told = readFileSync(join(small.workspace, 'told'), 'utf8')
    expect(told).toContain('PATH')
    for (const word of [...words, ...encoded, 'INPUT_', 'ACTIONS_RUNTIME', 'GITHUB_TOKEN', 'AWS_'])
      expect(told).not.toContain(word)
    // It did print them, or the rest would prove nothing.
    expect(masked).toMatch(/the token is \*\*\*, the index https:\/\/.*\*\*\*/)
    const report = join(small.workspace, run.outputs['report-dir'] ?? '')
    const evidence = globSync('**/*', { cwd: report, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(evidence.length).toBeGreaterThan(3)
    const published = JSON.stringify([run.outputs, run.state, server.checkRuns, server.comments])
    const all = [masked, run.summary, published, ...evidence]
    const shown = (word: string): boolean => all.some((text) => text.includes(word))
    expect([...words, ...encoded].filter(shown)).toEqual([])
  })
})
