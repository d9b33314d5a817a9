/** What `uv pip` says about the project's environment. Pure. */
import type { ConfigFile, Project, RawLocation, ToolRequest } from '@ci-actions/shared'
import { listOf, parseJson, recordOf, ToolOutputError, textOf, UserError } from '@ci-actions/shared'
import { linesOfNames } from '../dependencies/manifest-lines.ts'
import { isRequirementsPath } from '../dependencies/python-sets.ts'
import { isLockName } from './python-locks.ts'

/** Throws a `UserError` where there is none: nothing installed is not the same as nothing wrong. */
export function interpreterOf({ python }: ToolRequest, name: string): string {
  if (python !== undefined) return python
  throw new UserError(
    `${name} looks at what is installed, and the project has no environment. Let \`install\` make one, or take it out of \`tools\`.`,
  )
}

export function namesPackages(project: Project): readonly string[] {
  return manifestsOf(project).map(({ path }) => path)
}

function manifestsOf({ configuration }: Project): readonly ConfigFile[] {
  return configuration.filter(
    ({ name, path }) => name === 'pyproject.toml' || isLockName(name) || isRequirementsPath(path),
  )
}

/** Where packages are named, relative to the project; looked for once for all of them. */
export function placesOf(
  project: Project,
  pathOf: (file: ConfigFile) => string,
): (name: string) => RawLocation | undefined {
  const files = manifestsOf(project)
    .toSorted((a, b) => Number(isLockName(b.name)) - Number(isLockName(a.name)))
    .map((file) => ({ path: pathOf(file), lineOf: linesOfNames(file.text) }))
  return (name) => {
    const found = files.find(({ lineOf }) => lineOf(name) !== undefined)
    return found && { path: found.path, line: found.lineOf(name) }
  }
}

export interface Incompatibility {
  readonly name: string
  /** What is needed, as a requirement. */
  readonly needs: string
  readonly needed: string
  /** Undefined where it is not installed. */
  readonly installed: string | undefined
}

/** Lines of `uv pip check`; its own count must be that of what was understood. */
export function parseIncompatibilities(stderr: string): readonly Incompatibility[] {
  const lines = stderr.split(/\r?\n/).filter((line) => line.startsWith('The package `'))
  const said = Number(/^Found (\d+) incompatibilit/m.exec(stderr)?.[1] ?? 0)
  if (said === 0 && !stderr.includes('All installed packages are compatible'))
    throw new ToolOutputError(
      `uv pip check did not say what it came to. It printed: ${stderr.trim().slice(-400)}`,
    )
  if (lines.length !== said)
    throw new ToolOutputError(`uv pip check found ${said} incompatibilities and printed ${lines.length}.`)
  return lines.flatMap(incompatibility)
}

/** What is said about broken folders and versions of Python is no conflict between packages. */
function incompatibility(line: string): readonly Incompatibility[] {
  const [, name, needs, installed] =
    /^The package `([^`]+)` requires `([^`]+)`, but (?:`([^`]+)` is installed|it's not installed)$/.exec(
      line,
    ) ?? []
  if (name === undefined || needs === undefined) return []
  const needed = /^[A-Za-z0-9][\w.-]*/.exec(needs)?.[0] ?? needs
  return [{ name, needs, needed, installed }]
}

export interface Outdated {
  readonly name: string
  readonly version: string
  readonly latest: string
}

/** Of `uv pip list --outdated --format json`. */
export function parseOutdated(stdout: string): readonly Outdated[] {
  const what = 'uv pip list'
  return listOf(parseJson(stdout, what), what)
    .map((each) => recordOf(each, what))
    .map((each) => ({
      name: textOf(each, 'name', what),
      version: textOf(each, 'version', what),
      latest: textOf(each, 'latest_version', what),
    }))
}
