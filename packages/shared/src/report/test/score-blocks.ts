/** Blocks of the kind that an action adds to its report. */
import type { Block } from '../report.ts'

/** Part, weight in percent, score, score at the base, places. */
const parts = [
  ['formatting', 15, 100, 100, ''],
  ['lint', 25, 76, 80, '61 Ruff, 148 Pylint'],
  ['types', 25, 40, 71, '17 mypy'],
  ['complexity', 15, 61, 79, '1 Cyclomatic complexity'],
  ['duplication', 10, 93, 93, ''],
  ['documentation', 10, 89, 89.5, ''],
] as const

const right = 'right' as const

export const scoreBlocks: readonly Block[] = [
  {
    kind: 'details',
    title: 'Score: 71.4 (−11.5; 82.9 at the base)',
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: 'part' },
          { title: 'weight', align: right },
          { title: 'score', align: right },
          { title: '' },
          { title: 'base', align: right },
          { title: 'effect', align: right },
          { title: 'places' },
        ],
        rows: [
          ...parts.map(([name, weight, score, base, places]) => [
            name,
            `${weight} %`,
            String(score),
            bar(score),
            String(base),
            effect((weight * (score - base)) / 100),
            places,
          ]),
          ['score', '100 %', '71.4', bar(71.4), '82.9', '−11.5', ''],
        ],
      },
      {
        kind: 'paragraph',
        text: '`effect` is what the change of a part since the base did to the score, in points. Types fell from 71 to 40, which costs most: 7.8. With 71 there, as at the base, the score would be 79.2.',
      },
      {
        kind: 'chart',
        title: 'Score of the last runs',
        unit: 'points',
        points: [80.1, 81.4, 82.2, 82.9, 71.4].map((value, index) => ({ label: `#${index + 101}`, value })),
      },
    ],
  },
]

function bar(score: number): string {
  const full = Math.floor(score / 10)
  return `\`${'█'.repeat(full)}${'░'.repeat(10 - full)}\``
}

function effect(points: number): string {
  return points === 0 ? '±0' : `−${(Math.round(-10 * points) / 10).toString()}`
}
