import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTools } from './run-tools.ts'
import { openStage, scriptTool } from './test/stage.ts'

test('what tools print is left in the report folder, without secrets', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  stage.host.runner.mask('hunter2-hunter2')
  await runTools(await stage.request([scriptTool('console.log("key hunter2-hunter2"); console.error("b")')]))
  const kept = await readFile(join(stage.reportFolder, 'raw', 'script.stdout'), 'utf8')
  expect(kept).toMatch(/^key /)
  expect(kept).not.toContain('hunter2')
  expect(await readFile(join(stage.reportFolder, 'raw', 'script.stderr'), 'utf8')).toBe('b\n')
})

test('of JSON is left what the tool wants kept, and of standard output nothing else', async () => {
  const printed = (text: string, id: string) =>
    scriptTool(`console.log(${JSON.stringify(text)}); console.error("said")`, {
      id,
      parse: async () => ({ findings: [] }),
      asEvidence: (key, value) => (key === 'lines' ? undefined : value),
    })
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  stage.host.runner.mask('hunter2-ä')
  const whole = JSON.stringify({ list: [{ lines: 'of the source', at: 1 }], key: 'hunter2-ä' })
  await runTools(
    await stage.request([
      printed(whole.replace('ä', '\\u00e4'), 'whole'),
      printed(whole.slice(0, -5), 'cut'),
    ]),
  )
  const kept = (name: string) => readFile(join(stage.reportFolder, 'raw', name), 'utf8')
  expect(JSON.parse(await kept('whole.stdout'))).toEqual({ list: [{ at: 1 }], key: '***' })
  expect(await kept('whole.stderr')).toBe('said\n')
  await expect(kept('cut.stdout')).rejects.toThrow()
  expect(await kept('cut.stderr')).toBe('said\n')
})

test('the log says nothing of what a tool printed before the others are done', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const early = scriptTool('console.error("key hunter2-hunter2"); process.exitCode = 9', { id: 'early' })
  const secret = { kind: 'secret', claims: [], secret: { value: 'hunter2-hunter2' } } as const
  const late = scriptTool('setTimeout(() => console.log("x"), 1000)', {
    id: 'late',
    parse: async () => ({ findings: [{ rule: 'key', level: 'error', message: 'a key', security: secret }] }),
  })
  const [outcome] = await runTools(await stage.request([early, late], { secretKey: 'k' }))
  expect(outcome?.run.why).toContain('hunter2')
  const { lines } = stage.host.recorded
  expect(lines.filter(({ text }) => text.includes('hunter2'))).toEqual([])
  expect(lines.filter(({ kind, text }) => kind === 'raw' && text.includes('key ***'))).toHaveLength(1)
  const titles = lines.flatMap(({ kind, text }) =>
    kind === 'debug' || kind === 'raw' ? [] : `${kind}: ${text}`,
  )
  expect(
    titles.map((each) => each.replace(/ in .*| [\d.]+(?=:)/g, '')).filter((each) => /Script/.test(each)),
  ).toEqual([
    'log: Script: failed',
    'log: Script: 1 finding',
    'group: Script: failed',
    'group: Script: 1 finding',
  ])
})

test('nothing is left of what names people', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const tool = scriptTool('console.log("dev@example.test")', { confidential: true })
  const [outcome] = await runTools(await stage.request([tool]))
  expect(outcome?.run.status).toBe('clean')
  await expect(access(join(stage.reportFolder, 'raw', 'script.stdout'))).rejects.toThrow()
})
