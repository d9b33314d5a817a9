/** Reads the files that tools must know before they are planned. Bounded, and never outside the repository. */
import { join, sep } from 'node:path'
import type { Host } from '../host/ports.ts'
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
  const real = (await files.realPath(top)) ?? top
  const texts = new Map<string, string>()
  let left = mostBytes
  for (const path of [...wanted].sort().slice(0, mostFiles)) {
    const text = await readInside(files, join(project.root, ...path.split('/')), {
      real,
      most: Math.min(left, maxConfigBytes),
    })
    if (text === undefined) continue
    left -= text.length
    texts.set(path, text)
  }
  return { ...project, texts }
}

async function readInside(
  files: Host['files'],
  path: string,
  { real, most }: { readonly real: string; readonly most: number },
): Promise<string | undefined> {
  try {
    const target = await files.realPath(path)
    if (target === undefined || !target.startsWith(real + sep)) return undefined
    const status = await files.status(target)
    return status?.kind === 'file' && status.bytes <= most ? await files.readText(target) : undefined
  } catch {
    return undefined
  }
}
