import { describe, expect, it } from 'vitest'
import { sampleAction } from '../test/sample-action.ts'
import { renderHelp, renderOverview } from './help.ts'

describe('help', () => {
  const help = renderHelp(sampleAction)

  it('names every option with its default, by section', () => {
    for (const name of Object.keys(sampleAction.allInputs).filter(
      (input) => !['password', 'token', 'matrix'].includes(input),
    )) {
      expect(help).toMatch(new RegExp(`--(no-)?${name}\\b`))
    }
    expect(help).toMatch(/^Scope\n {2}--paths ITEM …\n[\s\S]*^Laptop\n {2}--fix\n/m)
    expect(help).toContain('--no-enforce')
    expect(help).toContain('--scope all|new')
    expect(help).toContain('(default: 10m)')
  })

  it('says nothing about secrets', () => {
    expect(help).not.toMatch(/--(password|token)/)
  })

  it('names the commands of the actions that there are', () => {
    const grow = { action: 'sample', name: 'grow', description: 'Grows.', run: () => Promise.reject() }
    const overview = renderOverview([sampleAction], [grow, { ...grow, action: 'other' }])
    expect(overview).toMatch(/^ {2}sample grow +Grows\.$/m)
    expect(overview).not.toContain('other')
  })

  it('fits a terminal of 110 columns', () => {
    for (const line of [...help.split('\n'), ...renderOverview([sampleAction]).split('\n')])
      expect(line.length).toBeLessThanOrEqual(110)
  })
})
