import { posix } from 'node:path'
import type { ConfigFile, Project } from '@ci-actions/shared'

/** From the package's folder, in which tools run. */
export function pathOf(project: Pick<Project, 'folder'>, { path }: Pick<ConfigFile, 'path'>): string {
  return posix.relative(project.folder, path)
}
