import { describe, expect, it } from 'vitest'
import { nodeClock, recordingHost } from '../host/recording/index.ts'
import { UnavailableError, UserError } from './errors.ts'
import { runAction } from './run-action.ts'
import { expectReported, outcome, result, sample } from './test/sample-action.ts'

describe('wrong inputs', () => {
  it('name everything that is wrong, with exit code 2', async () => {
    const files = { '/workspace/.github/ci-actions.yaml': 'sample:\n  limt: 9\n' }
    const host = recordingHost({
      files,
      inputs: { limit: 'many', strcit: 'true', folder: '../..', gate: 'banans > 3' },
    })
    const end = await runAction(
      sample(async () => {
        throw new Error('must not run')
      }),
      host,
    )
    expect(end).toMatchObject({ verdict: 'error', exitCode: 2 })
    expectReported(host, 'error', 'wrong-input')
    const [message = ''] = host.recorded.failures
    for (const part of ['limit', 'strcit', 'folder', 'bananas', '.github/ci-actions.yaml:2'])
      expect(message).toContain(part)
    expect(result(host).reasons).toHaveLength(5)
    expect(host.recorded.log()).not.toContain('report it')
  })

  it('are told in full, and together with what the action itself finds wrong', async () => {
    const problems = () => ['`limit` and `strict` contradict each other.', `Long: ${'x'.repeat(300)}.`]
    const host = recordingHost({ inputs: { folder: '/elsewhere' } })
    await runAction({ ...sample(async () => outcome('passed')), problems }, host)
    const [message = ''] = host.recorded.failures
    expect(message).toContain('limit and strict contradict')
    expect(message).toContain('x'.repeat(300))
    expect(message).toContain('/elsewhere')
  })

  it('are wrong whether enforced or not', async () => {
    const host = recordingHost({ inputs: { enforce: 'false', limit: 'x' } })
    expect(
      await runAction(
        sample(async () => outcome('passed')),
        host,
      ),
    ).toMatchObject({ exitCode: 2 })
  })

  it('thrown by the action itself are the same', async () => {
    const host = recordingHost()
    const end = await runAction(
      sample(async () => {
        throw new UserError(['There are no Python files.', 'And no tests.'])
      }),
      host,
    )
    expect(end.exitCode).toBe(2)
    expect(result(host).reasons.map(({ message }: { message: string }) => message)).toEqual([
      'There are no Python files.',
      'And no tests.',
    ])
  })

  it('two policy files are one too many', async () => {
    const files = { '/workspace/.github/ci-actions.yaml': '', '/workspace/.github/ci-actions.yml': '' }
    const host = recordingHost({ files })
    expect(
      await runAction(
        sample(async () => outcome('passed')),
        host,
      ),
    ).toMatchObject({ exitCode: 2 })
  })
})

describe('the world', () => {
  async function unavailable(given = {}) {
    const host = recordingHost({ inputs: given })
    const end = await runAction(
      sample(async () => {
        throw new UnavailableError('the package index', 'no answer after 5 attempts')
      }),
      host,
    )
    return { host, end }
  }

  it('is never green, has exit code 4, and says that a re-run may help', async () => {
    const { host, end } = await unavailable()
    expect(end).toMatchObject({ verdict: 'incomplete', exitCode: 4 })
    expectReported(host, 'incomplete', 'unavailable')
    expect(host.recorded.summary()).toMatch(/package index.*again/s)
    expect(host.recorded.failures).toHaveLength(1)
  })

  it('fails nobody who does not enforce', async () => {
    expect((await unavailable({ enforce: 'false' })).end).toMatchObject({
      verdict: 'incomplete',
      exitCode: 0,
    })
  })
})

describe('a bug', () => {
  it('shows its stack, asks for a report, and has exit code 3', async () => {
    const host = recordingHost({ inputs: { password: 'correct horse' } })
    const end = await runAction(
      sample(async () => {
        throw new TypeError('cannot read correct horse', { cause: new Error('the cause') })
      }),
      host,
    )
    expect(end).toMatchObject({ verdict: 'error', exitCode: 3 })
    expectReported(host, 'error', 'bug')
    const raw = host.recorded.lines.map(({ text }) => text).join('\n')
    expect(raw).toMatch(
      /TypeError: cannot read \*+[\s\S]*run-action-trouble\.test\.ts[\s\S]*Caused by: Error: the cause/,
    )
    expect(host.recorded.log()).toContain('/issues')
    expect(host.recorded.summary() + result(host).reasons[0].message + raw).not.toContain('correct horse')
  })
})

describe('cancellation', () => {
  it('keeps what the action still reports, as incomplete', async () => {
    const host = recordingHost({ clock: nodeClock })
    const action = sample(async () => {
      host.cancel()
      return outcome('failed', 'a tool was stopped')
    })
    const end = await runAction(action, host)
    expect(end).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
    expectReported(host, 'incomplete', 'cancelled')
    expect(end.report.metrics).toHaveLength(1)
  })

  it('does not wait for an action that does not end', async () => {
    const host = recordingHost()
    const action = sample(() => {
      host.cancel()
      return new Promise(() => undefined)
    })
    const end = await runAction(action, host)
    expect(end).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
    expectReported(host, 'incomplete', 'cancelled')
    expect(host.standingClock?.slept).toEqual([3000])
  })

  it('is no bug when the action breaks because of it', async () => {
    const host = recordingHost({ clock: nodeClock })
    const action = sample(async () => {
      host.cancel()
      throw new Error('the tool died')
    })
    expect(await runAction(action, host)).toMatchObject({ verdict: 'incomplete', exitCode: 1 })
  })

  it('before the start runs nothing', async () => {
    const host = recordingHost()
    host.cancel()
    let ran = false
    const action = sample(async () => {
      ran = true
      return outcome('passed')
    })
    expect(await runAction(action, host)).toMatchObject({ verdict: 'incomplete' })
    expect(ran).toBe(false)
  })
})
