/** How large a project is, for figures by density. */
import { join } from 'node:path'
import type { Files, Host } from '../host/ports.ts'

export interface ProjectSize {
  readonly files: number
  /** Of Python, those that are not blank. */
  readonly lines: number
}

/** Larger files are read piece by piece. */
const maxWholeBytes = 16_000_000

/** `files` are relative to `folder`; those that cannot be read count as empty. */
export async function measureFiles(
  host: Host,
  folder: string,
  files: readonly string[],
): Promise<ProjectSize> {
  let lines = 0
  for (const file of files) lines += await measureFile(host.files, join(folder, file)).catch(() => 0)
  return { files: files.length, lines }
}

/** Lines that are not blank. */
export async function measureFile(files: Files, path: string): Promise<number> {
  const bytes = (await files.status(path))?.bytes ?? 0
  if (bytes <= maxWholeBytes) return countLines(await files.read(path))
  const counter = lineCounter()
  for await (const chunk of files.stream(path)) counter.add(chunk)
  return counter.lines()
}

/** Works on bytes: a line is blank when it has nothing but spaces, tabs and carriage returns. */
export function countLines(content: Uint8Array | undefined): number {
  const counter = lineCounter()
  counter.add(content ?? new Uint8Array())
  return counter.lines()
}

function lineCounter(): { add(chunk: Uint8Array): void; lines(): number } {
  let lines = 0
  let blank = true
  return {
    add: (chunk) => {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at]
        if (byte === 0x0a) blank = true
        else if (blank && byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) {
          blank = false
          lines += 1
        }
      }
    },
    lines: () => lines,
  }
}

export function addSize(a: ProjectSize, b: ProjectSize, sign: 1 | -1): ProjectSize {
  return { files: a.files + sign * b.files, lines: a.lines + sign * b.lines }
}
