/** Lines as Python's `str.splitlines` sees them. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these.
const pythonLineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/

/** Without line ends; a text that ends in one has no empty last line. */
export function pythonLines(text: string): readonly string[] {
  const lines = text.split(pythonLineEnd)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** A line that was split at `\n`, without the `\r` of a Windows line end. */
export function withoutLineEnd(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
