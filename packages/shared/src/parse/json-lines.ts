/** JSON objects, one a line, between lines of plain text: what mypy and others print. */

export interface JsonLines {
  readonly values: readonly { readonly line: number; readonly value: Readonly<Record<string, unknown>> }[]
  /** Lines that begin like an object and are none: cut off or garbled, and never to be passed over. */
  readonly broken: readonly TextLine[]
  /** All other lines that are not blank. */
  readonly plain: readonly TextLine[]
}

export interface TextLine {
  /** 1-based. */
  readonly line: number
  readonly text: string
}

/** Never throws. Only objects count as JSON: a plain line may well be `12` or `[x]`. */
export function parseJsonLines(text: string): JsonLines {
  const values: { line: number; value: Readonly<Record<string, unknown>> }[] = []
  const broken: TextLine[] = []
  const plain: TextLine[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1
    const content = raw.trim()
    if (content === '') continue
    const value = content.startsWith('{') ? parseObject(content) : undefined
    if (value !== undefined) values.push({ line, value })
    else if (content.startsWith('{')) broken.push({ line, text: content })
    else plain.push({ line, text: content })
  }
  return { values, broken, plain }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // A text that begins with a brace can only be an object.
    const value: Readonly<Record<string, unknown>> = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
