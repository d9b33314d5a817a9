import type { SelectionRules } from '@ci-actions/shared'
import { tools } from './tools/index.ts'

/** Which tools run where the user lists none. */
export const selection: SelectionRules = {
  tools,
  // They measure and have no configuration that would tell whether a project wants them.
  always: ['complexity', 'cognitive-complexity', 'duplication', 'docstrings', 'type-coverage'],
  fallback: ['ruff', 'black', 'mypy'],
  // Both rewrite the same lines, differently in places; the one that the project configures first wins.
  alternatives: [['black', 'ruff-format']],
}
