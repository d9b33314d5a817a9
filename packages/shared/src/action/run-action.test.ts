import { describe, expect, it } from 'vitest'
import { recordingHost } from '../host/recording/index.ts'
import { commonInputs } from './common-inputs.ts'
import { flag, lines } from './input.ts'
import { runAction } from './run-action.ts'
import type { Context } from './test/sample-action.ts'
import { expectReported, outcome, sample } from './test/sample-action.ts'

describe('a verdict', () => {
  it('passed: green, with outputs, summary and evidence', async () => {
    const host = recordingHost({ event: {} })
    const end = await runAction(
      sample(async () => outcome('passed')),
      host,
    )
    expect(end).toMatchObject({ verdict: 'passed', exitCode: 0 })
    expect(host.recorded.failures).toEqual([])
    expect(Object.fromEntries(host.recorded.outputs)).toMatchObject({
      verdict: 'passed',
      bananas: '7',
      pears: '',
      'report-dir': 'ci-actions-report/sample-quality-default',
    })
    expect(host.recorded.summary()).toContain('Sample passed')
    expect(Object.keys(host.recorded.files())).toContain(
      '/workspace/ci-actions-report/sample-quality-default/extra.txt',
    )
  })

  it('failed: the step fails with the rule that decided', async () => {
    const host = recordingHost()
    const end = await runAction(
      sample(async () => outcome('failed')),
      host,
    )
    expect(end).toMatchObject({ verdict: 'failed', exitCode: 1 })
    expect(host.recorded.failures).toEqual(['Sample failed: bananas is 7, must be below 5'])
    expectReported(host, 'failed', 'rule-failed')
  })

  it('incomplete: fails too', async () => {
    const host = recordingHost()
    expect(
      await runAction(
        sample(async () => outcome('incomplete')),
        host,
      ),
    ).toMatchObject({ exitCode: 1 })
    expectReported(host, 'incomplete', 'rule-failed')
  })

  it('not enforced: red in the report, green step', async () => {
    const host = recordingHost({ inputs: { enforce: 'false' } })
    expect(
      await runAction(
        sample(async () => outcome('failed')),
        host,
      ),
    ).toMatchObject({ verdict: 'failed', exitCode: 0 })
    expect(host.recorded.failures).toEqual([])
    expect(host.recorded.summary()).toContain('not enforced')
    expectReported(host, 'failed', 'rule-failed')
  })

  it('is `incomplete` before anything else happens', async () => {
    const host = recordingHost()
    let early: string | undefined
    await runAction(
      sample(async () => {
        early = host.recorded.outputs.get('verdict')
        return outcome('passed')
      }),
      host,
    )
    expect(early).toBe('incomplete')
  })

  it('gives inputs with their origins, policy and report folder to the action', async () => {
    const files = {
      '/workspace/.github/ci-actions.yml': 'sample:\n  limit: 9\n  packages:\n    api: {path: api}\n',
    }
    const host = recordingHost({ files, inputs: { strict: 'true', limit: '' } })
    let seen: Context | undefined
    const end = await runAction(
      sample(async (context) => {
        seen = context
        return outcome('passed')
      }),
      host,
    )
    expect(seen?.inputs).toMatchObject({ limit: 9, strict: true, folder: '.', enforce: true, id: 'default' })
    expect(seen?.policy).toEqual({ packages: { api: { path: 'api' } } })
    expect(end.report.inputs).toEqual([
      { name: 'limit', value: '9', from: '.github/ci-actions.yml:2' },
      { name: 'strict', value: 'true', from: '`with:`' },
    ])
  })
})

describe('secrets', () => {
  it('are masked before anything is said, line by line', async () => {
    const host = recordingHost({ inputs: { password: 'first line\nsecond line', limit: 'first line' } })
    await runAction(
      sample(async () => outcome('passed')),
      host,
    )
    expect(host.recorded.masked).toEqual(expect.arrayContaining(['first line', 'second line']))
    expect(host.recorded.summary()).not.toContain('first line')
  })

  it('in a part of a value are masked too, before it is shown', async () => {
    const hides = (line: string) => /:([^/:@]+)@/.exec(line)?.slice(1) ?? []
    const inputs = { address: lines({ description: 'Addresses.', hides }) }
    const action = { ...sample(async () => outcome('passed')), allInputs: { ...commonInputs, ...inputs } }
    const host = recordingHost({ inputs: { address: 'db://ada:hunter2-1@one\ndb://ada:hunter2-2@two' } })
    const { report } = await runAction(action, host)
    expect(host.recorded.masked).toEqual(['hunter2-1', 'hunter2-2'])
    expect(JSON.stringify(report.inputs)).not.toContain('hunter2')
  })
})

describe('code scanning', () => {
  const scan = {
    ...sample(async () => outcome('passed')),
    allInputs: { ...commonInputs, 'upload-sarif': flag({ description: 'Upload.', default: 'false' }) },
  }
  const why = 'there is no `token` to reach GitHub with'

  it.each([
    ['on where it is wanted', { 'upload-sarif': 'true' }, [{ what: 'code scanning', why }]],
    ['off by default', {}, []],
  ])('is %s, and decides nothing', async (_, inputs, degraded) => {
    const host = recordingHost({ event: {}, inputs, github: false })
    const end = await runAction(scan, host)
    expect(end).toMatchObject({ verdict: 'passed', exitCode: 0 })
    expect(end.report.degraded).toEqual(degraded)
  })

  it('is no input of other actions', async () => {
    const host = recordingHost({ event: {}, inputs: { 'upload-sarif': 'true' }, github: false })
    const end = await runAction(
      sample(async () => outcome('passed')),
      host,
    )
    expect(end.report.degraded).toEqual([])
  })
})
