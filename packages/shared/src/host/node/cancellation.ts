import { constants } from 'node:os'
import { performance } from 'node:perf_hooks'

/** npm and npx pass on a Ctrl-C that the terminal has already sent to us; that is no second one. */
const echoMs = 500

type Stop = 'SIGINT' | 'SIGTERM' | 'SIGBREAK'

/** What is used of `process`. */
export interface Signals {
  on(signal: Stop, listener: () => void): unknown
  exit(code: number): void
}

/**
 * Aborts on the first SIGINT or SIGTERM, so that tools are stopped and a report of what is known is written.
 * The second one exits at once. GitHub sends SIGINT, SIGTERM 7.5 seconds later, and kills 2.5 seconds after that.
 */
export function watchSignals(
  signals: Signals = process,
  now: () => number = () => performance.now(),
): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  function onSignal(signal: Stop): void {
    if (first === undefined) {
      first = now()
      controller.abort(signal)
    } else if (now() - first > echoMs) {
      signals.exit(128 + constants.signals[signal])
    }
  }
  for (const signal of [
    'SIGINT',
    'SIGTERM',
    ...(process.platform === 'win32' ? ['SIGBREAK' as const] : []),
  ] as const) {
    signals.on(signal, () => onSignal(signal))
  }
  return controller.signal
}
