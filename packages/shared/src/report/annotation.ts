/** A message at a line of a file. Limits: actions/runner ExecutionContext.cs, REST check runs. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly path?: string | undefined
  readonly line?: number | undefined
  readonly endLine?: number | undefined
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
}
