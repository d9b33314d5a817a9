import { describe, expect, it } from 'vitest'
import type { RecordingHost } from '../host/recording/index.ts'
import { recordingHost } from '../host/recording/index.ts'
import { openReportFolder } from './report-folder.ts'

function at(
  step: string,
  files = {},
  more: { readonly matrix?: string; readonly runId?: string } = {},
): RecordingHost {
  return recordingHost({ files, event: { job: 'checks', action: step, ...more } })
}

const request = { action: 'quality-gate', id: 'default' }

describe('openReportFolder', () => {
  it('is unique for job, id and matrix leg, and stays out of git', async () => {
    const host = at('__run', {}, { matrix: 'ab12' })
    const folder = await openReportFolder(host, { ...request, id: 'api / v2' })
    expect(folder.shown).toBe('ci-actions-report/quality-gate-checks-api_v2-ab12')
    expect(host.recorded.files()[`${folder.path}/.gitignore`]).toMatch(/\n\*\n$/)
  })

  it('empties what an earlier run left', async () => {
    const first = at('__run')
    const folder = await openReportFolder(first, request)
    const left = { ...first.recorded.files(), [`${folder.path}/old.json`]: '{}' }
    const second = at('__run', left, { runId: '2' })
    const again = await openReportFolder(second, request)
    expect(again.shown).toBe(folder.shown)
    expect(second.recorded.files()).not.toHaveProperty([`${folder.path}/old.json`])
  })

  it('leaves alone what another use in the same run wrote', async () => {
    const first = at('__run')
    const folder = await openReportFolder(first, request)
    const second = at('__run_2', first.recorded.files())
    expect((await openReportFolder(second, request)).shown).toBe(`${folder.shown}-2`)
  })

  it('never empties a folder that holds something else', async () => {
    const host = at('__run', { '/workspace/src/app.py': 'x = 1\n' })
    const folder = await openReportFolder(host, { ...request, wanted: 'src' })
    expect(folder.error?.message).toContain('`src` holds other files')
    expect(folder.shown).toMatch(/^ci-actions-report\//)
    expect(host.recorded.files()['/workspace/src/app.py']).toBe('x = 1\n')
    expect((await openReportFolder(host, { ...request, wanted: '.' })).error).toBeDefined()
  })

  it('uses a new folder that is asked for', async () => {
    const folder = await openReportFolder(at('__run'), { ...request, wanted: 'out/quality' })
    expect(folder).toMatchObject({ path: '/workspace/out/quality', shown: 'out/quality', degraded: [] })
  })

  it('goes to a temporary folder where the workspace cannot be written, and says so', async () => {
    const host = at('__run', { '/workspace/ci-actions-report': 'a file in the way' })
    const folder = await openReportFolder(host, request)
    expect(folder.path).toMatch(/^\/temporary\//)
    expect(folder.degraded).toHaveLength(1)
  })
})
