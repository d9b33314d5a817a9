import { escapedUnit } from '../parse/escaped-unit.ts'
import type { TextSearch } from './text-search.ts'
import { openTextSearch, shortestSearched } from './text-search.ts'

/** Shorter values would blank half the log. */
const shortestSecret = shortestSearched

export interface SecretMask {
  /** Hides a value from now on; gives the parts that were not hidden before. */
  add(secret: string): readonly string[]
  /**
   * The text with `***` for every hidden value, also where it was escaped for a URL or JSON, as any language does it, or
   * where it was cut off with an ellipsis.
   */
  redact(text: string): string
}

/** Logs are read line by line, so a value of several lines is hidden line by line. */
export function createSecretMask(): SecretMask {
  const parts = new Set<string>()
  let search: TextSearch | undefined

  return {
    add: (secret) => {
      const lines = secret.split(/[\r\n]+/).map((line) => line.trim())
      const added = lines.filter((line) => line.length >= shortestSecret && !parts.has(line))
      for (const line of added) parts.add(line)
      if (added.length > 0) search = undefined
      return added
    },
    redact: (text) => {
      if (parts.size === 0) return text
      search ??= openTextSearch(formsOf(parts))
      return masked(text, search)
    },
  }
}

function formsOf(parts: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...parts].flatMap((part) => [part, urlForm(part), ...proseForms(part), ...jsonForms(part)]))
}

/** As messages write it: on one line, and in inline code. */
function proseForms(part: string): readonly string[] {
  const line = part.replace(/\s+/g, ' ')
  return [line, line.replaceAll('`', "'")].filter(({ length }) => length >= shortestSecret)
}

/** Python escapes what is not ASCII, Go what HTML gives a meaning. */
function jsonForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const forHtml = json.replace(/[&<>\u2028\u2029]/g, escapedUnit)
  return [json, forHtml, ...[json, forHtml].map((each) => each.replace(/[^ -~]/g, escapedUnit))]
}

function masked(text: string, search: TextSearch): string {
  let safe = ''
  let from = 0
  for (let match = search.find(text, 0); match; match = search.find(text, from)) {
    safe += `${text.slice(from, match.start)}***`
    from = match.end
  }
  return withoutCut(from === 0 ? text : safe + text.slice(from), search)
}

/** Less of a value tells nothing of it. */
const shortestCut = 8

/** Messages are shortened before all secrets are known, perhaps in the middle of one. */
function withoutCut(text: string, search: TextSearch): string {
  if (!text.includes('…') && !text.includes('...')) return text
  let safe = ''
  let from = 0
  let before = 0
  for (const { index } of text.matchAll(/…+|\.{3,}/g)) {
    const start = search.findCut(text, before, index, shortestCut)
    before = index
    if (start === undefined) continue
    safe += `${text.slice(from, start)}***`
    from = index
  }
  return from === 0 ? text : safe + text.slice(from)
}

function urlForm(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
