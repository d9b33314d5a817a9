import { expect, test } from 'vitest'
import { releasedLinks } from './release-links.ts'

const tree = new Set(['README.md', 'quality-gate/README.md', 'docs/gate.md', 'docs/score.md', 'schemas'])

test.for([
  ['README.md', '[a](docs/gate.md#units)', '[a](docs/gate.md#units)'],
  ['README.md', '[a](actions/quality-gate/README.md)', '[a](quality-gate/README.md)'],
  ['docs/gate.md', '[a](score.md), [b](../schemas)', '[a](score.md), [b](../schemas)'],
  ['docs/gate.md', '![a](../actions/quality-gate/README.md)', '![a](../quality-gate/README.md)'],
  ['actions/quality-gate/README.md', '[a](../../docs/gate.md)', '[a](../docs/gate.md)'],
  // Not released: where the sources are.
  ['README.md', '[a](CONTRIBUTING.md)', '[a](https://github.com/org/ci-actions/blob/main/CONTRIBUTING.md)'],
  [
    'actions/quality-gate/README.md',
    '[a](src/action.ts)',
    '[a](https://github.com/org/ci-actions/blob/main/actions/quality-gate/src/action.ts)',
  ],
  // Nothing to change.
  ['docs/gate.md', '[a](#units) [b](https://example.org/a.md)', '[a](#units) [b](https://example.org/a.md)'],
] as const)('in %s, %s becomes %s', ([file, text, expected]) => {
  expect(releasedLinks(text, file, (path) => tree.has(path))).toBe(expected)
})
