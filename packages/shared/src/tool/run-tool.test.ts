import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
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
