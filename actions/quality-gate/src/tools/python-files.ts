import { posix } from 'node:path'
import type { Applicability, Project } from '@ci-actions/shared'

/** What all tools here say of a project: they look at its Python files. */
export function onPythonFiles(project: Project): Applicability {
  if (project.pythonFiles.length > 0) return { runs: true, files: project.pythonFiles }
  return { runs: false, status: 'not-applicable', why: 'There are no Python files in scope.' }
}

/**
 * Files as arguments: a name that begins like an option, or with the `@` of an argument file, is not taken for one.
 * Only names at the top can.
 */
export function fileArguments(files: readonly string[]): readonly string[] {
  return files.map((file) => (/^[-@]/.test(file) ? `./${file}` : file))
}

/**
 * A path as a tool printed it, relative to the package, `/` as separator; unchanged where it is not inside. Tools
 * run in `project.root`, so relative paths start there.
 */
export function packagePath(printed: string, project: Project): string {
  const path = printed.replaceAll('\\', '/').replace(/^\.\//, '')
  const root = `${project.root.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return path.startsWith(root) ? path.slice(root.length) : path
}

/** Of a path in the package; what measurements carry. */
export function repositoryPath(path: string, project: Project): string {
  return posix.join(project.folder, path)
}

/** The other way round, for arguments: from the package's folder, in which tools run, to a file of the repository. */
export function pathFromPackage(project: Project, path: string): string {
  return posix.relative(project.folder, path)
}
