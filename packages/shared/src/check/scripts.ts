/** Programs whose names do not say what they are written in: their first lines do. */
import { join, posix } from 'node:path'
import type { Host } from '../host/ports.ts'
import { inParallel } from '../in-parallel.ts'
import type { Project } from '../tool/project.ts'
import { filesInScope } from '../tool/project.ts'

/** A repository with more files without a suffix holds data. */
const mostFiles = 2000
const readsAtATime = 8
/** Linux reads no more of such a line. */
const longestLine = 255

/** The project with `scripts`. What cannot be read is none: whoever looks at all files says so. */
export async function withScripts({ files }: Pick<Host, 'files'>, project: Project): Promise<Project> {
  const candidates = filesInScope(project).filter((path) => !posix.basename(path).includes('.'))
  const found = await inParallel(candidates.slice(0, mostFiles), readsAtATime, async (path) => {
    const line = await firstLine(files, join(project.root, ...path.split('/'))).catch(() => '')
    return line.startsWith('#!') ? [[path, line] as const] : []
  })
  return { ...project, scripts: new Map(found.flat()) }
}

async function firstLine(files: Host['files'], path: string): Promise<string> {
  if ((await files.status(path))?.kind !== 'file') return ''
  for await (const chunk of files.stream(path))
    return new TextDecoder().decode(chunk.subarray(0, longestLine)).split(/\r?\n/, 1)[0] ?? ''
  return ''
}
