/** Workflow commands: lines of standard output that the runner obeys. Source: actions/runner ActionCommand.cs. */
import type { Annotation } from '../../report/annotation.ts'

/** actions/runner ExecutionContext.cs cuts there without a word. */
const longestMessage = 4096
const longestTitle = 255

export type CommandProperties = Readonly<Record<string, string | number | undefined>>

export function formatCommand(name: string, message: string, properties: CommandProperties = {}): string {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escapeProperty(String(value))}`],
  )
  return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(message)}\n`
}

export function formatAnnotation(annotation: Annotation): string {
  const { path, line, endLine } = annotation
  // GitHub refuses columns on a range of several lines.
  const oneLine = line !== undefined && (endLine === undefined || endLine === line)
  return formatCommand(annotation.level, shorten(annotation.message, longestMessage), {
    title: shorten(annotation.title, longestTitle),
    file: path,
    line: path === undefined ? undefined : line,
    endLine: path === undefined ? undefined : endLine,
    col: path !== undefined && oneLine ? annotation.column : undefined,
    endColumn: path !== undefined && oneLine ? annotation.endColumn : undefined,
  })
}

/**
 * Text in which no line is a command. Without need it stays as it is; else commands are switched off until the
 * token comes, so it must be random.
 */
export function formatText(text: string, token: () => string): string {
  const lines = text.endsWith('\n') || text === '' ? text : `${text}\n`
  if (!mayHoldCommand(text)) return lines
  const name = token()
  return `::stop-commands::${name}\n${lines}::${name}::\n`
}

/** The old form `##[command]` counts anywhere in a line, the new one behind what the runner trims; lines end at CR too. */
function mayHoldCommand(text: string): boolean {
  return text.includes('##[') || /(?:^|[\r\n])[^\w\r\n]*::/.test(text)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const end = isHighSurrogate(text.charCodeAt(most - 2)) ? most - 2 : most - 1
  return `${text.slice(0, end)}…`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
