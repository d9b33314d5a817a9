/** What a change does to the list of suppressions, for the report. Pure. */
import { recordsOf } from '../../parse/json.ts'
import { proseCode, proseText } from '../../report/prose.ts'
import { shorten, visibleLine } from '../../report/visible.ts'
import { compareText } from '../risk-names.ts'
import type { Lifetimes } from './lifetime.ts'

/** As written: what is compared need not be right. */
interface Written {
  readonly expires: string
  readonly owner: string
  readonly reason: string
}

const mostListed = 5

/**
 * Sentences about the entries that a change adds or prolongs; `before` and `now` are all lists of a side, as plain data.
 * What it removes or shortens loosens nothing.
 */
export function describeSuppressionChange(
  before: readonly unknown[],
  now: readonly unknown[],
): readonly string[] {
  const was = writtenEntries(before)
  const is = [...writtenEntries(now)].toSorted(([a], [b]) => compareText(a, b))
  const added = is.filter(([id]) => !was.has(id))
  const prolonged = is.flatMap(([id, entry]) => {
    const old = was.get(id)
    return old !== undefined && old.expires < entry.expires
      ? [{ id, from: old.expires, to: entry.expires }]
      : []
  })
  return [
    ...sentence(
      added.map(
        ([id, { expires, owner, reason }]) =>
          `${code(id)} until ${plain(expires)} (${plain(owner)}: ${plain(reason)})`,
      ),
      ['Suppresses a risk', 'Suppresses # risks'],
    ),
    ...sentence(
      prolonged.map(({ id, from, to }) => `${code(id)} from ${plain(from)} to ${plain(to)}`),
      ['Prolongs a suppression', 'Prolongs # suppressions'],
    ),
  ]
}

function writtenEntries(lists: readonly unknown[]): ReadonlyMap<string, Written> {
  const found = new Map<string, Written>()
  for (const item of lists.flatMap(recordsOf)) {
    if (typeof item['id'] !== 'string') continue
    const id = item['id'].trim()
    const entry = {
      expires: textOf(item['expires']),
      owner: textOf(item['owner']),
      reason: textOf(item['reason']),
    }
    const known = found.get(id)
    if (known === undefined || known.expires < entry.expires) found.set(id, entry)
  }
  return found
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

function sentence(items: readonly string[], [one, several]: readonly [string, string]): readonly string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, mostListed)
  const more = items.length > shown.length ? `, and ${items.length - shown.length} more` : ''
  const begin = items.length === 1 ? one : several.replace('#', String(items.length))
  return [`${begin}: ${shown.join(', ')}${more}.`]
}

/** A sentence about the lifetimes that a change makes longer; none where it makes none longer. */
export function describeLifetimeChange(before: Lifetimes, now: Lifetimes): readonly string[] {
  const longer = (['critical', 'high', 'medium', 'low', 'unknown'] as const).filter(
    (severity) => now[severity] > before[severity],
  )
  if (longer.length === 0) return []
  const said = longer.map((severity) => `${severity} from ${before[severity]} to ${now[severity]}`)
  return [`Suppressions may hold for more days: ${said.join(', ')}.`]
}

function code(text: string): string {
  return proseCode(shorten(visibleLine(text), 120))
}

/** What is missing is an error elsewhere. */
function plain(text: string): string {
  return text === '' ? '?' : proseText(shorten(visibleLine(text), 80))
}
