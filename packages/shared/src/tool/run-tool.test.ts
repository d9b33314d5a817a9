import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { UnavailableError } from '../action/errors.ts'
import { runTools } from './run-tools.ts'
import { openStage, scriptTool } from './test/stage.ts'
import type { Tool } from './tool.ts'

/** What it printed is its only finding. */
const speaker: Partial<Tool> = {
  parse: async ({ stdout }) => ({
    findings: [{ rule: 'R', level: 'note', message: (await stdout.text()).trim() }],
  }),
}

test('a tool gets the files that its adapter writes for it', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const tool = scriptTool('', {
    ...speaker,
    invocations: ({ outputFolder }) => {
      const path = join(outputFolder, 'rules.txt')
      const script = `console.log(require('fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`
      return [{ args: ['-e', script], inputs: { [path]: 'the rules' }, exitCodes: [0] }]
    },
  })
  const [outcome] = await runTools(await stage.request([tool]))
  expect(outcome?.findings[0]?.message).toBe('the rules')
})

test('a tool can run in a folder of its own, which nothing of the project is in', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const tool = scriptTool('', {
    ...speaker,
    invocations: ({ outputFolder }) => {
      const cwd = join(outputFolder, 'own')
      const script = "console.log(require('fs').readdirSync('.').join())"
      return [{ args: ['-e', script], cwd, inputs: { [join(cwd, 'rules.txt')]: '' }, exitCodes: [0] }]
    },
  })
  const [outcome] = await runTools(await stage.request([tool]))
  expect(outcome?.findings[0]?.message).toBe('rules.txt')
})

test('a credential reaches the tool that it is meant for and no other, and nothing that is written', async () => {
  const key = 'key-of-its-service'
  const stage = await openStage({ projectEnvironment: { SERVICE_KEY: key, OTHER_KEY: 'another-credential' } })
  await stage.write({ 'a.py': '' })
  const script =
    'console.log([process.env.SERVICE_KEY, process.env.OTHER_KEY].map((each) => each ?? "-").join(" "))'
  const seen: string[] = []
  const tool = (id: string, secrets: readonly string[]) =>
    scriptTool(script, {
      id,
      secrets,
      parse: async ({ stdout }) => {
        seen.push(`${id}: ${(await stdout.text()).trim()}`)
        return { findings: [] }
      },
    })
  await runTools(await stage.request([tool('meant', ['SERVICE_KEY', 'NOT_GIVEN']), tool('other', [])]))
  expect(seen.sort()).toEqual([`meant: ${key} -`, 'other: - -'])
  expect(await readFile(join(stage.reportFolder, 'raw', 'meant.stdout'), 'utf8')).not.toContain(key)
})

test('a service that is not reached is unavailable, not a bug and no verdict', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const tool = scriptTool('', {
    parse: () => {
      throw new UnavailableError('the advisory service', 'connection refused')
    },
  })
  const [outcome] = await runTools(await stage.request([tool]))
  expect(outcome).toMatchObject({
    unavailable: 'the advisory service',
    run: { status: 'failed', why: 'unavailable: the advisory service: connection refused' },
  })
})

test('what a command says can ask for another one, and the results of both count', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const say = (text: string) => ({ args: ['-e', `console.log(${JSON.stringify(text)})`], exitCodes: [0] })
  const tool = scriptTool('', {
    invocations: () => [say('first'), say('second')],
    parse: async ({ stdout }) => {
      const message = (await stdout.text()).trim()
      const followUp = message === 'first' ? [say('because of the first')] : []
      return { findings: [{ rule: 'R', level: 'note', message }], followUp }
    },
  })
  const [outcome] = await runTools(await stage.request([tool]))
  const messages = outcome?.findings.map(({ message }) => message) ?? []
  expect([...messages].sort()).toEqual(['because of the first', 'first', 'second'])
  expect(outcome?.run.commands).toHaveLength(3)
})

test('what a tool says about its database is known in the next run', async () => {
  const stage = await openStage()
  await stage.write({ 'a.py': '' })
  const seen: unknown[] = []
  const tool = (refreshed: Readonly<Record<string, number>>) =>
    scriptTool('', {
      id: 'scanner',
      database: ({ kept }) => (kept === true ? '1' : undefined),
      invocations: ({ database }) => {
        seen.push(database && [relative(stage.host.facts.cacheFolder, database.folder), database.refreshed])
        return [{ args: ['-e', ''], exitCodes: [0] }]
      },
      parse: () => ({ findings: [], refreshed }),
    })
  const run = async (each: Tool, kept = true) => {
    const request = await stage.request([each])
    return runTools({ ...request, plan: { ...request.plan, settings: { kept } } })
  }
  await run(tool({ PyPI: 1 }))
  await run(tool({ npm: 2 }))
  await run(tool({}))
  await run(tool({}), false)
  const folder = join('databases', 'scanner-1', 'content')
  expect(seen).toEqual([[folder, {}], [folder, { PyPI: 1 }], [folder, { PyPI: 1, npm: 2 }], undefined])
})
