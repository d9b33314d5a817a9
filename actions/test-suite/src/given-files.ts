/** Files that an input names by patterns, as the user may expect: an empty pattern is no success. */
import { findFiles, UserError } from '@ci-actions/shared'
import type { Suite } from './suite.ts'

/** Relative to the repository, sorted, each once. Throws a `UserError` for patterns that leave it or fit nothing. */
export async function givenFiles(
  suite: Suite,
  input: 'reports' | 'coverage-reports',
): Promise<readonly string[]> {
  const { host, inputs } = suite.context
  const found = new Set<string>()
  const problems: string[] = []
  for (const pattern of inputs[input]) {
    if (/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(pattern)) {
      problems.push(`\`${input}\`: \`${pattern}\` leaves the repository.`)
      continue
    }
    const files = await findFiles(host.files, suite.top, [pattern])
    if (files.length === 0 && !inputs['allow-empty'])
      problems.push(
        `\`${input}\`: \`${pattern}\` fits no file. Check that the step before wrote it, or set \`allow-empty: true\`.`,
      )
    for (const { path } of files) found.add(path)
  }
  if (problems.length > 0) throw new UserError(problems)
  return [...found].sort()
}
