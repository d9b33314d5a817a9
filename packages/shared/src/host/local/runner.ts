import type { Annotation } from '../../report/annotation.ts'
import type { Runner } from '../ports.ts'
import { createSecretMask } from '../secret-mask.ts'

export interface LocalRunnerOptions {
  /** Options of the command line, by the input's name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly debug: boolean
  /** Gets each line, redacted, without its line break. */
  readonly print: (line: string) => void
}

/** What was said to the workflow, of which a terminal shows nothing by itself. */
export interface LocalRunner extends Runner {
  readonly annotations: readonly Annotation[]
  readonly outputs: ReadonlyMap<string, string>
}

/** The runner of a command line: it says what it does line by line, and keeps the rest for whoever renders it. */
export function localRunner(options: LocalRunnerOptions): LocalRunner {
  const { inputs } = options
  const secrets = createSecretMask()
  const annotations: Annotation[] = []
  const outputs = new Map<string, string>()
  const states = new Map<string, string>()

  function print(text: string): void {
    const shown = withoutControls(secrets.redact(text))
    for (const line of shown.replace(/\n$/, '').split('\n')) options.print(line)
  }

  return {
    annotations,
    outputs,
    input: (name) => (Object.hasOwn(inputs, name) ? inputs[name]?.trim() || undefined : undefined),
    inputNames: () => Object.keys(inputs),
    mask: (secret) => {
      secrets.add(secret)
    },
    hide: (secret) => void secrets.add(secret),
    redact: secrets.redact,
    log: print,
    debug: (line) => {
      if (options.debug) print(line)
    },
    raw: print,
    group: async (title, body) => {
      print(title)
      return body()
    },
    annotate: (annotation) => {
      annotations.push(annotation)
    },
    output: (name, value) => {
      outputs.set(name, value)
    },
    summaryBytes: async () => 0,
    appendSummary: async () => false,
    state: (name) => states.get(name),
    saveState: (name, value) => {
      states.set(name, value)
    },
    fail: (message) => print(`error: ${message}`),
  }
}

/** Text of a repository could move the cursor, retitle the window or hide what was printed. */
function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/(?![\t\n])\p{Cc}(?:\[[0-9;?]*[ -/]*[@-~])?/gu, '')
}
