/** Reads a text as a file would be read, in pieces of any size, and keeps every test. */

import { readResults } from '../read-results.ts'
import type { ReadResults, TestResult } from '../test-result.ts'

export interface ReadText extends ReadResults {
  readonly results: readonly TestResult[]
}

export async function readText(content: string | Uint8Array, pieceSize = 65_536): Promise<ReadText> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const results: TestResult[] = []
  const chunks = () => pieces(bytes, pieceSize)
  const read = await readResults({ path: 'results', chunks }, { test: (result) => results.push(result) })
  return { ...read, results }
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Not what a gate needs to say no, but what it must know. */
export function isGreen(read: ReadText): boolean {
  const isFailing = ({ status }: TestResult) => status === 'failed' || status === 'error'
  return read.complete && read.results.length > 0 && !read.results.some(isFailing)
}
