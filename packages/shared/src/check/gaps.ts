/** What a check leaves out although somebody thinks that it was looked at. Pure. */
import { pathMatcher } from '../parse/path-patterns.ts'
import { proseCode } from '../report/prose.ts'
import type { Prose } from '../report/report.ts'
import { visibleLine } from '../report/visible.ts'
import type { Project } from '../tool/project.ts'
import { describeUnparsed } from './unparsed.ts'

/** Of paths that fit nothing, and of configuration that does not parse. */
export function describeGaps(paths: readonly string[], projects: readonly Project[]): readonly Prose[] {
  return [...describeUnmatched(paths, projects), ...describeUnparsed(projects)]
}

/** One notice for all of them. They are relative to each package, and one is enough. */
export function describeUnmatched(
  paths: readonly string[],
  projects: readonly Pick<Project, 'files'>[],
): readonly Prose[] {
  const unmatched = paths.filter((pattern) => {
    const fits = pathMatcher([pattern])
    return !projects.some(({ files }) => files.some(fits))
  })
  if (unmatched.length === 0) return []
  const names = unmatched.map((pattern) => proseCode(visibleLine(pattern))).join(', ')
  return [
    `\`paths\`: ${names} ${unmatched.length === 1 ? 'fits' : 'fit'} no file, so nothing was looked at there.`,
  ]
}
