/** Names and messages that try to leave their place: in prose, an odd backtick would turn code and text around. */
import type { Block } from '@ci-actions/shared'
import { reportOf } from '@ci-actions/shared'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverageBlocks } from './coverage.ts'
import { failureBlocks } from './failures.ts'
import { flakyBlocks } from './flaky.ts'
import { quarantinedBlocks } from './quarantined.ts'
import { failing, flat, view } from './test/failing.ts'

const piece = fc.constantFrom(
  ...[
    '`',
    '``',
    '[',
    ']',
    '::',
    ': ',
    '|',
    '<script>',
    '</details>',
    '@team',
    '#1',
    "'",
    '"',
    '$x',
    '\\',
    '\n',
  ],
  ...[
    '::error::x',
    '\u001b[31m',
    '\u202e',
    '🎉',
    'größe',
    'x'.repeat(300),
    'tests/test_orders.py::',
    '.py',
    '',
  ],
)
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
const test = fc
  .tuple(text, text, text, text)
  .map(([id, message, trace, stdout]) => failing(`t${id}`, { message, type: message, text: trace, stdout }))

function proseOf(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return [block.text]
  if (block.kind === 'list') return block.items
  if (block.kind === 'table') return block.rows.flat()
  if (block.kind === 'details') return [block.title]
  return block.kind === 'link' ? [block.label] : []
}

it('stay in their place', () => {
  fc.assert(
    fc.property(fc.array(test, { minLength: 1, maxLength: 6 }), (tests) => {
      const [first] = tests
      const entry = { test: first?.id ?? '', reason: first?.id ?? '', owner: '@a`b', expires: '2026-02-01' }
      const files = tests.map(({ id }) => ({ path: id, covered: [], missed: [1], branches: [] }))
      const blocks = [
        ...failureBlocks(tests, { ...view, history: () => 'new `x`' }, 3),
        ...flakyBlocks(tests, view),
        ...quarantinedBlocks(
          { quarantined: tests.map((each) => ({ test: each, entry })), passing: [] },
          '2026-01-01',
        ),
        ...coverageBlocks({ coverage: reportOf(files), changes: [] }),
      ]
      for (const prose of flat(blocks).flatMap(proseOf)) {
        expect(prose.split('`').length % 2, prose).toBe(1)
        expect(prose).not.toContain('\u001b[')
      }
    }),
  )
})
