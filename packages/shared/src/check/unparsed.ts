/** Configuration files that do not parse: what they say of tools and versions is then not known. Pure. */
import { UserError } from '../action/errors.ts'
import type { ConfigFile, Project } from '../tool/project.ts'

/** Lock files only name versions, and readers of versions say themselves what they lack. */
function unparsedOf(projects: readonly Project[]): readonly ConfigFile[] {
  const files = projects.flatMap(({ configuration }) => configuration)
  const broken = files.filter(({ error, name }) => error !== undefined && !name.endsWith('.lock'))
  return [...new Map(broken.map((file) => [file.path, file])).values()]
}

/**
 * Throws a `UserError` where the project's configuration chooses the tools and cannot be read: the tools that it
 * names would be left out in silence.
 */
export function refuseUnparsed(projects: readonly Project[], tools: readonly string[]): void {
  const broken = unparsedOf(projects)
  if (broken.length === 0 || (tools.length > 0 && !tools.includes('default'))) return
  throw new UserError(
    broken.map(
      ({ path, error }) =>
        `\`${path}\` does not parse (${error}), so the tools that it configures are not known. Mend it, or list the tools in \`tools\`.`,
    ),
  )
}

/** For a run whose tools the user listed; a tool that reads the file fails by itself. */
export function describeUnparsed(projects: readonly Project[]): readonly string[] {
  return unparsedOf(projects).map(
    ({ path, error }) => `\`${path}\` does not parse (${error}); nothing that it says has an effect.`,
  )
}
