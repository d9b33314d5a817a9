/** Shows progress and log lines on standard error, so that standard output has nothing but the result. */
import type { ToolProgress } from '@ci-actions/shared'
import type { Clock, Terminal } from '@ci-actions/shared/host'
import { nameOf, preparing, renderLine, renderTable, updateProgress } from './progress.ts'

export interface Display {
  /** A line of the log. */
  line(text: string): void
  progress(event: ToolProgress): void
  /** Takes the table away. */
  end(): void
}

const redrawMs = 100
/** What is installed already takes less, and then nobody wants to read of it. */
const patienceMs = 1000

export function openDisplay(terminal: Terminal, clock: Clock): Display {
  return terminal.live ? liveDisplay(terminal, clock) : plainDisplay(terminal, clock)
}

function plainDisplay(terminal: Terminal, clock: Clock): Display {
  const line = (text: string) => terminal.error(`${text}\n`)
  const waitingFor = new Set<string>()

  async function announce(what: string): Promise<void> {
    waitingFor.add(what)
    await clock.sleep(patienceMs)
    if (waitingFor.has(what)) line(what)
  }

  const project = 'Project: preparing'
  void announce(project)
  return {
    line,
    progress: (event) => {
      waitingFor.delete(project)
      const installation = `${nameOf(event)}: installing`
      if (event.phase === 'install') void announce(installation)
      else waitingFor.delete(installation)
      const text = renderLine(event)
      if (text !== undefined) line(text)
    },
    end: () => waitingFor.clear(),
  }
}

function liveDisplay(terminal: Terminal, clock: Clock): Display {
  let state = preparing(clock.monotonic())
  let drawn = 0
  let ended = false

  /** Moves to where the table began and clears from there. */
  function erase(): string {
    const up = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[0J`
    drawn = 0
    return up
  }

  function draw(before = ''): void {
    const { width, height, errorColour: colour } = terminal
    const lines = renderTable(state, { now: clock.monotonic(), colour, width, height: height - 2 })
    const text = lines.map((line) => `${line}\n`).join('')
    terminal.error(`${erase()}${before}${text}`)
    drawn = lines.length
  }

  async function tick(): Promise<void> {
    while (!ended) {
      await clock.sleep(redrawMs)
      if (!ended) draw()
    }
  }

  draw()
  void tick()
  return {
    line: (text) => draw(`${text}\n`),
    progress: (event) => {
      state = updateProgress(state, event, clock.monotonic())
      draw()
    },
    end: () => {
      ended = true
      terminal.error(erase())
    },
  }
}
