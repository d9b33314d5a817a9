/** Files of the checkout, read for digests and for the lines that findings point at. Bounded, and never outside. */
import { createHash } from 'node:crypto'
import type { Files } from '../host/ports.ts'
import { insideFile } from './inside-file.ts'

/** Larger files get no source lines: columns stay as printed, fingerprints go by the message. */
const maxLinesBytes = 5_000_000
/** Larger files are not remembered. */
const maxDigestBytes = 64_000_000

export interface SourceFile {
  /** Hex SHA-256. */
  readonly digest: string
  readonly executable: boolean | undefined
}

export interface Sources {
  /** Of a regular file of the workspace by its repository-relative path; undefined where there is none, or it is too large. */
  file(path: string): Promise<SourceFile | undefined>
  /** Lines without their ends; undefined where it cannot or must not be read. Nothing is kept. */
  lines(path: string): Promise<readonly string[] | undefined>
  /** The same as one text, a byte order mark included. */
  text(path: string): Promise<string | undefined>
}

/** Digests are read once: do not change files behind it. */
export function openSources(files: Files, workspace: string): Sources {
  const known = new Map<string, Promise<SourceFile | undefined>>()
  let top: Promise<string | undefined> | undefined
  const read = async (path: string, maxBytes: number) => {
    top ??= files.realPath(workspace)
    const found = await insideFile(files, { folder: workspace, path, top: await top, maxBytes })
    if ('why' in found) return undefined
    const bytes = await files.read(found.path)
    return bytes && { bytes, executable: found.status.executable }
  }
  return {
    file: (path) => {
      let file = known.get(path)
      if (file === undefined) {
        file = read(path, maxDigestBytes)
          .then((found) => found && { digest: sha256(found.bytes), executable: found.executable })
          .catch(() => undefined)
        known.set(path, file)
      }
      return file
    },
    lines: async (path) => {
      const found = await read(path, maxLinesBytes).catch(() => undefined)
      return found && new TextDecoder().decode(found.bytes).split(/\r\n|\r|\n/)
    },
    text: async (path) => {
      const found = await read(path, maxLinesBytes).catch(() => undefined)
      return found && new TextDecoder('utf-8', { ignoreBOM: true }).decode(found.bytes)
    },
  }
}

/** In UTF-16 units. */
const mostKept = 8_000_000

/** Reads the lines of a file once for all that ask, as long as there is room; for what changes no file. */
export function keepLines(sources: Sources): Sources {
  const kept = new Map<string, readonly string[] | undefined>()
  let room = mostKept
  return {
    ...sources,
    lines: async (path) => {
      if (kept.has(path)) return kept.get(path)
      const lines = await sources.lines(path)
      const length = (lines ?? []).reduce((sum, line) => sum + line.length + 1, 0)
      if (length <= room) {
        room -= kept.has(path) ? 0 : length
        kept.set(path, lines)
      }
      return lines
    },
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
