/** When an archive of advisories was last up to date: copying it makes its file young, and nothing in it. */
import type { Files } from '@ci-actions/shared'

/**
 * In these somebody publishes or mends an advisory every day, so that the newest one tells when the archive was made. An
 * archive of a quiet ecosystem may rightly hold nothing of this month.
 */
const busy = new Set(['PyPI', 'npm'])

/** The list of entries stands at the end; that of npm, by far the largest, has about 20 MB. */
const mostBytes = 64 * 1024 * 1024

/** Milliseconds since 1970; undefined where the archive does not say, and for quiet ecosystems. */
export async function newestAdvisory(
  files: Pick<Files, 'stream'>,
  path: string,
  ecosystem: string,
): Promise<number | undefined> {
  return busy.has(ecosystem) ? newestEntry(await tailOf(files, path)) : undefined
}

async function tailOf(files: Pick<Files, 'stream'>, path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of files.stream(path)) {
    chunks.push(chunk)
    bytes += chunk.length
    while (bytes - (chunks[0]?.length ?? 0) >= mostBytes) bytes -= chunks.shift()?.length ?? 0
  }
  return Buffer.concat(chunks)
}

/**
 * The time of the newest entry, of the end of an archive; OSV gives each the time at which its advisory was changed.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function newestEntry(tail: Buffer): number | undefined {
  let newest = 0
  for (let at = directoryIn(tail); at !== undefined && hasSign(tail, at, '\x01\x02'); ) {
    if (at + 46 > tail.length) return undefined
    newest = Math.max(newest, tail.readUInt16LE(at + 14) * 0x10000 + tail.readUInt16LE(at + 12))
    at += 46 + tail.readUInt16LE(at + 28) + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return timeOf(newest)
}

/** Archives of more than 65,535 entries have a second record at the end, and only that holds the size of the list. */
function directoryIn(tail: Buffer): number | undefined {
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end === -1 || end + 22 > tail.length) return undefined
  const isLarge = end >= 76 && hasSign(tail, end - 20, '\x06\x07') && hasSign(tail, end - 76, '\x06\x06')
  const size = isLarge ? Number(tail.readBigUInt64LE(end - 76 + 40)) : tail.readUInt32LE(end + 12)
  const start = (isLarge ? end - 76 : end) - size
  return start >= 0 ? start : undefined
}

function hasSign(bytes: Buffer, at: number, sign: string): boolean {
  return bytes.toString('latin1', at, at + 4) === `PK${sign}`
}

/** Days since 1980 in the upper half, steps of two seconds in the lower; the first day means that there is no time. */
function timeOf(dos: number): number | undefined {
  const [date, time] = [Math.floor(dos / 0x10000), dos % 0x10000]
  if (date <= 0x21) return undefined
  const day = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31] as const
  return Date.UTC(...day, time >> 11, (time >> 5) & 63, (time & 31) * 2)
}
