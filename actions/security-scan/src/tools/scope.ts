/** Which files of a package a scanner is given. */
import type { Applicability, Notice, Project } from '@ci-actions/shared'
import { filesInScope } from '@ci-actions/shared'

/**
 * `what` is the reason where there are none: `There are no workflows in scope.` A link to a file that is wanted as well
 * is left out: that file is looked at once.
 */
export function onFiles(project: Project, what: string, isWanted: (path: string) => boolean): Applicability {
  const wanted = filesInScope(project).filter(isWanted)
  const known = new Set(project.links?.size ? wanted : [])
  const files = wanted.filter((path) => !known.has(project.links?.get(path) ?? ''))
  if (files.length > 0) return { runs: true, files }
  return { runs: false, status: 'not-applicable', why: `There are no ${what} in scope.` }
}

/** For a file of the project by which a scanner leaves things out: what it leaves out is in no report. */
export function passesOver(path: string, scanner: string): Notice {
  return { level: 'notice', message: `${path} decides what ${scanner} passes over.` }
}

/** A name that begins like an option, or with the `@` of an argument file, is not taken for one. */
export function fileArguments(files: readonly string[]): readonly string[] {
  return files.map((file) => (/^[-@]/.test(file) ? `./${file}` : file))
}

/** The path as the package names it, of one that a tool prints with or without the `./` that it was given. */
export function asGiven(printed: string): string {
  return printed.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

/** A text for the reader, with paths of the package as the reader knows them. */
export function withoutRoot(text: string, { root }: Pick<Project, 'root'>): string {
  return text.replaceAll(`${root}/`, '').replaceAll(`${root.replaceAll('/', '\\')}\\`, '')
}

/** Of a program that audits lock files: those of which package manager there are. */
export function onLocks(files: readonly string[], manager: string): Applicability {
  if (files.length > 0) return { runs: true, files }
  return { runs: false, status: 'not-applicable', why: `There is no lock file of ${manager} in scope.` }
}
