/** TOML files: pyproject.toml, ruff.toml, lock files. */
import { parse, TomlError } from 'smol-toml'

/** Throws an `Error` whose message is one line with the place. Integers beyond 2⁵³ become `bigint`. */
export function parseToml(text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // The library appends the source around the place.
    const [first = ''] = error.message.split('\n')
    const what = first.replace(/^Invalid TOML document: /, '')
    throw new Error(`line ${error.line}, column ${error.column}: ${what}`, { cause: error })
  }
}
