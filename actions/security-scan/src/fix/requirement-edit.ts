/** Changes what a file asks for of one package, and nothing else of the file. Pure. */
import { parseRequirement } from '@ci-actions/shared'
import { normalName } from '../tools/python-locks.ts'
import { dependencyLines } from './pyproject-lines.ts'
import { raisePoetryConstraint, raisePythonSpecifier } from './specifier.ts'

export interface EditedText {
  readonly text: string
  /** What stood there, where it did not let the version in. */
  readonly beyond?: string | undefined
}

/** A name with extras, then a specifier up to a marker, an option, a comment, a quote or the end. */
const head =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(\s*\[[^\]]*\])?(\s*\(?\s*)((?:(?:===?|~=|!=|<=?|>=?)\s*[^\s,;()"'#\\]+(?:\s*,\s*)?)*)/

/** All lines of a requirements file that name it. Undefined where none can be changed. */
export function editRequirements(text: string, name: string, version: string): EditedText | undefined {
  return joinEdits(
    text.split('\n').map((line) => {
      const indent = /^\s*/.exec(line)?.[0] ?? ''
      return editAt(line, indent.length, name, version)
    }),
  )
}

/** Lists of requirements in pyproject.toml, and the tables of Poetry. Undefined where none can be changed. */
export function editPyproject(text: string, name: string, version: string): EditedText | undefined {
  const kinds = dependencyLines(text)
  return joinEdits(
    text.split('\n').map((line, index): EditedLine => {
      const kind = kinds[index]
      if (kind === undefined) return { line }
      return kind === 'table' ? editPoetry(line, name, version) : editQuoted(line, name, version)
    }),
  )
}

function editQuoted(line: string, name: string, version: string): EditedLine {
  let edited: EditedLine = { line }
  for (const match of line.matchAll(/["'](?=[A-Za-z0-9])/g)) {
    if (edited.changed === true) break
    edited = editAt(line, match.index + 1, name, version)
  }
  return edited
}

/** `name = "^1.2"`, `name = {version = "^1.2", …}`. */
function editPoetry(line: string, name: string, version: string): EditedLine {
  const match =
    /^(\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=\s*(?:\{.*?\bversion\s*=\s*)?["'])([^"']*)(["'].*)$/s.exec(line)
  const [, before = '', named = '', range = '', after = ''] = match ?? []
  if (match === null || normalName(named) !== name || !/^[\^~<>=!\d]/.test(range)) return { line }
  const raised = raisePoetryConstraint(range, version) ?? raisePythonSpecifier(range, version)
  if (raised === undefined) return { line, refused: true }
  return {
    line: `${before}${raised.specifier}${after}`,
    changed: true,
    ...(raised.beyond && { beyond: range }),
  }
}

interface EditedLine {
  readonly line: string
  readonly changed?: boolean | undefined
  /** It names the package, but in a way that must not be guessed at. */
  readonly refused?: boolean | undefined
  readonly beyond?: string | undefined
}

function editAt(line: string, start: number, name: string, version: string): EditedLine {
  const match = head.exec(line.slice(start))
  const [whole = '', named = '', extras = '', space = '', specifier = ''] = match ?? []
  if (match === null || normalName(named) !== name) return { line }
  const rest = line.slice(start + whole.length)
  const trailing = /\s*$/.exec(specifier)?.[0] ?? ''
  // What follows has to be the end, a marker, an option or a comment; an address is another way to ask.
  if (!/^\s*(?:$|[;)"'#\\]|--)/.test(`${trailing}${rest}`)) return { line, refused: true }
  if (parseRequirement(`${named}${specifier}`) === undefined) return { line, refused: true }
  const raised = raisePythonSpecifier(specifier, version)
  if (raised === undefined) return { line, refused: true }
  const changed = `${line.slice(0, start)}${named}${extras}${space}${raised.specifier}${trailing}${rest}`
  return { line: changed, changed: true, ...(raised.beyond && { beyond: specifier.trim() }) }
}

function joinEdits(lines: readonly EditedLine[]): EditedText | undefined {
  if (lines.some(({ refused }) => refused === true) || !lines.some(({ changed }) => changed === true))
    return undefined
  const beyond = lines.find((each) => each.beyond !== undefined)?.beyond
  return { text: lines.map(({ line }) => line).join('\n'), ...(beyond !== undefined && { beyond }) }
}
