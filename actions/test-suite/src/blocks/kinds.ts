/** How the tests are shared out over kinds. Pure. */
import type { Block } from '@ci-actions/shared'
import { formatValue } from '@ci-actions/shared'
import type { LabelledCounts } from '../results/label-counts.ts'
import { testKinds } from '../results/test-result.ts'

/** `all`: tests, those without a kind among them. Nothing where no test has a kind. */
export function kindBlocks(labelled: readonly LabelledCounts[], all: number): readonly Block[] {
  const kinds = labelled
    .filter(({ labels }) => labels['kind'] !== undefined && labels['package'] === undefined)
    .toSorted((a, b) => place(a) - place(b))
  const known = kinds.reduce((sum, { tests }) => sum + tests, 0)
  if (known === 0) return []
  const rows = kinds.map(({ labels, tests, failures, errors, seconds }) => [
    labels['kind'] ?? '',
    String(tests),
    formatValue((tests / known) * 100, 'percent'),
    String(failures + errors),
    formatValue(seconds, 'seconds'),
  ])
  const numbers = ['tests', 'share', 'failures', 'duration']
  const columns = [{ title: 'kind' }, ...numbers.map((title) => ({ title, align: 'right' as const }))]
  const others = all - known
  const without = others === 1 ? '1 test has no kind' : `${others} tests have no kind`
  return [
    {
      kind: 'details',
      title: `Kinds: ${kinds.map(({ labels, tests }) => `${tests} ${labels['kind'] ?? ''}`).join(', ')}`,
      blocks: [
        { kind: 'table', columns, rows },
        ...(others > 0
          ? [{ kind: 'paragraph', text: `${without}, and no part in the shares.` } as const]
          : []),
      ],
    },
  ]
}

function place({ labels }: LabelledCounts): number {
  return labels.kind === undefined ? -1 : testKinds.indexOf(labels.kind)
}
