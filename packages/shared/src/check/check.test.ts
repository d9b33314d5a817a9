import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  commitAll,
  commitTree,
  git,
  scratchFolder,
  scratchRepository,
  writeTree,
} from '../git/test/scratch.ts'
import { nodeFiles } from '../host/recording/index.ts'
import type { CheckRun } from './test/stage.ts'
import { check, lineTool } from './test/stage.ts'

function metric(run: CheckRun, name: string, labels: Readonly<Record<string, string>> = {}) {
  const value = run.report.metrics.find(
    (each) => each.name === name && JSON.stringify(each.labels) === JSON.stringify(labels),
  )
  return value && { value: value.value, base: value.base, new: value.new }
}

describe('the verdict', () => {
  test.each([
    ['passed', 'bad\nbad', 0],
    ['failed', 'bad\nbad\nbad', 1],
  ])('is %s by what was measured', async (verdict, text, exitCode) => {
    const run = await check(scratchRepository({ 'a.py': text }))
    expect(run).toMatchObject({ verdict, exitCode })
  })

  test.each([
    ['crash', /exit code 42/],
    ['kill', /SIGKILL/],
    ['half', /cannot be trusted/],
    ['silent', /cannot be trusted/],
  ])('is not green over a tool that does %s', async (text, why) => {
    const run = await check(scratchRepository({ 'a.py': text, 'b.py': 'bad' }))
    expect(run).toMatchObject({ verdict: 'failed', exitCode: 1 })
    expect(run.report.tools).toMatchObject([{ status: 'failed', why: expect.stringMatching(why) }])
    expect(metric(run, 'errors')).toBeUndefined()
  })

  test('is not green where the tools that feed a rule are optional, and all of them fail', async () => {
    const folder = scratchRepository({ 'a.py': 'crash' })
    const tools = [lineTool('one'), lineTool('two')]
    const inputs = { 'optional-tools': 'one\ntwo' }
    expect(await check(folder, inputs, { tools })).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
    const off = await check(folder, { ...inputs, 'default-gate': 'off' }, { tools })
    expect(off).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
    expect(off.report.reasons).toMatchObject([{ code: 'nothing-ran' }])
  })

  test('stands where an optional tool fails beside one that measures the same', async () => {
    const broken = lineTool('broken', {
      invocations: () => [{ args: ['-e', 'process.exit(9)'], exitCodes: [0] }],
    })
    const tools = [lineTool('lines'), broken]
    const run = await check(scratchRepository({ 'a.py': 'bad' }), { 'optional-tools': 'broken' }, { tools })
    expect(run.verdict).toBe('passed')
    expect(run.report.tools.map(({ status }) => status)).toEqual(['findings', 'failed'])
  })

  test('is not taken from a tool that was left out', async () => {
    const tools = [lineTool('one'), lineTool('two')]
    const folder = scratchRepository({ 'a.py': '' })
    const run = await check(folder, { tools: 'one', gate: 'errors.two == 0' }, { tools })
    expect(run.verdict).toBe('incomplete')
    expect(run.said).toContain('`errors.two` was not measured')
    const nobody = await check(folder, { tools: 'one', gate: 'figure > 1' }, { tools })
    expect(nobody).toMatchObject({ verdict: 'incomplete' })
  })

  test('is no verdict where the cache folder cannot be written', async () => {
    const cacheFolder = scratchFolder()
    const denied = async (path: string): Promise<never> => {
      throw Object.assign(new Error(`EACCES: permission denied, '${path}'`), { code: 'EACCES' })
    }
    const files = {
      write: (path: string, content: string | Uint8Array) =>
        path.startsWith(join(cacheFolder, 'results')) ? denied(path) : nodeFiles.write(path, content),
    }
    const tools = [lineTool('lines'), lineTool('whole', { scope: 'project' })]
    const folder = scratchRepository({ 'a.py': 'bad' })
    const run = await check(folder, { cache: 'file' }, { cacheFolder, files, tools })
    expect(run.verdict, run.said).toBe('passed')
    expect(run.host.recorded.log()).toMatch(/could not be stored/)
  })
})

describe('what is new', () => {
  const base = { 'a.py': 'bad a', 'b.py': 'bad b\nx', 'c.py': 'y' }

  test('is known exactly of a tool that looks at single files', async () => {
    const folder = scratchRepository(base)
    git(folder, 'checkout', '-q', '-b', 'topic')
    commitTree(folder, { 'a.py': 'x\nbad a', 'b.py': 'x', 'd.py': 'bad d' })
    const run = await check(folder, { scope: 'new' })
    expect(metric(run, 'errors')).toEqual({ value: 2, base: 2, new: 1 })
    expect(metric(run, 'lines')).toEqual({ value: 5, base: 4, new: undefined })
    expect(run.verdict).toBe('failed')
    expect(run.report.findings.map(({ state, location }) => [location?.path, state])).toEqual([
      ['a.py', 'unchanged'],
      ['d.py', 'new'],
      ['b.py', 'fixed'],
    ])
  })

  test('follows a renamed file, and does not count one that was deleted', async () => {
    const folder = scratchRepository({ ...base, 'long.py': `bad\n${'same\n'.repeat(20)}` })
    git(folder, 'checkout', '-q', '-b', 'topic')
    git(folder, 'mv', 'long.py', 'longer.py')
    git(folder, 'rm', '-q', 'a.py')
    commitAll(folder)
    const run = await check(folder, { scope: 'new' })
    expect(metric(run, 'errors')).toEqual({ value: 2, base: 3, new: 0 })
    expect(run.verdict).toBe('passed')
  })

  test('is told from changed lines where the tool fails on the base', async () => {
    const folder = scratchRepository({ ...base, 'a.py': 'crash' })
    git(folder, 'checkout', '-q', '-b', 'topic')
    commitTree(folder, { 'a.py': 'bad' })
    const run = await check(folder, { scope: 'new' })
    expect(metric(run, 'errors')).toEqual({ value: 2, base: undefined, new: 1 })
    expect(run.report.base?.message).toMatch(/from the lines that changed/)
  })

  test('of a tool that sees the whole project comes from the stored result of the base', async () => {
    const tools = [lineTool('whole', { scope: 'project' })]
    const [folder, cacheFolder] = [scratchRepository(base), scratchFolder()]
    const inputs = { cache: 'file', scope: 'new' }
    await check(folder, inputs, { tools, cacheFolder })
    git(folder, 'checkout', '-q', '-b', 'topic')
    commitTree(folder, { 'c.py': 'bad c', 'a.py': '' })
    const run = await check(folder, inputs, { tools, cacheFolder })
    expect(metric(run, 'errors')).toEqual({ value: 2, base: 2, new: 1 })
    expect(run.report.base?.message).toMatch(/whole from the stored result/)
    const without = await check(folder, inputs, { tools })
    expect(metric(without, 'errors')).toEqual({ value: 2, base: undefined, new: 1 })
  })

  test.each([
    ['no git', (folder: string) => nodeFiles.remove(join(folder, '.git')), /no git repository/],
    ['a base that there is not', async () => undefined, /`nowhere`/],
  ])('is not measured with %s', async (_, spoil, why) => {
    const folder = scratchRepository({ 'a.py': 'bad' })
    await spoil(folder)
    const run = await check(folder, { scope: 'new', base: 'nowhere' })
    expect(run).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
    expect(run.said).toMatch(why)
  })

  test('is not measured, and nothing else suffers, where the base’s files are gone', async () => {
    const folder = scratchRepository({ 'a.py': 'bad', 'b.py': '' })
    const blob = git(folder, 'rev-parse', 'HEAD:a.py')
    git(folder, 'checkout', '-q', '-b', 'topic')
    commitTree(folder, { 'a.py': 'bad\nbad' })
    await nodeFiles.remove(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)))
    const all = await check(folder, { base: 'main' })
    expect(all.verdict, all.said).toBe('passed')
    expect(all.report.base?.message).toMatch(/^No base/)
    const fresh = await check(folder, { base: 'main', scope: 'new' })
    expect(fresh).toMatchObject({ verdict: 'incomplete' })
    expect(fresh.said).toMatch(/base commit cannot be read/)
  })
})

describe('remembered results', () => {
  const names = ['a.py', 'b.py', 'pkg/c.py', 'pkg/__init__.py'] as const
  const content = fc
    .array(fc.constantFrom('bad', 'bad two', 'x', ''), { maxLength: 3 })
    .map((lines) => lines.join('\n'))
  const tree = fc.record(Object.fromEntries(names.map((name) => [name, content])))

  function comparable({ report, verdict }: CheckRun) {
    const { findings, metrics, rules, base } = report
    return { verdict, findings, metrics, rules, base, statuses: report.tools.map(({ status }) => status) }
  }

  test('whatever is remembered, findings, metrics and verdict are those of a fresh run', async () => {
    const tools = [lineTool('lines')]
    await fc.assert(
      fc.asyncProperty(tree, tree, fc.subarray([...names], { minLength: 1 }), async (before, after, seen) => {
        const [folder, cacheFolder] = [scratchRepository(before), scratchFolder()]
        await check(folder, { cache: 'file', paths: seen.join('\n') }, { tools, cacheFolder })
        writeTree(folder, after)
        const inputs = { gate: 'new.errors == 0', base: 'HEAD' }
        const partly = await check(folder, { ...inputs, cache: 'file' }, { tools, cacheFolder })
        const again = await check(folder, { ...inputs, cache: 'file' }, { tools, cacheFolder })
        const fresh = await check(folder, inputs, { tools })
        expect(comparable(partly)).toEqual(comparable(fresh))
        expect(comparable(again)).toEqual(comparable(fresh))
        expect(again.report.tools.map(({ remembered }) => remembered)).toEqual([names.length])
      }),
      { numRuns: 4 },
    )
  })
})

describe('packages', () => {
  const policy = (gate: string) =>
    `sample-check:\n  packages:\n    api: {path: api, gate: ["errors == 0"]}\n    web: {path: web, gate: ["${gate}"]}\n`
  const files = { 'api/a.py': 'x', 'web/w.py': 'bad', 'other/o.py': 'bad\nbad\nbad\nbad' }

  test('are judged apart in one report, and a rule that fails names its package', async () => {
    const folder = scratchRepository({ ...files, '.github/ci-actions.yml': policy('errors == 0') })
    const run = await check(folder)
    expect(run.verdict).toBe('failed')
    expect(run.report.reasons).toMatchObject([
      { rule: 'errors == 0 in web', message: '`errors{package="web"}` is 1, must be 0' },
    ])
    expect(metric(run, 'errors')?.value).toBe(1)
    expect(metric(run, 'errors', { package: 'api' })?.value).toBe(0)
  })

  test('of which one crashes: the other does not speak for it', async () => {
    const folder = scratchRepository({
      ...files,
      'web/w.py': 'crash',
      '.github/ci-actions.yml': policy('errors <= 1'),
    })
    for (const inputs of [{}, { 'optional-tools': 'lines' }] as const) {
      const run = await check(folder, inputs)
      expect(run.verdict).not.toBe('passed')
      expect(run.said).toContain('`errors{package="web"}` was not measured')
      expect(run.report.tools.map(({ package: name, status }) => [name, status])).toEqual([
        ['api', 'clean'],
        ['web', 'failed'],
      ])
    }
  })
})

test('a file that is deleted while the tools run is theirs to miss, not a bug', async () => {
  const folder = scratchRepository({ 'a.py': 'x', 'b.py': 'x' })
  writeFileSync(join(folder, 'c.py'), 'x')
  const remover = lineTool('remover', {
    invocations: () => [{ args: ['-e', 'require("fs").rmSync("b.py"); console.log("[]")'], exitCodes: [0] }],
    parse: () => ({ findings: [] }),
  })
  const run = await check(folder, {}, { tools: [remover, lineTool('lines')], facts: { cores: 1 } })
  expect(run.verdict).toBe('failed')
  expect(run.report.tools).toMatchObject([
    { id: 'remover', status: 'clean' },
    { id: 'lines', status: 'failed', why: expect.stringContaining('cannot be trusted') },
  ])
})
