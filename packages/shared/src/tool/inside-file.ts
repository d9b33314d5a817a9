/** Files below a folder that somebody else filled: links may lead out of it, and a file may be of any size or none. */
import { join, posix, sep } from 'node:path'
import type { FileStatus, Files } from '../host/ports.ts'

export interface InsideFile {
  /** With links resolved: read this one, or a link may have changed in between. */
  readonly path: string
  readonly status: FileStatus
}

export interface InsideRequest {
  /** Absolute. */
  readonly folder: string
  /** Relative to the folder, with `/`. It may lead above it. */
  readonly path: string
  /** Absolute, with links resolved: where the file must be in the end. Undefined where there is no such folder. */
  readonly top: string | undefined
  readonly maxBytes: number
}

/** A regular file of at most `maxBytes`, or in words why there is none to read. Throws the platform's errors. */
export async function insideFile(
  files: Pick<Files, 'realPath' | 'status'>,
  { folder, path, top, maxBytes }: InsideRequest,
): Promise<InsideFile | { readonly why: string }> {
  if (posix.isAbsolute(path)) return { why: 'it is outside the repository' }
  const real = await files.realPath(join(folder, ...path.split('/')))
  if (real === undefined || top === undefined) return { why: 'it does not exist' }
  if (!real.startsWith(`${top}${sep}`)) return { why: 'it leads out of the repository' }
  const status = await files.status(real)
  if (status?.kind !== 'file') return { why: 'it is no file' }
  return status.bytes > maxBytes ? { why: 'it is too large' } : { path: real, status }
}
