/** What a run tells somebody who asks for debug logs. */
import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { readRunnerLog } from './runner-log.ts'
import { CLEAN, project, putAway } from './step.ts'

afterEach(putAway)

// The runner drops `::debug::` where nobody asked for it, so it is always written.
test('the debug log has the plan, the base, every command and the keys of what is remembered', async () => {
  // Never seen before, so that it is not remembered.
  const small = project({ 'sub.py': `${CLEAN}\nID = "${randomUUID()}"\n` })
  const run = await small.run({ inputs: { tools: 'ruff\nmypy' }, env: { RUNNER_DEBUG: '1' } })
  const { commands } = readRunnerLog(run.log)
  const lines = commands.filter(({ name }) => name === 'debug').map(({ message }) => message)
  const debug = lines.join('\n')
  expect(debug).toMatch(/^plan: ruff: runs on 2 files, .+; at most 600 s$/m)
  expect(debug).toMatch(/^plan: pylint: skipped: .+$/m)
  expect(debug).toContain(`base: ${small.base}, `)
  expect(debug).toMatch(/^\[".*ruff.*","check",.*"sub\.py"\] in .+: exit code 0 after \d+\.\d\d s$/m)
  expect(debug).toMatch(/^\[".*mypy",.*\] in .+: exit code 0 after \d+\.\d\d s$/m)
  expect(debug).toMatch(/^ruff: \d of 2 files remembered, key [0-9a-f]{64}$/m)
})

test('the log has one group for each tool, and one more where it looked at the base', async () => {
  const small = project({ 'add.py': `${CLEAN}import os\n` })
  const run = await small.run({ inputs: { tools: 'ruff\nmypy', cache: 'off' } })
  const { commands } = readRunnerLog(run.log)
  const groups = commands.filter(({ name }) => name === 'group').map(({ message }) => message)
  const without = (text: string) => text.replace(/ [\d.]+( on the base)?: .*$/, '$1')
  expect(groups.map(without).toSorted()).toEqual(['Ruff', 'Ruff on the base', 'mypy'])
  const brackets = commands.map(({ name }) => name).filter((name) => /group/.test(name))
  expect(brackets).toEqual(groups.flatMap(() => ['group', 'endgroup']))
})
