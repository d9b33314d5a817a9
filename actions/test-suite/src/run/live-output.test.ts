import { recordingHost } from '@ci-actions/shared/testing'
import { describe, expect, it } from 'vitest'
import { liveOutput } from './live-output.ts'

describe('liveOutput', () => {
  it('shows whole lines, so that a secret that comes in two pieces stays hidden', () => {
    const host = recordingHost()
    host.runner.mask('correct-horse')
    const live = liveOutput(host)
    live.onOutput('password: correct', 'stdout')
    live.onOutput('warning\n', 'stderr')
    live.onOutput('-horse\nlast', 'stdout')
    live.finish()
    const shown = host.recorded.lines.map(({ text }) => text)
    expect(shown).toEqual(['warning', 'password: ***', 'last'])
    expect(live.tail()).not.toContain('correct')
  })

  it('bounds what the log gets, and says so', () => {
    const host = recordingHost()
    const live = liveOutput(host)
    for (let line = 0; line < 10_000; line += 1) live.onOutput(`${'x'.repeat(1000)}\n`, 'stdout')
    const shown = host.recorded.lines.reduce((sum, { text }) => sum + text.length, 0)
    expect(shown).toBeLessThan(5_000_000)
    expect(host.recorded.log()).toContain('report folder')
  })
})
