import { describe, expect, it } from 'vitest'
import { planRun } from './run-plan.ts'
import { nothing } from './test/stage.ts'

const project = { root: '/workspace/orders', pythonFiles: [] }

describe('planRun', () => {
  it('runs pytest where no other command is given', () => {
    const plan = planRun(
      { ...nothing, markers: 'not slow', setup: ['alembic upgrade head'], retries: 2 },
      project,
    )
    expect(plan).toMatchObject({
      kind: 'pytest',
      cwd: '/workspace/orders',
      markers: 'not slow',
      setup: [['alembic', 'upgrade', 'head']],
      retries: 2,
    })
    expect(plan).not.toHaveProperty('coverage')
  })

  it('runs the command that is given', () => {
    const plan = planRun(
      { ...nothing, command: ['npx', 'playwright', 'test'], reports: ['out/*.xml'] },
      project,
    )
    expect(plan).toMatchObject({
      kind: 'command',
      command: ['npx', 'playwright', 'test'],
      reports: ['out/*.xml'],
    })
  })

  it.each([
    ['setup with an operator of a shell', { setup: ['a && b'] }, /`setup`.*`&&`/],
    ['an option among the paths', { paths: ['--co'] }, /`paths`: --co/],
    ['a command without results', { command: ['jest'] }, /needs `reports`/],
    [
      'what pytest alone knows',
      { command: ['jest'], reports: ['a'], markers: 'x', workers: 2 },
      /`markers` is for pytest[\s\S]*`workers`/,
    ],
    [
      'retries of a command that cannot choose',
      { command: ['jest'], reports: ['a'], retries: 1 },
      /retry-command/,
    ],
    ['results of another folder', { command: ['jest'], reports: ['../a.xml'] }, /leaves the project/],
    ['results of any folder', { command: ['jest'], reports: ['/etc/a.xml'] }, /leaves the project/],
    ['`reports` for pytest', { reports: ['a.xml'] }, /belong to `command`/],
    ['`retry-command` for pytest', { retryCommand: ['a'] }, /belongs to `command`/],
  ])('refuses %s', (_, inputs, message) => {
    expect(() => planRun({ ...nothing, ...inputs }, project)).toThrow(message)
  })
})
