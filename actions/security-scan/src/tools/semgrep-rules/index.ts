/** Rules for Python web services that come with the action; `semgrep-rules` takes others in their place. */
import { injection } from './injection.ts'
import type { SemgrepRule } from './rule.ts'
import { trust } from './trust.ts'

export const ownRules: readonly SemgrepRule[] = [...injection, ...trust]

/** The file that Semgrep reads: JSON is YAML too. */
export function rulesFile(): string {
  return JSON.stringify({ rules: ownRules })
}
