/** Decisions in a baseline of detect-secrets, told without the digests in it, from which a weak secret can be guessed. Pure. */
import { counted } from '../report/figures.ts'
import { proseCode } from '../report/prose.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import { isTable } from './config-file.ts'

interface Decision {
  readonly path: string
  readonly type: string
  readonly digest: string
}

/** What `now` says to be no secret and `before` did not; undefined for nothing. */
export function auditedSince(before: string, now: string): string | undefined {
  const left = Map.groupBy(decisionsIn(before), keyOf)
  const added = decisionsIn(now).filter((each) => left.get(keyOf(each))?.pop() === undefined)
  if (added.length === 0) return undefined
  const places = [...Map.groupBy(added, ({ path, type }) => JSON.stringify([path, type])).values()]
  const shown = places.slice(0, 5).flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const many = same.length === 1 ? '' : `${same.length} × `
    return [
      `${many}${visibleLine(first.type).slice(0, 80)} in ${proseCode(shorten(visibleLine(first.path), 80))}`,
    ]
  })
  const more = places.length > shown.length ? `, and ${places.length - shown.length} more` : ''
  return `${counted(added.length, 'finding')} more ${added.length === 1 ? 'is' : 'are'} said to be no secret: ${shown.join(', ')}${more}`
}

/** The line may be another one, and is left out. */
function keyOf({ path, type, digest }: Decision): string {
  return JSON.stringify([path, type, digest])
}

function decisionsIn(text: string): readonly Decision[] {
  const results = resultsIn(text)
  return Object.entries(results).flatMap(([path, found]) =>
    (Array.isArray(found) ? found : []).filter(isTable).flatMap((each) => {
      const { type, hashed_secret: digest, is_secret: isSecret } = each
      return isSecret === false ? [{ path, type: String(type), digest: String(digest) }] : []
    }),
  )
}

function resultsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const baseline: unknown = JSON.parse(text)
    const results = isTable(baseline) ? baseline['results'] : undefined
    return isTable(results) ? results : {}
  } catch {
    return {}
  }
}
