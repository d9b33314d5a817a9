/** What is known of the sources without any tool: their size, and the comments that silence tools. Read once. */
import { join } from 'node:path'
import type { Finding } from '../finding/finding.ts'
import type { Files } from '../host/ports.ts'
import { inParallel } from '../in-parallel.ts'
import { isPython } from '../tool/project.ts'
import type { ProjectSize } from './size.ts'
import { countLines, measureFile } from './size.ts'
import { suppressionsIn } from './suppressions.ts'

export interface SourceScan {
  readonly size: ProjectSize
  /** In the order of the files. */
  readonly suppressions: readonly Finding[]
}

/** Larger files are data: their lines count, and nobody wrote comments in them. */
const maxTextBytes = 5_000_000
const readsAtATime = 8

/** `files` are relative to `top`; those that cannot be read count as empty. */
export async function scanSources(files: Files, top: string, paths: readonly string[]): Promise<SourceScan> {
  const scanned = await inParallel(paths, readsAtATime, (path) =>
    scanFile(files, top, path).catch(() => ({ lines: 0, suppressions: [] })),
  )
  return {
    size: { files: paths.length, lines: scanned.reduce((sum, { lines }) => sum + lines, 0) },
    suppressions: scanned.flatMap(({ suppressions }) => suppressions),
  }
}

async function scanFile(files: Files, top: string, path: string) {
  const file = join(top, path)
  const status = await files.status(file)
  if (status === undefined || status.bytes > maxTextBytes)
    return { lines: isPython(path) ? await measureFile(files, file) : 0, suppressions: [] }
  const content = await files.read(file)
  const lines = isPython(path) ? countLines(content) : 0
  return { lines, suppressions: suppressionsIn(path, new TextDecoder().decode(content)) }
}
