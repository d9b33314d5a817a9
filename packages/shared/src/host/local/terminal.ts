import process from 'node:process'

/** The command's own streams and arguments; what a display needs to know about them. */
export interface Terminal {
  readonly arguments: readonly string[]
  /** Absolute path of the folder that the command was started in. */
  readonly folder: string
  /** Whether lines of standard error may be redrawn: a terminal, and not the log of a CI. */
  readonly live: boolean
  /** Colours on standard output; https://no-color.org */
  readonly colour: boolean
  /** Colours on standard error. */
  readonly errorColour: boolean
  /** Columns of standard output, and rows of standard error. */
  readonly width: number
  readonly height: number
  out(text: string): void
  error(text: string): void
}

interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

export interface TerminalFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Stream
  readonly stderr: Stream
}

export function openTerminal(): Terminal {
  // `ci-actions … | head` closes the pipe early; that is no reason to die with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return {
    arguments: process.argv.slice(2),
    folder: process.cwd(),
    ...describeTerminal(process),
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
  }
}

export function describeTerminal({
  env,
  stdout,
  stderr,
}: TerminalFacts): Pick<Terminal, 'live' | 'colour' | 'errorColour' | 'width' | 'height'> {
  const dumb = env['TERM'] === 'dumb'
  const inCi = !['', 'false', '0'].includes(env['CI'] ?? '')
  const colour = (stream: Stream) => {
    if (env['NO_COLOR']) return false
    if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
    return stream.isTTY === true && !dumb
  }
  return {
    live: stderr.isTTY === true && !dumb && !inCi,
    colour: colour(stdout),
    errorColour: colour(stderr),
    width: Math.min(Math.max(stdout.columns || 100, 40), 200),
    height: stderr.rows || 24,
  }
}
