/** Rules for Python web services that come with the action; `semgrep-rules` takes others in their place. */
import { injection } from './injection.ts'
import type { SemgrepRule } from './rule.ts'
import { trust } from './trust.ts'

export const ownRules: readonly SemgrepRule[] = [...injection, ...trust]

/** They hold no part of the code that they are about. */
export const ownMessages: ReadonlySet<string> = new Set(ownRules.map(({ message }) => message))

/** The file that Semgrep reads: JSON is YAML too. */
export function rulesFile(): string {
  return JSON.stringify({ rules: ownRules })
}
