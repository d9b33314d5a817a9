import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ToolOutputError } from '../action/errors.ts'
import { runTools } from './run-tools.ts'
import type { planned } from './test/stage.ts'
import { openStage, scriptTool } from './test/stage.ts'
import type { Tool } from './tool.ts'

/** Prints one JSON list of findings; `parse` believes it. */
const lister: Partial<Tool> = {
  parse: async ({ stdout }) => {
    const text = await stdout.text()
    try {
      return { findings: JSON.parse(text) }
    } catch {
      throw new ToolOutputError(`not JSON: ${text.slice(0, 20)}`)
    }
  },
}

async function outcomeOf(
  tool: Parameters<typeof planned>[0],
  files: Record<string, string> = { 'a.py': 'x = 1\n' },
) {
  const stage = await openStage()
  await stage.write(files)
  const [outcome] = await runTools(await stage.request([tool]))
  if (outcome === undefined) throw new Error('no outcome')
  return { stage, outcome }
}

describe('a tool that looks at nothing but the environment', () => {
  const plan = { tool: scriptTool('console.log("[]")', lister), withoutEnvironment: 'There is none.' }

  test.each([
    ['none', { status: 'not-applicable', why: 'There is none.', commands: [] }],
    ['venv', { status: 'clean' }],
  ] as const)('with an environment of the kind %s', async (kind, expected) => {
    const stage = await openStage()
    await stage.write({ 'a.py': '' })
    const environment = { python: process.execPath, kind, name: '', digest: '', message: '' }
    const environments = new Map([['', environment]])
    const [outcome] = await runTools(await stage.request([plan], { environments }))
    expect(outcome?.run).toMatchObject(expected)
  })

  test('does not apply where nobody looked for one', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': '' })
    const [outcome] = await runTools(await stage.request([plan]))
    expect(outcome?.run.status).toBe('not-applicable')
  })
})

describe('a tool that did its work', () => {
  test('gives findings in the terms of the repository', async () => {
    const raw = [
      { rule: 'E1', level: 'error', message: 'two\nlines', location: { path: './a.py', line: 2, column: 2 } },
    ]
    const { outcome } = await outcomeOf(
      scriptTool(`console.log(${JSON.stringify(JSON.stringify(raw))})`, lister),
      { 'a.py': 'x\n𝕏y = 1\n' },
    )
    expect(outcome.run).toMatchObject({ status: 'findings', findings: 1, files: 1, remembered: 0 })
    expect(outcome.findings[0]?.location).toEqual({ path: 'a.py', line: 2, column: 3 })
    expect(outcome.run.commands[0]).toMatchObject({ exitCode: 0, ended: 'exited' })
  })

  test('is clean without findings', async () => {
    const { outcome } = await outcomeOf(scriptTool('console.log("[]")', lister))
    expect(outcome.run.status).toBe('clean')
  })

  test('is split where the command line is too short, and its parts are put together', async () => {
    const files = Array.from({ length: 3000 }, (_, index) => `folder/${'x'.repeat(60)}${index}.py`)
    const script =
      'const files = process.argv.slice(1); console.log(JSON.stringify(files.map((path) => ({ rule: "R", level: "note", message: "m", location: { path } }))))'
    const { outcome } = await outcomeOf({ tool: scriptTool(script, lister), files })
    expect(outcome.run.commands.length).toBeGreaterThan(1)
    expect(outcome.findings.map((finding) => finding.location?.path)).toEqual([...files].sort())
    expect(outcome.run.status).toBe('findings')
  })
})

describe('a tool that did not', () => {
  test.each([
    ['crashes', 'process.stderr.write("boom\\n"); process.exit(42)', /exit code 42[\s\S]*boom/],
    ['prints half a JSON', `process.stdout.write('[{"rule":')`, /cannot be trusted: not JSON/],
    ['is killed for memory', 'process.kill(process.pid, "SIGKILL")', /memory/],
  ])('and %s is failed, in words', async (_, script, words) => {
    const { outcome } = await outcomeOf(scriptTool(script, lister))
    expect(outcome.run.status).toBe('failed')
    expect(outcome.run.why).toMatch(words)
    expect(outcome.findings).toEqual([])
  })

  test('and hangs is stopped with all that it started', async () => {
    const stage = await openStage()
    const alive = join(stage.root, 'alive')
    const grandchild = `setInterval(() => require('fs').writeFileSync(${JSON.stringify(alive)}, ''), 50)`
    const script = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
    const [outcome] = await runTools(await stage.request([{ tool: scriptTool(script), timeoutSeconds: 1 }]))
    expect(outcome?.run).toMatchObject({ status: 'failed', why: expect.stringContaining('within 1 s') })
    await stage.host.files.remove(alive)
    await sleep(300)
    await expect(access(alive)).rejects.toThrow()
  })

  test('and is cancelled says so, as do those that were waiting', async () => {
    const stage = await openStage()
    const tools = ['one', 'two', 'three'].map((id) => scriptTool('setInterval(() => {}, 1000)', { id }))
    const request = await stage.request(tools)
    const started = Date.now()
    const outcomes = runTools(request)
    setTimeout(() => stage.cancel(), 500)
    expect((await outcomes).map(({ run }) => run.why)).toEqual(
      tools.map(() => expect.stringContaining('cancelled')),
    )
    expect(Date.now() - started).toBeLessThan(4000)
  })

  test('and is not there is failed', async () => {
    const { outcome } = await outcomeOf(
      scriptTool('', { install: { kind: 'present', executable: 'no-such-tool' } }),
    )
    expect(outcome.run).toMatchObject({ status: 'failed', why: expect.stringContaining('no-such-tool') })
  })

  test('and looked at no file is failed, but not for want of files', async () => {
    const none: Partial<Tool> = { parse: () => ({ findings: [], filesChecked: 0 }) }
    const { outcome } = await outcomeOf(scriptTool('', none))
    expect(outcome.run).toMatchObject({ status: 'failed', why: expect.stringContaining('looked at no file') })
    const { outcome: empty } = await outcomeOf({ tool: scriptTool('', none), files: [] })
    expect(empty.run.status).toBe('clean')
  })

  test('and whose parser has a bug is failed, with the stack for debugging only', async () => {
    const parse = () => {
      throw new TypeError('x is not a function')
    }
    const { stage, outcome } = await outcomeOf(scriptTool('', { parse }))
    expect(outcome.run).toMatchObject({ status: 'failed', why: expect.stringContaining('cannot be read') })
    expect(outcome.run.why).not.toContain('run-tools.test')
    expect(stage.host.recorded.lines).toContainEqual({
      kind: 'debug',
      text: expect.stringContaining('run-tools.test'),
    })
  })

  test('and says that it lacks a plugin is failed, with what it found', async () => {
    const result = {
      findings: [{ rule: 'R', level: 'error' as const, message: 'm' }],
      notices: [{ level: 'failed' as const, message: 'plugin bugbear is missing' }],
    }
    const { outcome } = await outcomeOf(scriptTool('', { parse: () => result }))
    expect(outcome.run).toMatchObject({ status: 'failed', why: 'plugin bugbear is missing', findings: 1 })
  })

  test('and prints without end is failed, and our memory stays small', async () => {
    const script =
      'const block = Buffer.alloc(1 << 20, 97); for (let i = 0; i < 300; i += 1) require("fs").writeSync(1, block)'
    const before = process.memoryUsage().rss
    const { outcome } = await outcomeOf(
      scriptTool(script, { parse: async ({ stdout }) => ({ findings: JSON.parse(await stdout.text()) }) }),
    )
    expect(outcome.run).toMatchObject({ status: 'failed', why: expect.stringContaining('more than 256 MiB') })
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000)
  })

  test('does not keep the others from doing theirs, in plan order', async () => {
    const stage = await openStage()
    const tools = [scriptTool('process.exit(3)', { id: 'bad' }), scriptTool('', { id: 'good' })]
    const skipped = {
      tool: scriptTool('', { id: 'off' }),
      runs: false as const,
      status: 'skipped' as const,
      why: 'not wanted',
    }
    const request = await stage.request(tools)
    const [first] = request.plan.packages
    if (first === undefined) throw new Error('no package')
    const plan = { ...request.plan, packages: [{ ...first, tools: [skipped, ...first.tools] }] }
    const outcomes = await runTools({ ...request, plan })
    expect(outcomes.map(({ run }) => [run.id, run.status])).toEqual([
      ['off', 'skipped'],
      ['bad', 'failed'],
      ['good', 'clean'],
    ])
  })
})

describe('fix', () => {
  test('lets tools repair first, one after another, formatters last, and then looks at the result', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': '' })
    const append = (word: string) => `require('fs').appendFileSync('a.py', '${word} ')`
    const fixer = (id: string, kind: string): Tool =>
      scriptTool('', {
        id,
        kind,
        fixes: true,
        invocations: ({ fix }) => [{ args: ['-e', append(fix ? `fix-${id}` : 'look')], exitCodes: [0] }],
      })
    await runTools(await stage.request([fixer('format', 'formatting'), fixer('lint', 'lint')], { fix: true }))
    expect(await readFile(join(stage.root, 'a.py'), 'utf8')).toBe('fix-lint fix-format look look ')
  })
})
