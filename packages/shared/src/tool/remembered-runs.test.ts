import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRemembered } from './remembered.ts'
import { runTools } from './run-tools.ts'
import type { Stage } from './test/stage.ts'
import { openStage, scriptTool } from './test/stage.ts'
import type { Tool } from './tool.ts'

/** A line `bad` is a finding; it also measures lines, says something about its configuration and about odd files. */
const script = `
const { readFileSync } = require('fs')
const results = process.argv.slice(1).map((path) => {
  const lines = readFileSync(path, 'utf8').split('\\n')
  return { path, lines: lines.length, odd: lines.includes('odd'), bad: lines.flatMap((line, at) => (line === 'bad' ? [at + 1] : [])) }
})
console.log(JSON.stringify(results))
`

interface Printed {
  readonly path: string
  readonly lines: number
  readonly odd: boolean
  readonly bad: readonly number[]
}

const lineTool: Tool = scriptTool(script, {
  id: 'lines',
  scope: 'file',
  parse: async ({ stdout }) => {
    const printed: readonly Printed[] = JSON.parse(await stdout.text())
    return {
      findings: printed.flatMap(({ path, bad }) =>
        bad.map((line) => ({
          rule: 'bad',
          level: 'error' as const,
          message: 'bad line',
          location: { path, line },
        })),
      ),
      measurements: printed.map(({ path, lines }) => ({ metric: 'lines', value: lines, path })),
      notices: [
        { level: 'notice' as const, message: 'an old key in the configuration' },
        ...printed
          .filter(({ odd }) => odd)
          .map(({ path }) => ({ level: 'warning' as const, message: `${path} is odd` })),
      ],
      filesChecked: printed.length,
    }
  },
})

const names = ['a.py', 'b.py', 'pkg/c.py', 'pkg/d.py', 'pkg/__init__.py'] as const
const content = fc
  .array(fc.constantFrom('bad', 'good', 'odd', ''), { maxLength: 4 })
  .map((lines) => lines.join('\n'))
const tree = fc.record(Object.fromEntries(names.map((name) => [name, content])))

async function run(
  stage: Stage,
  files: readonly string[],
  cache: 'file' | 'off',
  folder: string,
  tool: Tool = lineTool,
) {
  const remembered = await openRemembered(stage.host, join(stage.root, '..', folder))
  const request = await stage.request([{ tool, files }], { cache, remembered })
  const [first] = request.plan.packages
  if (first === undefined) throw new Error('no package')
  const plan = { ...request.plan, packages: [{ ...first, project: stage.project(names) }] }
  const [outcome] = await runTools({ ...request, plan })
  await remembered.save()
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}

function comparable(outcome: Awaited<ReturnType<typeof run>>) {
  const { findings, measurements, run: done } = outcome
  const notices = done.notices.map(({ message }) => message).sort()
  return { findings, measurements, notices, status: done.status, why: done.why }
}

describe('remembered results', () => {
  test('with any of the files remembered, the result is that of a fresh run', async () => {
    const stage = await openStage()
    let round = 0
    await fc.assert(
      fc.asyncProperty(
        tree,
        tree,
        fc.subarray([...names], { minLength: 1 }),
        fc.subarray([...names]),
        async (before, after, known, changed) => {
          round += 1
          await stage.write(before)
          await run(stage, known, 'file', `store-${round}`)
          for (const name of changed) await stage.write({ [name]: after[name] ?? '' })
          const partly = await run(stage, names, 'file', `store-${round}`)
          const fresh = await run(stage, names, 'off', 'none')
          expect(comparable(partly)).toEqual(comparable(fresh))
          const same = names.filter(
            (name) => known.includes(name) && (!changed.includes(name) || before[name] === after[name]),
          )
          expect(partly.run.remembered).toBe(same.length)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('nothing is started when everything is remembered', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad', 'b.py': '' })
    const first = await run(stage, ['a.py', 'b.py'], 'file', 'store')
    const second = await run(stage, ['a.py', 'b.py'], 'file', 'store')
    expect(second.run).toMatchObject({ status: 'findings', remembered: 2, files: 2, commands: [] })
    expect(comparable(second)).toEqual(comparable(first))
  })

  test('a damaged line is a miss, whatever is damaged', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad', 'b.py': 'bad' })
    const fresh = await run(stage, ['a.py', 'b.py'], 'file', 'store')
    const file = join(stage.root, '..', 'store', 'lines.jsonl')
    const whole = await readFile(file, 'utf8')
    expect(whole).toContain('bad line')
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.constantFrom('', 'x', '"', '\n', '}'),
        async (at, letter) => {
          await writeFile(file, whole.slice(0, at) + letter + whole.slice(at + 1))
          const again = await run(stage, ['a.py', 'b.py'], 'file', 'store')
          expect(comparable(again)).toEqual(comparable(fresh))
        },
      ),
      { numRuns: 30 },
    )
    await writeFile(file, whole.replaceAll('bad line', 'mad line'))
    expect(comparable(await run(stage, ['a.py', 'b.py'], 'file', 'store'))).toEqual(comparable(fresh))
  })

  test('a configuration file anywhere makes everything be looked at again', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad' })
    await run(stage, ['a.py'], 'file', 'store')
    const request = await stage.request([{ tool: lineTool, files: ['a.py'] }], {
      cache: 'file',
      remembered: await openRemembered(stage.host, join(stage.root, '..', 'store')),
    })
    await stage.write({ 'pkg/ruff.toml': 'line-length = 99' })
    const project = stage.project([...names, 'pkg/ruff.toml'])
    const [first] = request.plan.packages
    if (first === undefined) throw new Error('no package')
    const [outcome] = await runTools({
      ...request,
      plan: { ...request.plan, packages: [{ ...first, project }] },
    })
    expect(outcome?.run.remembered).toBe(0)
  })

  test('a failed run is not remembered', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad' })
    const broken: Tool = {
      ...lineTool,
      parse: () => ({ findings: [], notices: [{ level: 'failed', message: 'no plugin' }] }),
    }
    expect((await run(stage, ['a.py'], 'file', 'store', broken)).run.status).toBe('failed')
    expect((await run(stage, ['a.py'], 'file', 'store')).run.remembered).toBe(0)
  })

  test('a finding that belongs to no file keeps the run from being remembered', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad' })
    const vague: Tool = {
      ...lineTool,
      parse: () => ({ findings: [{ rule: 'R', level: 'error', message: 'somewhere' }] }),
    }
    await run(stage, ['a.py'], 'file', 'store', vague)
    const again = await run(stage, ['a.py'], 'file', 'store', vague)
    expect(again.run).toMatchObject({ remembered: 0, findings: 1 })
  })

  test('a file with a secret is looked at each time, and nothing of the secret is kept', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad', 'b.py': '' })
    const finder: Tool = {
      ...lineTool,
      parse: () => ({
        findings: [
          {
            rule: 'password',
            level: 'error',
            message: 'A password',
            location: { path: 'a.py', line: 1 },
            security: { kind: 'secret', claims: [], secret: { value: 'hunter2hunter2' } },
          },
        ],
      }),
    }
    await run(stage, ['a.py', 'b.py'], 'file', 'store', finder)
    const again = await run(stage, ['a.py', 'b.py'], 'file', 'store', finder)
    expect(again.run).toMatchObject({ remembered: 1, findings: 1 })
    const kept = await readFile(join(stage.root, '../store', 'lines.jsonl'), 'utf8')
    expect(kept).not.toMatch(/password|secret/i)
  })

  test('a tool that sees the whole project is never remembered', async () => {
    const stage = await openStage()
    await stage.write({ 'a.py': 'bad' })
    const whole: Tool = { ...lineTool, scope: 'project' }
    await run(stage, ['a.py'], 'file', 'store', whole)
    expect((await run(stage, ['a.py'], 'file', 'store', whole)).run.remembered).toBe(0)
  })
})
