import type { ToolProgress } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { openDisplay } from './display.ts'
import type { ProgressState } from './progress.ts'
import { preparing, renderLine, renderTable, updateProgress } from './progress.ts'

function event(name: string, phase: ToolProgress['phase'], run: object = {}): ToolProgress {
  // Only name and id are looked at.
  const tool = { id: name.toLowerCase(), name } as ToolProgress['tool']
  const ended = { status: 'clean', seconds: 1.25, findings: 0, ...run } as ToolProgress['run']
  return { phase, role: 'head', tool, package: '', ...(phase === 'done' && { run: ended }) }
}

function play(...events: readonly (readonly [now: number, event: ToolProgress])[]): ProgressState {
  return events.reduce<ProgressState>(
    (state, [now, happened]) => updateProgress(state, happened, now),
    preparing(0),
  )
}

const options = { colour: false, width: 80, height: 20, now: 5000 }

describe('renderTable', () => {
  it('has a line for each tool, with the seconds of what runs', () => {
    const state = play(
      [0, event('Ruff', 'install')],
      [1000, event('Ruff', 'run')],
      [1500, event('Black', 'run')],
      [2000, event('Black', 'done', { status: 'findings', findings: 3 })],
      [2000, event('mypy', 'done', { status: 'failed', why: 'timed out\nlast line' })],
      [2000, event('isort', 'done', { status: 'skipped', why: 'not configured' })],
      [3000, { ...event('Black', 'ready'), role: 'base' }],
    )
    expect(renderTable(state, options).map((line) => line.slice(2))).toEqual([
      'Ruff          running, 4 s',
      'Black         3 findings, 1.3 s',
      'mypy          failed: timed out',
      'Black (base)  waiting, 2 s',
    ])
  })

  it('begins with the project', () => {
    expect(renderTable(preparing(1000), options)).toEqual([
      expect.stringContaining('Project  preparing, 4 s'),
    ])
  })

  it('keeps what runs when there is no room for all', () => {
    const done = Array.from({ length: 30 }, (_, index) => [0, event(`done${index}`, 'done')] as const)
    const lines = renderTable(play(...done, [1, event('Slow', 'run')]), { ...options, height: 5 })
    expect(lines).toHaveLength(5)
    expect(lines.join('\n')).toContain('Slow')
    expect(lines.join('\n')).toContain('done29')
  })

  it('tells packages apart, and cuts long lines', () => {
    const state = play(
      [0, { ...event('Ruff', 'run'), package: 'api' }],
      [0, { ...event('Ruff', 'run'), package: 'web' }],
    )
    expect(renderTable(state, options)).toHaveLength(2)
    const long = play([0, event('Ruff', 'done', { status: 'failed', why: 'x'.repeat(500) })])
    expect(renderTable(long, options).join('').length).toBeLessThanOrEqual(80)
  })
})

describe('renderLine', () => {
  it('is for logs: how each tool ended, of the base only where it failed', () => {
    const base = { role: 'base', package: 'api' } as const
    expect(renderLine(event('Ruff', 'install'))).toBeUndefined()
    expect(renderLine(event('Ruff', 'run'))).toBeUndefined()
    expect(renderLine({ ...event('Ruff', 'done'), ...base })).toBeUndefined()
    expect(renderLine({ ...event('Ruff', 'done', { status: 'failed', why: 'crashed' }), ...base })).toBe(
      'Ruff (api, base): failed: crashed',
    )
    expect(renderLine(event('Ruff', 'done', { status: 'not-applicable' }))).toBeUndefined()
    expect(renderLine(event('Ruff', 'done', { status: 'findings', findings: 1 }))).toBe(
      'Ruff: 1 finding, 1.3 s',
    )
  })
})

describe('openDisplay', () => {
  function open(live: boolean) {
    let written = ''
    const terminal = {
      arguments: [],
      folder: '/',
      live,
      colour: false,
      errorColour: false,
      width: 80,
      height: 24,
      out: () => {
        throw new Error('standard output is for the result')
      },
      error: (text: string) => {
        written += text
      },
    }
    const sleeping: (() => void)[] = []
    const clock = {
      now: () => 0,
      monotonic: () => 0,
      random: () => '',
      sleep: () => new Promise<void>((wake) => void sleeping.push(wake)),
    }
    /** Lets all that waits go on. */
    async function later(): Promise<void> {
      for (const wake of sleeping.splice(0)) wake()
      await Promise.resolve()
    }
    return { display: openDisplay(terminal, clock), written: () => written, later }
  }

  it('writes plain lines to a log', () => {
    const { display, written } = open(false)
    display.progress(event('Ruff', 'run'))
    display.line('a line')
    display.progress(event('Ruff', 'done'))
    display.end()
    expect(written()).toBe('a line\nRuff: clean, 1.3 s\n')
  })

  it('tells a log of installations that take their time, and of no others', async () => {
    const { display, written, later } = open(false)
    await later()
    expect(written()).toBe('Project: preparing\n')
    display.progress(event('Black', 'install'))
    display.progress(event('Ruff', 'install'))
    display.progress(event('mypy', 'install'))
    display.progress(event('Ruff', 'ready'))
    display.progress(event('Black', 'done', { status: 'failed', why: 'no such version' }))
    await later()
    const lines = ['Project: preparing', 'Black: failed: no such version', 'mypy: installing', '']
    expect(written()).toBe(lines.join('\n'))
    display.progress(event('isort', 'install'))
    display.end()
    await later()
    expect(written()).toBe(lines.join('\n'))
  })

  it('redraws its table on a terminal, and leaves only the log', () => {
    const { display, written } = open(true)
    display.progress(event('Ruff', 'run'))
    display.line('a line')
    display.end()
    expect(screenOf(written())).toBe('a line\n')
  })
})

/** What stands on a screen after all; only knows moving up and clearing. */
function screenOf(written: string): string {
  const begin = '\u001b['
  let lines: string[] = ['']
  for (const part of written.replaceAll(begin, `\0${begin}`).split('\0')) {
    const [, up] = part.startsWith(begin) ? (/^(\d+)A/.exec(part.slice(2)) ?? []) : []
    if (up !== undefined) lines = [...lines.slice(0, lines.length - 1 - Number(up)), '']
    const text = part.startsWith(begin) ? part.slice(2).replace(/^[?\d]*[A-Za-z]/, '') : part
    const [first = '', ...rest] = text.replaceAll('\r', '').split('\n')
    lines = [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...rest]
  }
  return lines.join('\n')
}
