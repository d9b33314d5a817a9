import { appendFileSync } from 'node:fs'
import { appendFile, stat } from 'node:fs/promises'
import type { Runner } from '../ports.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface StepFilesOptions {
  readonly env: Environment
  readonly redact: (text: string) => string
  /** A random text, so that no value can hold the end of itself. */
  readonly token: () => string
  /** Told where the runner gave no file for a value. */
  readonly missing: (message: string) => void
}

/** What a step hands over in files: outputs, states, and its summary. */
export function stepFiles(
  options: StepFilesOptions,
): Pick<Runner, 'output' | 'state' | 'saveState' | 'summaryBytes' | 'appendSummary'> {
  const { env, redact } = options
  const summaryFile = env['GITHUB_STEP_SUMMARY'] || undefined

  /** Written at once: a step may be killed at any time. */
  function setValue(variable: string, name: string, value: string): void {
    const file = env[variable]
    if (!file) {
      options.missing(`${name} is not handed over: ${variable} is not set`)
      return
    }
    const delimiter = `ghadelimiter_${options.token()}`
    appendFileSync(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
  }

  return {
    output: (name, value) => setValue('GITHUB_OUTPUT', name, value),
    state: (name) => env[`STATE_${name}`] || undefined,
    saveState: (name, value) => setValue('GITHUB_STATE', name, value),
    summaryBytes: async () => (summaryFile === undefined ? 0 : sizeOf(summaryFile)),
    appendSummary: async (markdown) => {
      if (summaryFile === undefined) return false
      await appendFile(summaryFile, redact(markdown))
      return true
    },
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch {
    return 0
  }
}
