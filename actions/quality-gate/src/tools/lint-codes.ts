import type { Level } from '@ci-actions/shared'

/**
 * Error or warning, by the letters that pycodestyle, Pyflakes and Pylint gave their codes, so that the same rule
 * weighs the same in Flake8 and Ruff: E (pycodestyle errors), F (Pyflakes) and PLE (Pylint errors) are errors,
 * and so is a file that does not parse; all others, those of plugins too, are warnings. docs/tools.md has the table.
 */
export function lintMetric(code: string): { level: Level; metric: 'lint-errors' | 'lint-warnings' } {
  const isError = /^(?:E|F|PLE)\d/.test(code) || code === 'invalid-syntax'
  return isError ? { level: 'error', metric: 'lint-errors' } : { level: 'warning', metric: 'lint-warnings' }
}
