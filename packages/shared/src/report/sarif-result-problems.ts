/** What code scanning would refuse of one result. Pure. */
import type { JsonRecord } from '../parse/json.ts'
import { countOf, recordAt, recordsOf, textOf } from '../parse/json.ts'

const most = { locations: 1000, flowLocations: 10_000 }

export function sarifResultProblems(result: JsonRecord, ruleIds: readonly string[]): readonly string[] {
  const { ruleId, ruleIndex, level } = result
  const locations = recordsOf(result['locations'])
  const index = countOf(ruleIndex)
  return [
    ...(index !== undefined && ruleIds[index] === ruleId ? [] : ['`ruleIndex` is not that of `ruleId`']),
    ...(isFilled(recordAt(result, 'message')['text']) ? [] : ['it has no message']),
    ...(['error', 'warning', 'note', 'none'].includes(textOf(level) ?? '')
      ? []
      : ['`level` is none of SARIF']),
    ...(locations.length === 0 ? ['it has no location'] : []),
    ...(locations.length > most.locations ? [`${locations.length} locations`] : []),
    ...(flowLocations(result) > most.flowLocations ? ['too many thread flow locations'] : []),
    ...locations.flatMap(locationProblems),
    ...fingerprintProblems(recordAt(result, 'partialFingerprints')),
  ]
}

function flowLocations(result: JsonRecord): number {
  return recordsOf(result['codeFlows'])
    .flatMap((flow) => recordsOf(flow['threadFlows']))
    .reduce((sum, flow) => sum + recordsOf(flow['locations']).length, 0)
}

function fingerprintProblems(fingerprints: JsonRecord): readonly string[] {
  return Object.entries(fingerprints).flatMap(([name, value]) =>
    isFilled(value) ? [] : [`fingerprint ${name} is empty`],
  )
}

function locationProblems(location: JsonRecord): readonly string[] {
  const place = recordAt(location, 'physicalLocation')
  const uri = textOf(recordAt(place, 'artifactLocation')['uri']) ?? ''
  return [...uriProblems(uri), ...regionProblems(recordAt(place, 'region'))]
}

/** RFC 3986: what is not encoded is one of these. */
const uriText = /^(?:[\w\-.~/:?#@!$&'()*+,;=]|%[0-9a-f]{2})+$/i

/** Relative to the top of the repository, or a file, which is the scheme of the checkout's own address. */
function uriProblems(uri: string): readonly string[] {
  if (uri === '') return ['a location has no artifact']
  if (!uriText.test(uri)) return ['an address is not encoded']
  const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(uri) ?? []
  if (scheme !== undefined)
    return scheme === 'file' ? [] : ['the scheme of an address is not that of the checkout']
  const inside = !uri.startsWith('/') && !uri.split('/').includes('..')
  return inside ? [] : ['an address leaves the repository']
}

function regionProblems(region: JsonRecord): readonly string[] {
  const { startLine, startColumn, endLine = startLine, endColumn } = region
  const given = [startLine, startColumn, endLine, endColumn].filter((number) => number !== undefined)
  if (startLine === undefined) return ['a region has no line']
  if (!given.every((number) => (countOf(number) ?? 0) > 0)) return ['a region is not counted from 1']
  const lines = Number(endLine) - Number(startLine)
  const reversed = endColumn !== undefined && lines === 0 && Number(endColumn) < Number(startColumn ?? 1)
  return lines < 0 || reversed ? ['a region ends before it starts'] : []
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}
