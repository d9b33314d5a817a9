/** On which line of a file a package is named; read once for all names. Pure. */
import { canonicalName } from '@ci-actions/shared'

/** Longer lines hold data, not names. */
const longestLine = 2000

/**
 * First line that begins with the name, be it quoted or the value of `name =`: as TOML, INI, Pipfiles and Pipfile.lock
 * have them; of several names on a line each.
 */
export function linesOfNames(text: string): (name: string) => number | undefined {
  const found = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > longestLine) continue
    const named = /^\s*name\s*=\s*["']([\w.-]+)["']/.exec(line)?.[1] ?? /^\s*([\w.-]+)/.exec(line)?.[1]
    const quoted = [...line.matchAll(/["']([A-Za-z0-9][\w.-]*)/g)].map(([, name]) => name)
    for (const name of [named, ...quoted]) {
      const key = name === undefined ? '' : canonicalName('pypi', name)
      if (key !== '' && !found.has(key)) found.set(key, index + 1)
    }
  }
  return (name) => found.get(canonicalName('pypi', name))
}

/** Lines of a lock file on which a package's own entry begins; `pattern` takes the name in its first group. */
export function linesOfEntries(text: string, pattern: RegExp): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const name = line.length > longestLine ? undefined : pattern.exec(line)?.[1]
    if (name !== undefined && !found.has(name)) found.set(name, index + 1)
  }
  return found
}
