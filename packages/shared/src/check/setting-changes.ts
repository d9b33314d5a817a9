/** What two versions of a configuration say differently, setting by setting. Pure. */
import { proseCode } from '../report/prose.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import { isTable } from './config-file.ts'

export interface SettingChange {
  /** Keys joined by dots, such as `tool.ruff.lint.ignore`. */
  readonly name: string
  /** As JSON; undefined where it is not set. */
  readonly before?: string | undefined
  readonly now?: string | undefined
}

/** Tables are compared key by key, everything else as a whole. Sorted by name. */
export function changedSettings(before: unknown, now: unknown): readonly SettingChange[] {
  const old = settingsOf(before)
  const current = settingsOf(now)
  return [...new Set([...old.keys(), ...current.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name), now: current.get(name) }))
    .filter((change) => change.before !== change.now)
}

function settingsOf(value: unknown, name = '', found = new Map<string, string>()): Map<string, string> {
  if (!isTable(value)) {
    if (name !== '') found.set(name, JSON.stringify(value) ?? '')
    return found
  }
  for (const [key, inner] of Object.entries(value))
    settingsOf(inner, name === '' ? key : `${name}.${key}`, found)
  return found
}

/** The first few, and how many more there are. */
export function describeSettings(changes: readonly SettingChange[], shown = 5): string {
  const listed = changes
    .slice(0, shown)
    .map(
      ({ name, before, now }) =>
        `${proseCode(visibleLine(name))}: ${shownValue(before)} → ${shownValue(now)}`,
    )
  const more = changes.length - listed.length
  return `${listed.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}

/** As {@link describeSettings}, without what they are and were. */
export function namesOfSettings(changes: readonly SettingChange[], shown = 5): string {
  const listed = changes.slice(0, shown).map(({ name, before, now }) => {
    const what = before === undefined ? 'set' : now === undefined ? 'no longer set' : 'changed'
    return `${proseCode(shorten(visibleLine(name), 80))} ${what}`
  })
  const more = changes.length - listed.length
  return `${listed.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
}

function shownValue(json: string | undefined): string {
  return json === undefined ? 'not set' : proseCode(shorten(visibleLine(json), 80))
}
