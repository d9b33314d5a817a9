/** What Ruff says, or does not say, about its configuration; for lint, format and complexity. */
import type { Notice } from '@ci-actions/shared'
import type { SearchOrder } from './effective-configuration.ts'

/** In Ruff's order of search. */
export const ruffOrder: SearchOrder = [
  { file: '.ruff.toml', tables: [[]], always: true },
  { file: 'ruff.toml', tables: [[]], always: true },
  { file: 'pyproject.toml', tables: [['tool', 'ruff']] },
]

/** `warning:` paragraphs of Ruff's standard error: settings that are deprecated or have no effect, unknown codes. */
export function warningsOf(printed: string): readonly Notice[] {
  const found = printed.matchAll(
    /^warning: (?!Failed to (?:lint|format|read) |No Python files found)(.*(?:\n {2}.*)*)/gm,
  )
  const texts = [...found].map(([, text = '']) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .join(' '),
  )
  return [...new Set(texts)].map((text) => ({ level: 'notice', message: `Ruff: ${text}` }))
}

/** Undefined where Ruff looked at files: how many, it does not say. */
export function filesChecked(printed: string): number | undefined {
  return /^warning: No Python files found/m.test(printed) ? 0 : undefined
}
