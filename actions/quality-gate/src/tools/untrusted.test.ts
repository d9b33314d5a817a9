import { ToolOutputError } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { parseChanged } from '../../../../test/tools/contract.ts'
import { tools } from './index.ts'

it.each([
  ['a file is missing', 'type-coverage', 'findings', /^.*clean\.py.*\n/m, ''],
  ['a file is missing', 'docstrings', 'findings', /^.*clean\.py.*\n/m, ''],
  [
    'a clone is missing',
    'duplication',
    'duplicates',
    /"duplicates": \[[\s\S]*?\n {2}\],/,
    '"duplicates": [],',
  ],
  ['an error is missing', 'pyright', 'findings', /"errorCount": \d+/, '"errorCount": 99'],
  ['a severity is unknown', 'pyright', 'findings', /"severity": "error"/, '"severity": "odd"'],
  ['a type is unknown', 'pylint', 'findings', /"type": "error"/, '"type": "odd"'],
  ['the messages are no list', 'pylint', 'findings', /"messages": \[/, '"messages": {}, "other": ['],
  ['a complexity is no number', 'complexity', 'findings', /too complex \(7 > 0\)/, 'too complex (many)'],
  ['a complexity is no number', 'cognitive-complexity', 'findings', /"complexity": 21/, '"complexity": null'],
  ['a line is cut', 'mypy', 'findings', /, "severity": "error"\}\n/, '\n'],
  ['a hunk is cut', 'black', 'findings', /\n-def join[^\n]*/, ''],
  ['the second mark is missing', 'flake8', 'findings', /::ci-actions::'os'/, "'os'"],
])('%s: %s', async (_, id, name, pattern, replacement) => {
  const tool = tools.find((each) => each.id === id)
  await expect(parseChanged(tool, name, (text) => text.replace(pattern, replacement))).rejects.toThrow(
    ToolOutputError,
  )
})
