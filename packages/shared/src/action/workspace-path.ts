/** Paths of inputs: canonical, and inside the workspace with links resolved. */
import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path'
import type { Files } from '../host/ports.ts'
import { shown } from './parse-value.ts'

export type CheckedPath = { readonly path: string } | { readonly problem: string }

/**
 * The path relative to the workspace, with `/`; `.` for the workspace itself. It need not exist; where a part of it
 * does, links in that part must not lead outside.
 */
export async function checkPath(files: Files, folder: string, given: string): Promise<CheckedPath> {
  const outside = { problem: `${shown(given)} is outside the repository; give a path inside it.` }
  if (given.includes('\0')) return { problem: `${shown(given)} is not a path.` }
  const workspace = resolve(folder)
  const top = (await files.realPath(workspace)) ?? workspace
  const portable = sep === '\\' ? given : given.replaceAll('\\', '/')
  const absolute = resolve(workspace, portable)
  const path = below(workspace, absolute) ?? below(top, absolute)
  if (path === undefined) return outside
  return (await staysInside(files, [workspace, top], absolute)) ? { path } : outside
}

/** Relative path with `/`, `.` for the folder itself; undefined where `path` is not inside. */
export function below(folder: string, path: string): string | undefined {
  const inside = relative(folder, path).split(sep).join('/')
  if (inside === '') return '.'
  return inside === '..' || inside.startsWith('../') || isAbsolute(inside) || posix.isAbsolute(inside)
    ? undefined
    : inside
}

/** Whether no link between the workspace and the path leads outside. */
async function staysInside(
  files: Files,
  [workspace, top]: readonly [string, string],
  path: string,
): Promise<boolean> {
  for (let at = path; at !== workspace && at !== top; at = dirname(at)) {
    const real = await files.realPath(at)
    if (real !== undefined) return below(top, real) !== undefined
    // A link to nothing: what is written through it lands wherever it points to.
    if ((await files.status(at))?.kind === 'link') return false
  }
  return true
}
