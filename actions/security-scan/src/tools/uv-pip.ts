/** What `uv pip` says about the project's environment. Pure. */
import type { Applicability, ConfigFile, Notice, Project, RawLocation, ToolRequest } from '@ci-actions/shared'
import { listOf, parseJson, recordOf, ToolOutputError, textOf, UserError } from '@ci-actions/shared'
import { linesOfNames } from '../dependencies/manifest-lines.ts'
import { isRequirementsPath } from '../dependencies/python-sets.ts'
import { isLockName, normalName } from './python-locks.ts'
import { nameSome } from './risk-finding.ts'

/** Throws a `UserError` where there is none: nothing installed is not the same as nothing wrong. */
export function interpreterOf({ python }: ToolRequest, name: string): string {
  if (python !== undefined) return python
  throw new UserError(
    `${name} looks at what is installed, and the project has no environment. Let \`install\` make one, or take it out of \`tools\`.`,
  )
}

export const withoutEnvironment =
  'The project has no environment of its own here to look into; `install` makes one.'

export function onManifests(project: Project): Applicability {
  const files = manifestsOf(project).map(({ path }) => path)
  if (files.length > 0) return { runs: true, files }
  return { runs: false, status: 'not-applicable', why: 'There is no file that names Python packages.' }
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

export interface PipCheck {
  readonly incompatibilities: readonly Incompatibility[]
  /** Lines about what is no conflict between packages, such as a broken folder or a version of Python. */
  readonly others: readonly string[]
  /** How many packages it looked at. */
  readonly checked: number
}

/** What `uv pip check` prints on standard error; its own counts must be those of what was understood. */
export function parsePipCheck(stderr: string, exitCode: number): PipCheck {
  const lines = stderr.split(/\r?\n/).filter((line) => line.startsWith('The package `'))
  const said = Number(/^Found (\d+) incompatibilit/m.exec(stderr)?.[1] ?? 0)
  const checked = /^Checked (\d+) packages?\b/m.exec(stderr)?.[1]
  const isClean = /^All installed packages are compatible$/m.test(stderr)
  if (checked === undefined || (said === 0) !== isClean || (exitCode === 0) !== isClean)
    throw new ToolOutputError(
      `uv pip check did not say what it came to. It printed: ${stderr.trim().slice(-400)}`,
    )
  if (lines.length !== said || !stderr.endsWith('\n'))
    throw new ToolOutputError(`uv pip check found ${said} incompatibilities and printed ${lines.length}.`)
  return {
    incompatibilities: lines.flatMap(incompatibility),
    others: lines.filter((line) => incompatibility(line).length === 0),
    checked: Number(checked),
  }
}

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

/** What makes uv say which packages it asked the index about: it leaves out those that the index does not know. */
export const traceOfIndex = { RUST_LOG: 'uv_client=trace' }

/** What that says; `failed` where the index told nothing of any package. */
export function indexNotices(stderr: string): readonly Notice[] {
  const asked = countsOf(stderr, /Fetching metadata for `([^`]+)` from/g)
  const missing = countsOf(stderr, /status 404 Not Found for: \S*\/([\w.-]+)\/?$/gm)
  const unknown = [...asked].flatMap(([name, count]) => ((missing.get(name) ?? 0) < count ? [] : [name]))
  if (unknown.length === asked.size)
    return [
      {
        level: 'failed',
        message:
          asked.size === 0
            ? 'uv asked the index about no package: nothing from an index is installed here.'
            : 'The index knows none of the packages that are installed here. Name the right one with `UV_DEFAULT_INDEX` or in `[tool.uv]`.',
      },
    ]
  if (unknown.length === 0) return []
  const message = `The index does not know ${nameSome(unknown.toSorted())}, so nobody knows whether there is a newer version.`
  return [{ level: 'warning', message }]
}

function countsOf(text: string, pattern: RegExp): ReadonlyMap<string, number> {
  const names = [...text.matchAll(pattern)].map(([, name = '']) => normalName(name))
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
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
