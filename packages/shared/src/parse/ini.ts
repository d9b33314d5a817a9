/**
 * INI files as Python's `configparser` reads them: what setup.cfg, tox.ini, .flake8 and mypy.ini are.
 * Reference: `RawConfigParser._read` of the standard library. Without interpolation; a key needs a value.
 */

export type IniSections = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface IniFile {
  /** Keys in lower case; values of several lines joined by `\n`; those of `[DEFAULT]` in every section. */
  readonly sections: IniSections
  /** All that configparser would refuse, with lines; `sections` then holds what can be read all the same. */
  readonly error?: string | undefined
}

interface Reading {
  readonly sections: Map<string, Map<string, string[]>>
  readonly problems: string[]
  section?: { readonly name: string; readonly values: Map<string, string[]> } | undefined
  /** The value that an indented line goes on with. */
  value?: string[] | undefined
  /** Indentation of the line that began it. */
  indent: number
  /** Section and key, to tell repeated ones; a repeated value replaces the earlier one. */
  readonly seen: Set<string>
}

const defaultSection = 'DEFAULT'

export function parseIni(text: string): IniFile {
  const reading: Reading = { sections: new Map(), problems: [], indent: 0, seen: new Set() }
  if (text.startsWith('\ufeff'))
    reading.problems.push('line 1: starts with a byte order mark, which configparser refuses')
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    readLine(line, index + 1, reading)
  }
  const sections = withDefaults(reading.sections)
  return reading.problems.length === 0 ? { sections } : { sections, error: reading.problems.join('; ') }
}

function readLine(line: string, number: number, reading: Reading): void {
  const content = line.trim()
  if (content.startsWith('#') || content.startsWith(';')) return
  if (content === '') {
    reading.value?.push('')
    return
  }
  const indent = line.length - line.trimStart().length
  if (reading.value !== undefined && indent > reading.indent) {
    reading.value.push(content)
    return
  }
  reading.indent = indent
  const header = /^\[(.+)\]/.exec(content)
  if (header?.[1] !== undefined) startSection(header[1], number, reading)
  else readOption(content, number, reading)
}

function startSection(name: string, number: number, reading: Reading): void {
  const known = reading.sections.get(name)
  if (known !== undefined && name !== defaultSection) {
    reading.problems.push(`line ${number}: section [${name}] is there twice`)
  }
  const values = known ?? new Map<string, string[]>()
  reading.sections.set(name, values)
  reading.section = { name, values }
  reading.value = undefined
}

function readOption(content: string, number: number, reading: Reading): void {
  const { section } = reading
  if (section === undefined) {
    reading.problems.push(`line ${number}: comes before the first section header`)
    return
  }
  const end = content.search(/[=:]/)
  const key = content.slice(0, Math.max(end, 0)).trimEnd().toLowerCase()
  if (key === '') {
    reading.problems.push(`line ${number}: is neither a section, a key with a value, nor indented`)
    return
  }
  const identity = `${section.name}\0${key}`
  if (reading.seen.has(identity)) {
    reading.problems.push(`line ${number}: key ${key} is there twice in section [${section.name}]`)
  }
  reading.seen.add(identity)
  reading.value = [content.slice(end + 1).trim()]
  section.values.set(key, reading.value)
}

/** `Object.fromEntries` makes own properties even of `__proto__`. */
function withDefaults(sections: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>): IniSections {
  const defaults = joined(sections.get(defaultSection) ?? new Map<string, string[]>())
  const named = [...sections].filter(([name]) => name !== defaultSection)
  return Object.fromEntries(
    named.map(([name, values]) => [name, Object.fromEntries([...defaults, ...joined(values)])]),
  )
}

function joined(values: ReadonlyMap<string, readonly string[]>): readonly (readonly [string, string])[] {
  return [...values].map(([key, lines]) => [key, lines.join('\n').trimEnd()])
}
