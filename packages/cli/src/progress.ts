/** What is shown of tools while they run: a table that is redrawn, or one line for each end. Pure. */
import type { ToolProgress } from '@ci-actions/shared'

export interface ToolLine {
  readonly name: string
  readonly phase: ToolProgress['phase'] | 'prepare'
  /** Milliseconds of the monotonic clock. */
  readonly since: number
  readonly run?: ToolProgress['run']
}

/** By tool and its place, in the order of their first event; without tools that do not run, which the report names. */
export type ProgressState = ReadonlyMap<string, ToolLine>

/** What is known before the first tool: the project is read, and its environment made. */
export function preparing(now: number): ProgressState {
  return new Map([['', { name: 'Project', phase: 'prepare', since: now }]])
}

export function updateProgress(state: ProgressState, event: ToolProgress, now: number): ProgressState {
  const { phase, run } = event
  if (isLeftOut(run)) return state
  const name = nameOf(event)
  const before = state.get(name)
  const since = before?.phase === phase ? before.since : now
  const known = new Map(state).set(name, { name, phase, since, ...(run !== undefined && { run }) })
  known.delete('')
  return known
}

/** The same tool looks at every package, and again at the base version of what changed. */
export function nameOf({ tool, role, package: name }: ToolProgress): string {
  const places = [...(name === '' ? [] : [name]), ...(role === 'base' ? ['base'] : [])]
  return places.length === 0 ? tool.name : `${tool.name} (${places.join(', ')})`
}

function isLeftOut(run: ToolProgress['run']): boolean {
  return run?.status === 'skipped' || run?.status === 'not-applicable'
}

export interface TableOptions {
  readonly now: number
  readonly colour: boolean
  readonly width: number
  /** Lines beyond are left out, those of ended tools first. */
  readonly height: number
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMs = 100

export function renderTable(state: ProgressState, options: TableOptions): readonly string[] {
  const lines = [...state.values()]
  const running = lines.filter(({ phase }) => phase !== 'done')
  const room = Math.max(0, options.height - running.length)
  const ended = lines.filter(({ phase }) => phase === 'done')
  const shown = new Set(
    [...running, ...(room === 0 ? [] : ended.slice(-room))].slice(0, Math.max(1, options.height)),
  )
  const column = Math.max(0, ...lines.map(({ name }) => name.length))
  return lines.filter((line) => shown.has(line)).map((line) => tableLine(line, column, options))
}

function tableLine(line: ToolLine, column: number, { now, colour, width }: TableOptions): string {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const ended = line.run
  const [code, symbol] =
    ended === undefined
      ? [36, frames[Math.floor(now / frameMs) % frames.length] ?? '']
      : symbolOf(ended.status)
  const text = ended === undefined ? running(line, now) : outcome(ended)
  return `${paint(code, symbol)} ${`${line.name.padEnd(column)}  ${text}`.slice(0, width - 3)}`
}

const phrases = {
  prepare: 'preparing',
  install: 'installing',
  ready: 'waiting',
  run: 'running',
  done: '',
} as const

function running({ phase, since }: ToolLine, now: number): string {
  const seconds = Math.floor((now - since) / 1000)
  return seconds < 1 ? phrases[phase] : `${phrases[phase]}, ${seconds} s`
}

type Run = NonNullable<ToolProgress['run']>

function symbolOf(status: Run['status']): readonly [colour: number, symbol: string] {
  if (status === 'failed') return [31, '✗']
  return status === 'findings' ? [33, '●'] : [32, '✓']
}

function outcome(run: Run): string {
  const seconds = `${run.seconds.toFixed(1)} s`
  if (run.status === 'clean') return `clean, ${seconds}`
  if (run.status === 'findings')
    return `${run.findings} ${run.findings === 1 ? 'finding' : 'findings'}, ${seconds}`
  const why = (run.why ?? '').split('\n', 1)[0] ?? ''
  return why === '' ? 'failed' : `failed: ${why}`
}

/** For logs, which cannot be redrawn: only what came to an end, and of the base nothing but failures. */
export function renderLine(event: ToolProgress): string | undefined {
  const { role, run } = event
  if (run === undefined || isLeftOut(run) || (role === 'base' && run.status !== 'failed')) return undefined
  return `${nameOf(event)}: ${outcome(run)}`
}
