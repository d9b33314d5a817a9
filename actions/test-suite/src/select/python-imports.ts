/**
 * The modules that a Python file may load, read from its text. Rather too many than too few: an `import` in a comment
 * or in a text counts as well, so that no way to write one is missed. Pure.
 */

export interface ImportedNames {
  /** Dotted names from the top, `a.b.c` for `from a.b import c` too: whoever looks them up tries every beginning. */
  readonly absolute: readonly string[]
  readonly relative: readonly RelativeName[]
  /** Names in quotes, as in `patch("a.b.charge")` or `"a.main:app"`. */
  readonly quoted: readonly string[]
}

export interface RelativeName {
  /** 1 for the package that the file is in. */
  readonly level: number
  /** May be empty, for `from . import *`. */
  readonly name: string
}

const letter = String.raw`[\p{ID_Continue}]`
const dotted = String.raw`${letter}+(?:[ \t]*\.[ \t]*${letter}+)*`
const wordImport = /\bimport\b/gu
const fromBefore = new RegExp(String.raw`\bfrom\b[ \t]*([. \t]*)(${dotted})?[ \t]*$`, 'u')
const firstName = new RegExp(String.raw`^[ \t\n]*(${dotted})`, 'u')
const quotedName = new RegExp(String.raw`(['"])(${letter}+(?:(?:\.${letter}+)+(?::[\w.]+)?|:[\w.]+))\1`, 'gu')
/** A name without a dot says little, unless it is given to one of these. */
const quotedFor = new RegExp(
  String.raw`\b(?:import_module|__import__|importorskip)\s*\(\s*(['"])(${letter}+)\1`,
  'gu',
)
/** No `from` clause is as long. */
const longestClause = 2000

export function readImports(source: string): ImportedNames {
  const text = logicalText(source)
  const absolute: string[] = []
  const relative: RelativeName[] = []
  for (const { index } of text.matchAll(wordImport)) {
    const names = importedAt(text, index + 'import'.length)
    const [, dots = '', module = ''] = fromBefore.exec(beforeOnLine(text, index)) ?? []
    const level = dots.replaceAll(/[^.]/g, '').length
    const full = names.map((name) => [unspaced(module), name].filter((part) => part !== '').join('.'))
    if (level > 0) relative.push(...[unspaced(module), ...full].map((name) => ({ level, name })))
    else absolute.push(unspaced(module), ...full)
  }
  const quoted = [...text.matchAll(quotedName), ...text.matchAll(quotedFor)].map(
    ([, , name = '']) => name.split(':')[0] ?? '',
  )
  return {
    absolute: [...new Set(absolute)].filter((name) => name !== ''),
    relative,
    quoted: [...new Set([...quoted, ...pluginNames(text)])],
  }
}

/** Python compares names after NFKC; lines that go on after a backslash become one. */
function logicalText(source: string): string {
  return source.normalize('NFKC').replaceAll(/\r\n?/g, '\n').replaceAll('\\\n', ' ').replaceAll('\f', ' ')
}

function beforeOnLine(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - longestClause), index)
  return before.slice(before.lastIndexOf('\n') + 1)
}

/** The names after `import`, up to the end of the statement. */
function importedAt(text: string, start: number): readonly string[] {
  const opening = /^[ \t]*\(/.exec(text.slice(start, start + 200))
  const list = opening === null ? restOfLine(text, start) : inBrackets(text, start + opening[0].length)
  return list.split(',').flatMap((part) => {
    const name = firstName.exec(part)?.[1]
    return name === undefined ? [] : [unspaced(name)]
  })
}

function restOfLine(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end === -1 ? undefined : end).split(/[;#]/, 1)[0] ?? ''
}

/** Without comments, which may hold brackets and commas. */
function inBrackets(text: string, start: number): string {
  let list = ''
  let at = start
  while (at < text.length) {
    const next = text.slice(at, at + 10_000).search(/[#)]/)
    if (next === -1 || text[at + next] === ')')
      return list + text.slice(at, next === -1 ? at + 10_000 : at + next)
    const end = text.indexOf('\n', at + next)
    list += text.slice(at, at + next)
    at = end === -1 ? text.length : end
  }
  return list
}

function unspaced(name: string): string {
  return name.replaceAll(/[ \t]/g, '')
}

/** All names in quotes shortly after `pytest_plugins`. */
function pluginNames(text: string): readonly string[] {
  const lists = [...text.matchAll(/\bpytest_plugins\b/g)].map(({ index }) => text.slice(index, index + 5000))
  return lists.flatMap((list) => quotedWords(list))
}

/** Every name in quotes, also without a dot. In an `__init__.py` they are what `import *` of it may load. */
export function quotedWords(text: string): readonly string[] {
  const pattern = new RegExp(String.raw`(['"])(${dotted})\1`, 'gu')
  return [...text.matchAll(pattern)].map(([, , name = '']) => name)
}
