import type { ToolRequest } from '@ci-actions/shared'
import { UserError } from '@ci-actions/shared'

/** Whether a version such as `1.16.0` is at least `[1, 16]`; an unreadable one counts as the newest. */
export function isAtLeast(version: string, ...wanted: readonly number[]): boolean {
  const parts = /^\D*(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split('.').map(Number)
  if (parts === undefined) return true
  for (const [index, number] of wanted.entries()) {
    const part = parts[index] ?? 0
    if (part !== number) return part > number
  }
  return true
}

/**
 * Throws where the project's version is older than any whose output can be trusted. The oldest ones are tried for
 * real; docs/tools.md has the list.
 */
export function requireVersion(
  { version }: Pick<ToolRequest, 'version'>,
  name: string,
  ...oldest: readonly number[]
): void {
  if (isAtLeast(version, ...oldest)) return
  throw new UserError(
    `${name} ${version} is too old: its output cannot be trusted before ${oldest.join('.')}. Pin a newer version in the project, or name one with \`tool-versions\`.`,
  )
}
