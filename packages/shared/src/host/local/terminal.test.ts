import { describe, expect, it } from 'vitest'
import { describeTerminal } from './terminal.ts'

const screen = { isTTY: true, columns: 120, rows: 40 }

describe('describeTerminal', () => {
  it('redraws and colours on a terminal alone', () => {
    expect(describeTerminal({ env: {}, stdout: screen, stderr: screen })).toEqual({
      live: true,
      colour: true,
      errorColour: true,
      width: 120,
      height: 40,
    })
    expect(describeTerminal({ env: {}, stdout: {}, stderr: {} })).toMatchObject({
      live: false,
      colour: false,
      errorColour: false,
    })
    expect(describeTerminal({ env: {}, stdout: {}, stderr: screen })).toMatchObject({
      live: true,
      colour: false,
      errorColour: true,
    })
  })

  it.each([
    [{ NO_COLOR: '1' }, { live: true, colour: false }],
    [{ NO_COLOR: '' }, { live: true, colour: true }],
    [
      { NO_COLOR: '1', FORCE_COLOR: '1' },
      { live: true, colour: false },
    ],
    [{ CI: 'true' }, { live: false, colour: true }],
    [{ CI: 'false' }, { live: true, colour: true }],
    [{ TERM: 'dumb' }, { live: false, colour: false }],
  ])('respects %o', (env, expected) => {
    expect(describeTerminal({ env, stdout: screen, stderr: screen })).toMatchObject(expected)
  })

  it('colours where it is told to', () => {
    expect(describeTerminal({ env: { FORCE_COLOR: '1' }, stdout: {}, stderr: {} })).toMatchObject({
      live: false,
      colour: true,
    })
  })
})
