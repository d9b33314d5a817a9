/** What is known about a package before any tool runs. Gathered once by the host side; plain data. */

export interface Project {
  /** Name in the policy file; empty for the only package. */
  readonly name: string
  /** Absolute path of the folder the tools run in. */
  readonly root: string
  /** The same, repository-relative; empty for the top. */
  readonly folder: string
  /** Python files in scope, relative to `root`, `/` as separator, sorted. */
  readonly pythonFiles: readonly string[]
  /** All tracked and untracked, not ignored files below `root`, relative to it, sorted. */
  readonly files: readonly string[]
  /** Those of `files` that are to be looked at; absent for all of them. */
  readonly inScope?: readonly string[] | undefined
  /** First lines (`#!…`) of those of `files` without a suffix that have one; only where more than Python is checked. */
  readonly scripts?: ReadonlyMap<string, string> | undefined
  /** Where those of `files` end that are symbolic links: relative to `root`, so with `../` where it is outside of it. */
  readonly links?: ReadonlyMap<string, string> | undefined
  /** Configuration files found at `root` or above it in the repository, nearest first. */
  readonly configuration: readonly ConfigFile[]
  /** What tools asked for with `reads`, by path relative to `root`; without those that cannot be read. */
  readonly texts?: ReadonlyMap<string, string> | undefined
  /** First-party top-level module names, sorted. */
  readonly firstParty: readonly string[]
  /** Oldest Python version that the project supports, such as `3.11`, where it says so. */
  readonly requiresPython?: string | undefined
}

/** What tools for any kind of file look at, relative to `root`, sorted. */
export function filesInScope(project: Pick<Project, 'files' | 'inScope'>): readonly string[] {
  return project.inScope ?? project.files
}

/** By its name: a module, or a stub of one. */
export function isPython(path: string): boolean {
  return /\.pyi?$/.test(path)
}

/** A configuration file, read and parsed. */
export interface ConfigFile {
  /** File name alone: `pyproject.toml`, `setup.cfg`, `tox.ini`, `.flake8`, … */
  readonly name: string
  /** Repository-relative. */
  readonly path: string
  readonly text: string
  /**
   * Parsed content: tables of TOML, sections of INI files (`{section: {key: value}}`), YAML data; undefined
   * where it does not parse, then `error` says why.
   */
  readonly data?: Readonly<Record<string, unknown>> | undefined
  readonly error?: string | undefined
}
