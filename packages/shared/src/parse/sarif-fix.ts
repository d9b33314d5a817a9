/** Fixes in SARIF results. */
import type { Edit } from '../finding/finding.ts'
import type { JsonRecord } from './json.ts'
import { countOf, recordAt, recordsOf, textOf } from './json.ts'
import type { SarifPlaces } from './sarif-location.ts'

/**
 * The first fix that is complete in lines and columns; of several the tool prefers the first. One given in
 * bytes or characters, or up to "the end of the line", is left out: half a fix breaks code.
 */
export function readFix(result: JsonRecord, places: SarifPlaces): readonly Edit[] | undefined {
  for (const fix of recordsOf(result['fixes'])) {
    const edits = recordsOf(fix['artifactChanges']).flatMap((change) => {
      const path = places.path(recordAt(change, 'artifactLocation'))
      return recordsOf(change['replacements']).map((replacement) => readEdit(replacement, path))
    })
    const complete = edits.filter((edit) => edit !== undefined)
    if (complete.length > 0 && complete.length === edits.length) return complete
  }
  return undefined
}

/** §3.57.4: without inserted content it is a deletion; a region of no length is an insertion. */
function readEdit(replacement: JsonRecord, path: string | undefined): Edit | undefined {
  const region = recordAt(replacement, 'deletedRegion')
  const inserted = recordAt(replacement, 'insertedContent')
  const line = countOf(region['startLine'])
  const endColumn = countOf(region['endColumn'])
  if (path === undefined || line === undefined || endColumn === undefined) return undefined
  if (inserted['binary'] !== undefined) return undefined
  return {
    path,
    line,
    column: countOf(region['startColumn']) ?? 1,
    endLine: countOf(region['endLine']) ?? line,
    endColumn,
    text: textOf(inserted['text']) ?? '',
  }
}
