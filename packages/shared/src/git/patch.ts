/** Reads from a patch of `git diff -U0` which lines of the new files it adds or changes. Pure, bounded. */

/** 1-based, inclusive. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Longer lines are content, of which only the first byte is looked at. */
const longestHeader = 16 * 1024
const lineFeed = 0x0a
const backslash = 0x5c

/**
 * Ranges by path of the new version; files without added or changed lines are absent. The hunk headers say how
 * many lines of content follow, so no content, whatever it looks like, is taken for a header.
 */
export async function readPatch(
  chunks: AsyncIterable<Uint8Array>,
): Promise<ReadonlyMap<string, readonly LineRange[]>> {
  const reader = new PatchReader()
  for await (const chunk of chunks) reader.read(chunk)
  reader.finish()
  return reader.ranges
}

/** A patch is mostly content, of which nothing is decoded or kept. */
class PatchReader {
  readonly ranges = new Map<string, LineRange[]>()
  readonly #decoder = new TextDecoder()
  #path: string | undefined
  /** Lines of content that are still to come. */
  #content = 0
  /** Of the line that has not ended: how many bytes there are, the first one, and as much as a header may have. */
  #size = 0
  #first = 0
  #kept: Uint8Array[] = []

  read(chunk: Uint8Array): void {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] !== lineFeed) continue
      this.#endLine(chunk, from, at)
      from = at + 1
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  finish(): void {
    if (this.#size > 0) this.#endLine(new Uint8Array(0), 0, 0)
  }

  #keep(rest: Uint8Array): void {
    if (this.#size === 0) this.#first = rest[0] ?? 0
    if (this.#content === 0 && this.#size < longestHeader) this.#kept.push(rest.slice(0, longestHeader))
    this.#size += rest.length
  }

  #endLine(chunk: Uint8Array, from: number, end: number): void {
    if (this.#content > 0) {
      // A marker for a missing newline at the end of a file is no line of content.
      if ((this.#size === 0 ? chunk[from] : this.#first) !== backslash) this.#content -= 1
    } else {
      this.#readHeader(this.#decoder.decode(joined([...this.#kept, chunk.subarray(from, end)])))
    }
    this.#size = 0
    this.#kept = []
  }

  #readHeader(line: string): void {
    if (line.startsWith('diff --git ')) {
      this.#path = undefined
    } else if (line.startsWith('+++ ')) {
      this.#path = pathOf(line.slice('+++ '.length))
    } else if (line.startsWith('@@ ')) {
      const hunk = hunkOf(line)
      this.#content = hunk.content
      if (this.#path !== undefined && hunk.range) add(this.ranges, this.#path, hunk.range)
    }
  }
}

function add(ranges: Map<string, LineRange[]>, path: string, range: LineRange): void {
  const known = ranges.get(path)
  const last = known?.at(-1)
  if (!known) ranges.set(path, [range])
  else if (last && last.end + 1 === range.start)
    known[known.length - 1] = { start: last.start, end: range.end }
  else known.push(range)
}

function hunkOf(line: string): { readonly range: LineRange | undefined; readonly content: number } {
  const [, removed = '1', start = '0', added = '1'] =
    /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
  const first = Number(start)
  const count = Number(added)
  const range = count === 0 ? undefined : { start: first, end: first + count - 1 }
  return { range, content: Number(removed) + count }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 && parts[0]
    ? parts[0].subarray(0, longestHeader)
    : Buffer.concat(parts).subarray(0, longestHeader)
}

/** `b/name`, `"b/na\nme"` or `/dev/null`; git ends a name with blanks by a tab. */
function pathOf(printed: string): string | undefined {
  const name = printed.startsWith('"')
    ? unquoted(printed.slice(1, printed.lastIndexOf('"')))
    : printed.replace(/\t$/, '')
  return name.startsWith('b/') ? name.slice(2) : undefined
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }

/** Undoes git's C-style quoting; octal escapes are bytes of UTF-8. */
function unquoted(text: string): string {
  const bytes = text.replaceAll(
    /\\([0-7]{3}|.)|([^\\]+)/gs,
    (_, escaped: string | undefined, plain: string | undefined) => {
      if (plain !== undefined) return Buffer.from(plain, 'utf8').toString('latin1')
      const code =
        escaped !== undefined && escaped.length === 3 ? Number.parseInt(escaped, 8) : escapes[escaped ?? '']
      return code === undefined ? (escaped ?? '') : String.fromCharCode(code)
    },
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
