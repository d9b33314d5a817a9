/** Which files of a package a scanner is given. */
import type { Applicability, Project } from '@ci-actions/shared'
import { filesInScope } from '@ci-actions/shared'

/** `what` is the reason where there are none: `There are no workflows in scope.` */
export function onFiles(project: Project, what: string, isWanted: (path: string) => boolean): Applicability {
  const files = filesInScope(project).filter(isWanted)
  if (files.length > 0) return { runs: true, files }
  return { runs: false, status: 'not-applicable', why: `There are no ${what} in scope.` }
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
