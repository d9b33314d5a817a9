import { describe, expect, it } from 'vitest'
import { pytestArguments } from './pytest-arguments.ts'
import { installationFrom } from './pytest-installation.ts'
import { planRun } from './run-plan.ts'
import { nothing } from './test/stage.ts'

const first = { attempt: 0, seed: 5, parallel: false }

function argumentsFor(inputs: Partial<typeof nothing>, installed: readonly string[], about = first) {
  const plan = planRun({ ...nothing, ...inputs }, { root: '/w', pythonFiles: [] })
  if (plan.kind !== 'pytest') throw new Error('no plan for pytest')
  return pytestArguments(plan, { distributions: new Map(installed.map((name) => [name, '1'])) }, about)
}

describe('pytestArguments', () => {
  it('adds only what was asked for', () => {
    expect(argumentsFor({}, ['pytest-xdist', 'pytest-timeout', 'pytest-cov']).args).toEqual([
      '-p',
      'ci_actions_recorder',
    ])
  })

  it('gives workers and the limit of a test to the plugins for them', () => {
    const asked = { workers: 'auto', testTimeout: 30, paths: ['tests'], args: ['-q'] } as const
    const { args, notices } = argumentsFor(asked, ['pytest-xdist', 'pytest-timeout'])
    expect(args.slice(2)).toEqual(['-n', 'auto', '--timeout', '30', '-q', 'tests'])
    expect(notices).toEqual([])
  })

  it('runs without those plugins, and says so', () => {
    const { args, notices } = argumentsFor({ workers: 4, testTimeout: 30 }, [])
    expect(args).toHaveLength(2)
    expect(notices.join()).toMatch(/pytest-xdist is not installed.*pytest-timeout is not installed/)
  })

  it('draws the order by the plugin that is there', () => {
    expect(argumentsFor({ randomOrder: true }, ['pytest-randomly']).args).toContain('--randomly-seed=5')
    expect(argumentsFor({ randomOrder: 9 }, ['pytest-random-order']).shown).toEqual([
      ...['-p', 'random_order', '--random-order', '--random-order-seed=9'],
    ])
    expect(() => argumentsFor({ randomOrder: true }, [])).toThrow(/pytest-randomly or pytest-random-order/)
  })

  it('lets one plugin decide where there are two, and leaves the order as it is where it is to', () => {
    const both = ['pytest-random-order', 'pytest-randomly']
    expect(argumentsFor({ randomOrder: 9 }, both).shown).toEqual([
      ...['-p', 'randomly', '--randomly-seed=9', '-p', 'random_order', '--random-order-bucket=none'],
    ])
    const still = { ...first, fileOrder: true }
    expect(argumentsFor({ randomOrder: 9 }, ['pytest-randomly'], still).shown).toEqual([
      ...['-p', 'randomly', '--randomly-seed=9', '--randomly-dont-reorganize'],
    ])
    expect(argumentsFor({ randomOrder: 9 }, ['pytest-random-order'], still).shown).toEqual([
      ...['-p', 'random_order', '--random-order-bucket=none'],
    ])
  })

  it.each([['-p', 'no:randomly'], ['-pno:randomly'], ['-q', '--randomly-dont-reorganize']])(
    'refuses arguments that switch the order off: %s',
    (...args) => {
      expect(() => argumentsFor({ randomOrder: true, args }, ['pytest-randomly'])).toThrow(/switches it off/)
      expect(() => argumentsFor({ args }, ['pytest-randomly'])).not.toThrow()
    },
  )

  it('repeats failed tests in one process', () => {
    const again = { attempt: 1, seed: 5, parallel: true }
    expect(argumentsFor({ workers: 4 }, ['pytest-xdist'], again).args.slice(2)).toEqual([
      '-n',
      '0',
      '--dist',
      'no',
    ])
  })
})

describe('installationFrom', () => {
  const answer = (distributions: Record<string, string>, script: string | null = '/v/bin/pytest') =>
    JSON.stringify({ distributions, script })

  it('calls the script, by the interpreter', () => {
    expect(installationFrom(answer({ pytest: '9.2.0' }), '/v/bin/python', 'linux').command).toEqual([
      '/v/bin/python',
      '/v/bin/pytest',
    ])
    expect(installationFrom(answer({ pytest: '9.2.0' }, null), '/v/bin/python', 'linux').command).toEqual([
      '/v/bin/python',
      '-m',
      'pytest',
    ])
  })

  it('refuses what it cannot work with', () => {
    expect(() => installationFrom(answer({}), 'python', 'linux')).toThrow(/not installed/)
    expect(() => installationFrom(answer({ pytest: '6.2.5' }), 'python', 'linux')).toThrow(/too old/)
    expect(() => installationFrom('Segmentation fault', 'python', 'linux')).toThrow(/did not say/)
  })
})
