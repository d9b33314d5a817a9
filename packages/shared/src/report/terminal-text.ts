/** Text for a terminal: colours, widths, wrapping. Control characters never come through. */
import { visibleLine } from './visible.ts'

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
}

export type Paint = (text: string, colour: Colour) => string

/** Texts given to it must be visible already; it adds the only escape sequences there are. */
export function painter(colours: boolean): Paint {
  if (!colours) return (text) => text
  return (text, colour) =>
    text === '' ? '' : `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`
}

/** Where a runner finds commands: `::` at the start of a line, `##[` anywhere (actions/runner ActionCommand.cs). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours may stand before it.
const commandStart = /^((?:\s|\u001b\[\d+m)*):(?=:)|#(?=#\[)/gm

/** A text that prints no workflow command, whatever files and messages are called. */
export function withoutCommands(text: string): string {
  return text.replace(commandStart, (_, before?: string) =>
    before === undefined ? '\\u{23}' : `${before}\\u{3a}`,
  )
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u
const mark = /[\p{M}\u200c\u200d]/u

/** Columns that a text takes; close enough for the scripts that occur in paths and messages. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let columns = 0
  for (const character of text) columns += mark.test(character) ? 0 : wide.test(character) ? 2 : 1
  return columns
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** Lines of at most `width` columns, later ones indented; a word that is longer stands alone and is not cut. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of visibleLine(text)
    .split(' ')
    .filter((word) => word !== '')) {
    const candidate = line === '' ? (lines.length === 0 ? word : indent + word) : `${line} ${word}`
    if (line !== '' && columnsOf(candidate) > width) {
      lines.push(line)
      line = indent + word
    } else line = candidate
  }
  return line === '' ? lines : [...lines, line]
}

/** Columns are not made narrower than this; the rows are then wider than asked. */
const narrowest = 12

export interface Layout {
  /** Indices of columns of numbers; they are never wrapped. */
  readonly right?: ReadonlySet<number> | undefined
  /** Columns of the terminal that a row may take; default: as many as it needs. */
  readonly width?: number | undefined
}

/**
 * Rows in columns, two spaces apart, each as its lines: where there is no room the widest columns are wrapped,
 * so that none is lost. The last column is not padded. Cells are visible text.
 */
export function alignRows(
  rows: readonly (readonly string[])[],
  { right = new Set(), width = Number.POSITIVE_INFINITY }: Layout = {},
): readonly (readonly string[])[] {
  const widths = columnWidths(rows, right, width)
  return rows.map((row) => {
    const cells = row.map((cell, index) => (right.has(index) ? [cell] : wrap(cell, widths[index] ?? 0)))
    const height = Math.max(1, ...cells.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, index) => (right.has(index) ? padStart : padEnd)(lines[line] ?? '', widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  })
}

function columnWidths(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number>,
  width: number,
): readonly number[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [index, cell] of row.entries())
      widths[index] = Math.min(width, Math.max(widths[index] ?? 0, columnsOf(cell)))
  }
  const room = width - 2 * (widths.length - 1)
  while (widths.reduce((sum, each) => sum + each, 0) > room) {
    const widest = Math.max(...widths.filter((_, index) => !right.has(index)))
    if (widest <= narrowest) break
    widths[widths.findIndex((each, index) => each === widest && !right.has(index))] = widest - 1
  }
  return widths
}
