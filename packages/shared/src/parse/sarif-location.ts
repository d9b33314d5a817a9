/** Places in SARIF: artifacts, base URIs and regions. */
import type { RawLocation } from '../finding/finding.ts'
import { decodePercent } from '../finding/normalise.ts'
import type { JsonRecord } from './json.ts'
import { countOf, recordAt, recordsOf, textOf } from './json.ts'

export interface SarifPlaces {
  readonly columnUnit: 'utf16' | 'codepoint'
  /** A `file:` URI or a path, decoded; undefined where it names nothing. */
  path(artifactLocation: JsonRecord): string | undefined
}

/** Base URIs that refer to each other in a circle end somewhere. */
const mostBases = 10

export function sarifPlaces(run: JsonRecord): SarifPlaces {
  const bases = recordAt(run, 'originalUriBaseIds')
  const artifacts = recordsOf(run['artifacts']).map((artifact) => recordAt(artifact, 'location'))
  return {
    columnUnit: run['columnKind'] === 'utf16CodeUnits' ? 'utf16' : 'codepoint',
    path(location) {
      const index = countOf(location['index'])
      const named =
        textOf(location['uri']) === undefined && index !== undefined ? (artifacts[index] ?? {}) : location
      const uri = resolve(named, bases, mostBases)
      if (uri === undefined || uri === '') return undefined
      // A `file:` URI is decoded where paths are normalised, together with its host and drive.
      return /^file:/i.test(uri) ? uri : decodePercent(uri)
    },
  }
}

/** §3.4.4: relative to its base, which may be relative to another. A base without URI is the project's root. */
function resolve(location: JsonRecord, bases: JsonRecord, depth: number): string | undefined {
  const uri = textOf(location['uri'])
  const baseId = textOf(location['uriBaseId'])
  if (baseId === undefined || depth === 0 || (uri !== undefined && isAbsolute(uri))) return uri
  const base = resolve(recordAt(bases, baseId), bases, depth - 1)
  if (base === undefined || base === '') return uri
  return `${base.endsWith('/') ? base : `${base}/`}${uri ?? ''}`
}

function isAbsolute(uri: string): boolean {
  return uri.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(uri)
}

/** Undefined for a location without file, such as one that only names a function. */
export function readLocation(location: JsonRecord, places: SarifPlaces): RawLocation | undefined {
  const physical = recordAt(location, 'physicalLocation')
  const path = places.path(recordAt(physical, 'artifactLocation'))
  if (path === undefined) return undefined
  const region = recordAt(physical, 'region')
  const line = countOf(region['startLine'])
  if (line === undefined) return { path }
  const column = countOf(region['startColumn'])
  const endLine = countOf(region['endLine'])
  const endColumn = countOf(region['endColumn'])
  return {
    path,
    line,
    ...(endLine !== undefined && { endLine }),
    ...(column !== undefined && { column }),
    ...(endColumn !== undefined && { endColumn }),
    columnUnit: places.columnUnit,
  }
}
