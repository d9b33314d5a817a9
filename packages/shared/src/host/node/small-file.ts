/** Files that are read faster than a thread is woken to do it. */
import { readFileSync, statSync } from 'node:fs'

const mostBytes = 1024 * 1024

/** Undefined for a larger file, and for what may let us wait, such as a pipe. Throws the platform's errors. */
export function readSmallFile(path: string): Uint8Array | undefined {
  const status = statSync(path)
  return status.isFile() && status.size <= mostBytes ? readFileSync(path) : undefined
}
