/** The category of a run: what code scanning compares and replaces analyses by, together with the tool's name. Pure. */
import { createHash } from 'node:crypto'

/** `security-scan/default/bandit/`: `parts` as segments, empty ones left out. No version may be in it. */
export function sarifCategory(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => `${segment(part)}/`)
    .join('')
}

/**
 * GitHub's uploader takes categories for the same that differ in case or punctuation alone. What is not lower-case words
 * with single hyphens between them becomes that, with a digest of what it was.
 */
function segment(text: string): string {
  const words =
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-')
      .slice(0, 60) ?? ''
  if (words === text) return words
  const digest = createHash('sha256').update(text.toWellFormed()).digest('hex').slice(0, 8)
  return words === '' ? digest : `${words}-${digest}`
}
