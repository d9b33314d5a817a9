/** Paths as typed in a folder, as the project's paths. */
import { isAbsolute, relative, resolve, sep } from 'node:path'

export interface PathContext {
  /** Absolute folder that the command was started in. */
  readonly folder: string
  /** Absolute top of the working tree. */
  readonly workspace: string
  /** The input `working-directory`, as given; what the project's paths are relative to. */
  readonly workingDirectory: string
}

/**
 * Relative to the working directory, with `/`. What is not below it from where the command was started is taken as
 * being relative to it already. Undefined for what is outside the working tree.
 */
export function projectPath(typed: string, context: PathContext): string | undefined {
  const project = resolve(context.workspace, context.workingDirectory)
  const inside = below(project, resolve(context.folder, typed))
  if (inside !== undefined) return inside
  if (isAbsolute(typed)) return undefined
  return below(project, resolve(project, typed))
}

function below(folder: string, path: string): string | undefined {
  const found = relative(folder, path).split(sep).join('/')
  if (found === '') return '.'
  return found === '..' || found.startsWith('../') || isAbsolute(found) ? undefined : found
}
