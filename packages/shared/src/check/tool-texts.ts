/** Reads the files that tools must know before they are planned. Bounded, and never outside the repository. */
import type { Host } from '../host/ports.ts'
import type { InsideRequest } from '../tool/inside-file.ts'
import { insideFile } from '../tool/inside-file.ts'
import type { Project } from '../tool/project.ts'
import type { Tool } from '../tool/tool.ts'
import { maxConfigBytes } from './config-file.ts'

/** Of one project; a repository with more of them holds test data. */
const mostFiles = 2000
const mostBytes = 256 * 1024 * 1024

/** The project with `texts`. What cannot be read is left out: the tool says what that means for it. */
export async function withTexts(
  { files }: Pick<Host, 'files'>,
  top: string,
  project: Project,
  tools: readonly Pick<Tool, 'reads'>[],
): Promise<Project> {
  const wanted = new Set(tools.flatMap((tool) => tool.reads?.(project.files) ?? []))
  if (wanted.size === 0) return project
  const real = await files.realPath(top)
  const texts = new Map<string, string>()
  let left = mostBytes
  for (const path of [...wanted].sort().slice(0, mostFiles)) {
    const text = await readInside(files, {
      folder: project.root,
      path,
      top: real,
      maxBytes: Math.min(left, maxConfigBytes),
    })
    if (text === undefined) continue
    left -= text.length
    texts.set(path, text)
  }
  return { ...project, texts }
}

async function readInside(files: Host['files'], request: InsideRequest): Promise<string | undefined> {
  try {
    const found = await insideFile(files, request)
    return 'why' in found ? undefined : await files.readText(found.path)
  } catch {
    return undefined
  }
}
