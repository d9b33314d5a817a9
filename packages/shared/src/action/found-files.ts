/** Files that match patterns, also those that git ignores: what tools and tests wrote. */
import { dirname, join, sep } from 'node:path'
import picomatch from 'picomatch'
import type { Files } from '../host/ports.ts'

export interface FoundFile {
  /** Relative to the folder, `/` as separator. */
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
}

/** Never looked into unless a pattern names them: large, and full of other people's files. */
const passedOver = ['.git', 'node_modules', '.venv']

/**
 * Sorted by path. Links are not followed, so nothing outside `folder` is found. A pattern that names a folder finds
 * nothing: write `folder/**`. `onLink` hears of the links that a pattern fits.
 */
export async function findFiles(
  files: Files,
  folder: string,
  patterns: readonly string[],
  onLink: (path: string) => void = () => {},
): Promise<readonly FoundFile[]> {
  const scans = patterns.map((pattern) =>
    picomatch.scan(pattern.replaceAll('\\', '/').replace(/^(\.\/)+/, '')),
  )
  const matches = scans.map(({ base, glob }) =>
    picomatch(glob === '' ? base : base === '' ? glob : `${base}/${glob}`, { dot: true }),
  )
  const named = new Set(patterns.flatMap((pattern) => pattern.split(/[/\\]/)))
  const found = new Map<string, FoundFile>()
  async function look(path: string): Promise<void> {
    const status = await files.status(join(folder, ...path.split('/')))
    if (status?.kind === 'file' && matches.some((isMatch) => isMatch(path)))
      found.set(path, { path, bytes: status.bytes, modifiedMs: status.modifiedMs })
    if (status?.kind === 'link' && matches.some((isMatch) => isMatch(path))) onLink(path)
    if (status?.kind !== 'folder') return
    for (const name of await files.list(join(folder, ...path.split('/'))))
      if (!passedOver.includes(name) || named.has(name)) await look(path === '' ? name : `${path}/${name}`)
  }
  for (const { base } of scans) {
    const path = base === '.' ? '' : base
    if (await leaves(files, folder, path)) onLink(path)
    else await look(path)
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** By a link on the way to it, which the path itself does not show. */
async function leaves(files: Files, folder: string, path: string): Promise<boolean> {
  if (!path.includes('/')) return false
  const top = await files.realPath(folder)
  const real = await files.realPath(dirname(join(folder, ...path.split('/'))))
  return real !== undefined && real !== top && !real.startsWith(`${top}${sep}`)
}
