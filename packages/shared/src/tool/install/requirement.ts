/** Requirements as Python writes them (PEP 508), as far as versions of tools need them. */

export interface Requirement {
  /** Normalised (PEP 503). */
  readonly name: string
  readonly extras: readonly string[]
  /** Such as `>=24.1,<25`; empty for any version or a URL. */
  readonly specifier: string
  /** Environment marker without the semicolon; empty for none. */
  readonly marker: string
  /** The version where the specifier is a single `==` without wildcard. */
  readonly exact?: string | undefined
}

const requirementPattern =
  /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*\(?((?:(?:===?|~=|!=|<=?|>=?)\s*[^\s,;()]+\s*,?\s*)*)\)?\s*(?:;\s*(.+))?$/

/** Undefined for what is no plain requirement: a URL, a path, an option. */
export function parseRequirement(text: string): Requirement | undefined {
  const [, name, extras, specifier, marker] = requirementPattern.exec(text.trim()) ?? []
  if (name === undefined) return undefined
  const compact = (specifier ?? '').replaceAll(/\s+/g, '').replace(/,$/, '')
  const exact = exactVersion(compact)
  return {
    name: normaliseName(name),
    extras: (extras ?? '')
      .split(',')
      .map((extra) => normaliseName(extra.trim()))
      .filter((extra) => extra !== ''),
    specifier: compact,
    marker: (marker ?? '').trim(),
    ...(exact !== undefined && { exact }),
  }
}

/** Lower case, and one `-` for any run of `-`, `_` and `.`. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
}

/** The version of `==1.2.3`; undefined for ranges, wildcards and lists. */
export function exactVersion(specifier: string): string | undefined {
  return /^={2,3}(v?\d[\w.!+-]*)$/.exec(specifier)?.[1]?.replace(/^v/, '')
}

/** A version as people tag it (`v1.2.3`), without the `v`; undefined for anything else, such as a commit. */
export function plainVersion(text: string): string | undefined {
  return /^v?(\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?)$/.exec(text.trim())?.[1]
}

export function renderRequirement(requirement: Requirement): string {
  const extras = requirement.extras.length === 0 ? '' : `[${requirement.extras.join(',')}]`
  const marker = requirement.marker === '' ? '' : ` ; ${requirement.marker}`
  return `${requirement.name}${extras}${requirement.specifier}${marker}`
}

/** Logical lines of a requirements file: comments gone, continued lines joined, blank ones left out. */
export function requirementLines(text: string): readonly string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
}

/** Requirements of a requirements file, options such as hashes left out; included files are not followed. */
export function parseRequirements(text: string): readonly Requirement[] {
  return requirementLines(text).flatMap(
    (line) => parseRequirement(line.replace(/\s--[a-z-]+[=\s].*$/, '')) ?? [],
  )
}

/** `flake8-*` stands for all names that begin so. */
export function matchesName(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  )
}
