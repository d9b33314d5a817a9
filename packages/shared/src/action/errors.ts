/** The outcomes that are not a verdict. Anything thrown that is none of these is a bug. */

/** Something that the author of the workflow can fix. Each problem says what to do. */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly problems: readonly string[]

  constructor(problems: string | readonly string[]) {
    const all = typeof problems === 'string' ? [problems] : problems
    super(all.join('\n'))
    this.problems = all
  }
}

/** The world's fault: what was not reached. A re-run may help. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError'
  /** What was not reached, such as `the package index`. */
  readonly what: string

  constructor(what: string, why: string, options?: ErrorOptions) {
    super(`${what}: ${why}`, options)
    this.what = what
  }
}

/** A tool's output that cannot be trusted; makes the tool's status `failed`, not the run a bug. */
export class ToolOutputError extends Error {
  override readonly name = 'ToolOutputError'
}

/** GitHub refused a request (4xx). */
export class GithubError extends Error {
  override readonly name = 'GithubError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
