/** What tools printed: read back for parsers, and kept as evidence without secrets. */
import { dirname } from 'node:path'
import { ToolOutputError } from '../action/errors.ts'
import type { Files, Runner } from '../host/ports.ts'
import { lastLines } from './process-outcome.ts'
import type { Tool, ToolText } from './tool.ts'

/** Of a stream or file of a tool; what is longer is cut off, which fails the tool. */
export const maxOutputBytes = 256 * 1024 * 1024
/** Redacted in one piece; longer texts in pieces that end with a line. */
const pieceBytes = 4 * 1024 * 1024

/** Undefined where there is no such file. */
export async function toolText(files: Files, path: string): Promise<ToolText | undefined> {
  const status = await files.status(path)
  if (status?.kind !== 'file') return undefined
  const { bytes } = status
  return {
    bytes,
    text: async () => {
      if (bytes > maxOutputBytes) throw new ToolOutputError(`${bytes} bytes are too many to read`)
      return (await files.readText(path)) ?? ''
    },
    chunks: () => files.stream(path),
  }
}

/** The last lines of a file of any size. */
export async function lastLinesOf(files: Files, path: string, count: number): Promise<string> {
  if ((await files.status(path))?.kind !== 'file') return ''
  const decoder = new TextDecoder()
  let tail = ''
  for await (const chunk of files.stream(path))
    tail = (tail + decoder.decode(chunk, { stream: true })).slice(-16_384)
  return lastLines(tail, count)
}

/** Copies a text without secrets; nothing is written for an empty one. */
export async function keepRedacted(files: Files, runner: Runner, from: string, to: string): Promise<void> {
  const status = await files.status(from)
  if (status?.kind !== 'file' || status.bytes === 0) return
  await files.makeFolder(dirname(to))
  await files.write(to, '')
  const decoder = new TextDecoder()
  let piece = ''
  for await (const chunk of files.stream(from)) {
    piece += decoder.decode(chunk, { stream: true })
    if (piece.length < pieceBytes) continue
    const end = lastBoundary(piece)
    await files.append(to, runner.redact(piece.slice(0, end)))
    piece = piece.slice(end)
  }
  await files.append(to, runner.redact(piece + decoder.decode()))
}

/** Copies JSON as the tool wants it kept, without secrets; nothing is written for what is no complete JSON. */
export async function keepPartly(
  files: Files,
  runner: Runner,
  { from, to, asEvidence }: { from: string; to: string; asEvidence: NonNullable<Tool['asEvidence']> },
): Promise<void> {
  const status = await files.status(from)
  if (status?.kind !== 'file' || status.bytes > maxOutputBytes) return
  const part = `${from}.part`
  try {
    const kept: unknown = JSON.parse((await files.readText(from)) ?? '', asEvidence)
    await files.write(part, `${JSON.stringify(kept, undefined, 2)}\n`)
  } catch (error) {
    if (error instanceof SyntaxError) return
    throw error
  }
  await keepRedacted(files, runner, part, to)
}

/** Where a text can be cut without cutting a secret: behind a line, else before a space or quote. */
function lastBoundary(text: string): number {
  return (
    text.lastIndexOf('\n') + 1 || Math.max(text.lastIndexOf(' '), text.lastIndexOf('"'), 0) || text.length
  )
}
