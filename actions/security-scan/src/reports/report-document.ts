/** A report as data, before anybody knows which tool wrote it. Pure. */
import type { JsonLines } from '@ci-actions/shared'
import { parseJsonLines, ToolOutputError } from '@ci-actions/shared'
import { duplicateKey } from './duplicate-keys.ts'
import { describeText } from './report-text.ts'

export interface ReportDocument {
  /** Without byte order mark. */
  readonly text: string
  /** Of JSON, one a line, the list of its objects. */
  readonly value: unknown
  readonly form: 'json' | 'lines'
}

/** Throws a `ToolOutputError` that is the end of a sentence about the file. Nothing of the text is repeated: it may hold secrets. */
export function parseDocument(whole: string): ReportDocument {
  // Bandit shows its progress on standard output where it looks at more than 50 files.
  const text = whole.replace(/^\ufeff/, '').replace(/^Working\.\.\. [^\n{[]*\n(?=\s*\{)/, '')
  const twice = (document: ReportDocument, values: readonly unknown[], json = text): ReportDocument => {
    const key = duplicateKey(json, values)
    if (key === undefined) return document
    throw new ToolOutputError(
      `has an object with the key ${JSON.stringify(key.slice(0, 60))} twice, so that one of the two would not be seen.`,
    )
  }
  try {
    const value: unknown = JSON.parse(text)
    return twice({ text, value, form: 'json' }, [value])
  } catch (error) {
    if (error instanceof ToolOutputError) throw error
  }
  const { values, broken, plain } = parseJsonLines(text)
  if (values.length === 0 || broken.length > 0) throw new ToolOutputError(`${describeText(text)}.`)
  const value = values.map((each) => each.value)
  // Lines that are no JSON, such as those of a log, may have any marks in them.
  const lines = plain.length === 0 ? text : jsonLines(text, values)
  return twice({ text, value, form: 'lines' }, value, lines)
}

function jsonLines(text: string, values: JsonLines['values']): string {
  const lines = text.split('\n')
  return values.map(({ line }) => lines[line - 1] ?? '').join('\n')
}
