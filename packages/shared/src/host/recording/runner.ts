import type { Annotation } from '../../report/annotation.ts'
import type { Runner } from '../ports.ts'
import { createSecretMask } from '../secret-mask.ts'

export interface LogLine {
  readonly kind: 'log' | 'debug' | 'raw' | 'group'
  readonly text: string
}

/** Everything that was said, redacted where GitHub's log would be. */
export interface RunnerRecord {
  readonly lines: readonly LogLine[]
  /** All of `log`, one text. */
  log(): string
  readonly annotations: readonly Annotation[]
  readonly outputs: ReadonlyMap<string, string>
  summary(): string
  readonly states: ReadonlyMap<string, string>
  readonly failures: readonly string[]
  readonly masked: readonly string[]
}

export interface RecordingRunnerOptions {
  readonly inputs?: Readonly<Record<string, string>> | undefined
  /** Saved by an earlier phase of the step. */
  readonly states?: Readonly<Record<string, string>> | undefined
  /** Bytes of the summary that earlier uses have filled; false: there is no summary. */
  readonly summary?: number | false | undefined
}

/** The recorded side, as it fills. */
function emptyRecord(states: Readonly<Record<string, string>>) {
  const lines: LogLine[] = []
  return {
    lines,
    log: () => lines.flatMap(({ kind, text }) => (kind === 'log' ? [text] : [])).join('\n'),
    annotations: [] as Annotation[],
    outputs: new Map<string, string>(),
    states: new Map(Object.entries(states)),
    failures: [] as string[],
    masked: [] as string[],
  }
}

export function recordingRunner(options: RecordingRunnerOptions): { runner: Runner; record: RunnerRecord } {
  const { inputs = {}, summary: before = 0 } = options
  const secrets = createSecretMask()
  const record = emptyRecord(options.states ?? {})
  let summary = ''
  function say(kind: LogLine['kind'], text: string): void {
    record.lines.push({ kind, text: secrets.redact(text) })
  }
  const runner: Runner = {
    input: (name) => (Object.hasOwn(inputs, name) ? inputs[name]?.trim() || undefined : undefined),
    inputNames: () => Object.keys(inputs),
    mask: (secret) => void record.masked.push(...secrets.add(secret)),
    hide: (secret) => void secrets.add(secret),
    redact: secrets.redact,
    log: (line) => say('log', line),
    debug: (line) => say('debug', line),
    raw: (text) => say('raw', text),
    group: async (title, body) => {
      say('group', title)
      return body()
    },
    annotate: (annotation) => void record.annotations.push(annotation),
    output: (name, value) => void record.outputs.set(name, value),
    summaryBytes: async () => (before === false ? 0 : before + Buffer.byteLength(summary)),
    appendSummary: async (markdown) => {
      if (before === false) return false
      summary += secrets.redact(markdown)
      return true
    },
    state: (name) => record.states.get(name),
    saveState: (name, value) => void record.states.set(name, value),
    fail: (message) => void record.failures.push(secrets.redact(message)),
  }
  return { runner, record: { ...record, summary: () => summary } }
}
