/**
 * The runner of GitHub Actions. `@actions/core` is not used: it can neither switch commands off around a tool's
 * text nor be pointed at another stream, and it costs 80 ms at every start.
 */
import type { Runner } from '../ports.ts'
import { createSecretMask } from '../secret-mask.ts'
import { formatAnnotation, formatCommand, formatText } from './command.ts'
import { stepFiles } from './step-files.ts'

export interface GithubRunnerOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Standard output, which the runner reads. */
  readonly write: (text: string) => void
  readonly setExitCode: (code: number) => void
  /** Hex of random bytes. */
  readonly random: (bytes: number) => string
}

export function githubRunner(options: GithubRunnerOptions): Runner {
  const { env } = options
  const secrets = createSecretMask()
  const token = () => options.random(16)
  const write = (text: string) => options.write(secrets.redact(text))
  const print = (text: string) => write(formatText(text === '' ? '\n' : text, token))
  const debug = (line: string) => write(formatCommand('debug', line))
  let failed = false

  return {
    ...stepFiles({ env, redact: secrets.redact, token, missing: debug }),
    input: (name) => env[inputVariable(name)]?.trim() || undefined,
    inputNames: () => inputNames(env),
    mask: (secret) => {
      for (const part of secrets.add(secret)) options.write(formatCommand('add-mask', part))
    },
    hide: (secret) => void secrets.add(secret),
    redact: secrets.redact,
    log: print,
    debug,
    raw: print,
    group: async (title, body) => {
      write(formatCommand('group', title))
      try {
        return await body()
      } finally {
        write(formatCommand('endgroup', ''))
      }
    },
    annotate: (annotation) => write(formatAnnotation(annotation)),
    fail: (message) => {
      if (failed) return
      failed = true
      options.setExitCode(1)
      write(formatAnnotation({ level: 'error', title: '', message }))
    },
  }
}

/** As the runner names it: spaces become `_`, dashes stay. */
function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/** Not more than lower case: `fail_on` for `fail-on` has to be recognised as a mistake. */
function inputNames(env: GithubRunnerOptions['env']): string[] {
  const prefix = 'INPUT_'
  const names = Object.keys(env).filter((name) => name.startsWith(prefix))
  return names.map((name) => name.slice(prefix.length).toLowerCase())
}
