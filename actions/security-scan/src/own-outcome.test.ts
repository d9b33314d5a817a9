import { expect, it } from 'vitest'
import type { OwnPlace, OwnTool } from './own-outcome.ts'
import { ownNotApplicable, ownOutcome } from './own-outcome.ts'
import { sampleProject, top } from './test/sample-project.ts'

const tool: OwnTool = {
  id: 'given',
  name: 'Given',
  homepage: '',
  scope: 'project',
  kind: 'given',
  metrics: ['secrets'],
}

function place(): OwnPlace {
  const { host, project } = sampleProject({ 'a.py': 'x = 1\npassword = "hunter22"\n' })
  return { host, tool, project, top, secretKey: 'k' }
}

it('reads like the outcome of a tool that was started', async () => {
  const raw = {
    rule: 'r',
    level: 'error',
    message: 'it is hunter22',
    location: { path: 'a.py', line: 2 },
    security: { kind: 'secret', claims: [], secret: { value: 'hunter22' } },
  } as const
  const { run, findings } = await ownOutcome(place(), { findings: [raw], files: 1, version: '3' })
  expect(run).toMatchObject({ id: 'given', status: 'findings', findings: 1, files: 1, version: '3' })
  expect(findings).toMatchObject([{ message: 'it is ***', location: { path: 'a.py', line: 2 } }])
  expect(JSON.stringify(findings)).not.toContain('hunter22')
})

it('is clean without findings, and failed where a notice says so', async () => {
  expect((await ownOutcome(place(), { findings: [], files: 3 })).run.status).toBe('clean')
  const notices = [
    { level: 'warning', message: 'one' },
    { level: 'failed', message: 'two' },
  ] as const
  const { run } = await ownOutcome(place(), { findings: [], files: 3, notices })
  expect(run).toMatchObject({ status: 'failed', why: 'two', notices })
})

it('says why there was nothing to look at', () => {
  expect(ownNotApplicable(place(), 'There is no lock file.').run).toMatchObject({
    status: 'not-applicable',
    why: 'There is no lock file.',
  })
})
