/** What a command prints, on its way into the log while it runs. */
import type { Host } from '@ci-actions/shared'

/** Characters of a command that the log shows; all of it is among the evidence. */
const mostShown = 4 * 1024 * 1024
/** A line without an end is shown in pieces of this length. */
const longestLine = 64 * 1024
/** Characters of the end that are kept for messages. */
const tailLength = 16 * 1024

export interface LiveOutput {
  readonly onOutput: (text: string, stream: 'stdout' | 'stderr') => void
  /** Shows unfinished lines. */
  finish(): void
  /** The end of all that was printed, without secrets. */
  tail(): string
}

/** Whole lines, so that no secret is cut in two before it is recognised. */
export function liveOutput({ runner }: Pick<Host, 'runner'>): LiveOutput {
  const rest = { stdout: '', stderr: '' }
  let tail = ''
  let shown = 0
  function show(text: string): void {
    const safe = runner.redact(text)
    tail = (tail + safe).slice(-tailLength)
    if (shown > mostShown) return
    shown += safe.length
    runner.raw(safe.replace(/\r?\n$/, ''))
    if (shown > mostShown) runner.log('More was printed; all of it is in the report folder.')
  }
  return {
    onOutput: (text, stream) => {
      const all = rest[stream] + text
      const end = all.lastIndexOf('\n') + 1 || (all.length > longestLine ? all.length : 0)
      rest[stream] = all.slice(end)
      if (end > 0) show(all.slice(0, end))
    },
    finish: () => {
      for (const stream of ['stdout', 'stderr'] as const) {
        if (rest[stream] !== '') show(rest[stream])
        rest[stream] = ''
      }
    },
    tail: () => tail,
  }
}
