/** Tests whose failures are known and do not count: why, whose they are, and how long that holds. Pure. */
import type { Block } from '@ci-actions/shared'
import { shorten } from '@ci-actions/shared'
import type { QuarantineEntry } from '../quarantine.ts'
import type { QuarantinedTest, QuarantineJudgement } from '../quarantine-judgement.ts'
import type { TestResult } from '../results/test-result.ts'
import { code, nameParts, plain, printed } from './prose.ts'

const mostRows = 200
const longestMessage = 200

export function quarantinedBlocks(
  { quarantined, passing }: Pick<QuarantineJudgement<TestResult>, 'quarantined' | 'passing'>,
  today: string,
): readonly Block[] {
  if (quarantined.length + passing.length === 0) return []
  const rows = [
    ...quarantined.map((each) => failedRow(each, today)),
    ...passing.map((entry) => [code(entry.test), 'passed: perhaps mended', ...entryCells(entry, today)]),
  ]
  const columns = [
    { title: 'test' },
    { title: 'failed with' },
    { title: 'reason' },
    { title: 'owner' },
    { title: 'until' },
  ]
  const shown = rows.slice(0, mostRows)
  const count = quarantined.length
  const words = `${count} ${count === 1 ? 'failure does' : 'failures do'} not count`
  const title = `Quarantined: ${count === 0 ? 'none failed' : words}`
  const more = rows.length - shown.length
  return [{ kind: 'details', title, blocks: [{ kind: 'table', columns, rows: shown, more }] }]
}

function failedRow({ test, entry }: QuarantinedTest<TestResult>, today: string): readonly string[] {
  const { name, place } = nameParts(test.id)
  const message = printed(test.failures[0]?.message ?? test.status)
  return [
    code(place === '' ? name : `${place}::${name}`),
    plain(shorten(message, longestMessage)),
    ...entryCells(entry, today),
  ]
}

function entryCells({ reason, owner, expires }: QuarantineEntry, today: string): readonly string[] {
  return [plain(reason), plain(owner), `${expires} (${daysLeft(expires, today)})`]
}

/** An entry holds on its last day too. */
function daysLeft(expires: string, today: string): string {
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000)
  if (days <= 0) return 'the last day'
  return days === 1 ? '1 day left' : `${days} days left`
}
