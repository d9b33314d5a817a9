/** What suppressions do to the findings of all scanners, and to the report. Pure. */
import type { Block, ComparedOutcome, Finding, MetricPart, RiskKind } from '@ci-actions/shared'
import { applySuppressions, endingSoonNotice, shorten, staleFinding } from '@ci-actions/shared'
import type { SuppressionList } from './suppression-list.ts'

export interface ScanScope {
  /** Some scanners were chosen, or some paths, or only reports are read: not all there is can be seen. */
  readonly narrowed: boolean
  /** All commits were looked at, not only those of the change. */
  readonly wholeHistory: boolean
}

export interface SuppressedOutcomes {
  readonly compared: readonly ComparedOutcome[]
  /** Entries that have to go. */
  readonly parts: readonly MetricPart[]
  readonly notices: readonly string[]
}

/** `compared`: with risks merged, since one entry is about one risk, whoever found it. */
export function suppressOutcomes(
  compared: readonly ComparedOutcome[],
  { entries, lifetimes, today }: SuppressionList,
  scope: ScanScope,
): SuppressedOutcomes {
  const all = compared.flatMap(({ part }) => part.findings)
  const { findings, stale, endingSoon } = applySuppressions(all, entries, {
    today,
    lifetimes,
    isComplete: (kind) => isComplete(kind, compared, scope),
  })
  let taken = 0
  const judged = compared.map((outcome) => {
    const count = outcome.part.findings.length
    taken += count
    return { ...outcome, part: { ...outcome.part, findings: findings.slice(taken - count, taken) } }
  })
  return {
    compared: judged,
    parts: [
      {
        tool: 'suppressions',
        metrics: ['suppressions-stale'],
        findings: stale.map(staleFinding),
        measurements: [],
        compared: 'none',
      },
    ],
    notices: endingSoon.map((entry) => endingSoonNotice(entry, today)),
  }
}

/** Who can find risks of a kind: by what they feed, and for `findings` by the part of the report they belong to. */
const finders: Readonly<Record<RiskKind, { readonly metric: string; readonly kinds?: readonly string[] }>> = {
  vulnerability: { metric: 'findings', kinds: ['dependencies', 'files'] },
  weakness: { metric: 'findings', kinds: ['code'] },
  misconfiguration: { metric: 'findings', kinds: ['workflows', 'images', 'files', 'configuration'] },
  secret: { metric: 'secrets' },
  license: { metric: 'licenses' },
  hygiene: { metric: 'dependencies' },
}

/**
 * Whether everything that can find risks of the kind ran to its end on all that there is. What has nothing to look at in
 * this repository, or never runs in it, does not matter; a warning means that something was left out.
 */
export function isComplete(kind: RiskKind, compared: readonly ComparedOutcome[], scope: ScanScope): boolean {
  if (scope.narrowed || (kind === 'secret' && !scope.wholeHistory)) return false
  const { metric, kinds } = finders[kind]
  const able = compared.filter(
    ({ outcome: { tool } }) =>
      tool.metrics.includes(metric) && (kinds === undefined || kinds.includes(tool.kind)),
  )
  const ran = able.filter(({ outcome: { run } }) => run.status === 'clean' || run.status === 'findings')
  const isWhole = able.every(
    ({ outcome: { run } }) =>
      run.status !== 'failed' && run.notices.every(({ level }) => level !== 'warning'),
  )
  return ran.length > 0 && isWhole
}

const mostRows = 200

/** What does not count, with who answers for it; and what does, by the text that suppresses it. */
export function suppressionBlocks(findings: readonly Finding[]): readonly Block[] {
  const risks = findings.filter(({ state, security }) => state !== 'fixed' && security !== undefined)
  const suppressed = risks.filter(({ suppression }) => suppression !== undefined)
  const counting = risks.filter(
    ({ suppression, security }) => !suppression && security?.identity !== undefined,
  )
  return [
    ...(suppressed.length === 0
      ? []
      : [details(`Suppressed: ${suppressed.length}`, suppressedTable(suppressed))]),
    ...(counting.length === 0
      ? []
      : [{ ...details('Identities, for suppressions', identityTable(counting)), aside: true }]),
  ]
}

function details(title: string, table: Block): Extract<Block, { kind: 'details' }> {
  return { kind: 'details', title, blocks: [table] }
}

function suppressedTable(findings: readonly Finding[]): Block {
  const rows = findings.map(({ rule, tool, security, suppression }) => [
    // Without an identity nobody can suppress it here: the report that it stands in did.
    security?.identity === undefined ? `${code(rule)} of ${tool}` : code(security.identity),
    security?.severity ?? 'unknown',
    plain(suppression?.reason),
    plain(suppression?.owner),
    suppression?.expires ?? '',
  ])
  const columns = ['Risk', 'Severity', 'Why', 'By', 'Until'].map((title) => ({ title }))
  return { kind: 'table', columns, ...limited(rows) }
}

function identityTable(findings: readonly Finding[]): Block {
  const rows = findings.map(({ security }) => [code(security?.identity), security?.severity ?? 'unknown'])
  const columns = ['Identity', 'Severity'].map((title) => ({ title }))
  return { kind: 'table', columns, ...limited(rows) }
}

/** A risk of several packages has one row. */
function limited(rows: readonly (readonly string[])[]) {
  const sorted = [...new Map(rows.map((row) => [row.join('\0'), row])).values()].toSorted((a, b) =>
    (a[0] ?? '') < (b[0] ?? '') ? -1 : 1,
  )
  const more = sorted.length - mostRows
  return { rows: sorted.slice(0, mostRows), ...(more > 0 && { more }) }
}

function code(text = ''): string {
  return `\`${text.replaceAll('`', "'")}\``
}

function plain(text = ''): string {
  return shorten(text.replaceAll('`', "'"), 200)
}
