/** Reads the JSON of zizmor; its SARIF says less. https://docs.zizmor.sh/usage/ */
import type { JsonRecord, RawFinding, RawLocation, ToolResult } from '@ci-actions/shared'
import {
  isRecord,
  listOf,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  tableClaim,
  textOf,
} from '@ci-actions/shared'
import { leftOutNotices, riskFinding } from './risk-finding.ts'
import { asGiven } from './scope.ts'

export function parseZizmorReport(text: string): ToolResult {
  const results = listOf(parseJson(text, 'zizmor'), 'zizmor').map((each) => recordOf(each, 'zizmor'))
  const found = results.filter(({ ignored }) => ignored !== true)
  const ignored = results.filter(({ ignored }) => ignored === true).map(toFinding)
  return {
    findings: found.map(toFinding),
    notices: leftOutNotices(
      ignored.map(({ location, rule }) => (location === undefined ? rule : asGiven(location.path))),
      'by a comment or the configuration of zizmor',
    ),
  }
}

interface Place {
  readonly location: RawLocation
  readonly kind: string
  readonly annotation: string
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = textOf(result, 'ident', 'zizmor')
  const { severity } = recordOf(result['determinations'], 'zizmor')
  const places = listOf(result['locations'], 'zizmor').flatMap((each) => toPlace(recordOf(each, 'zizmor')))
  const primary = places.find(({ kind }) => kind === 'Primary') ?? places[0]
  const related = places.filter((each) => each !== primary && each.kind === 'Related')
  const description = textOf(result, 'desc', 'zizmor')
  return riskFinding(
    {
      kind: 'misconfiguration',
      claims: [tableClaim('zizmor', typeof severity === 'string' ? severity : 'Unknown')],
    },
    {
      rule,
      message: primary === undefined ? description : `${description}: ${primary.annotation}`,
      location: primary?.location,
      related: related.map(({ location }) => location),
      help: maybeText(result, 'url') ?? `https://docs.zizmor.sh/audits/#${rule}`,
    },
  )
}

/** Rows and columns count from 0, columns in UTF-8; the end is exclusive. */
function toPlace(result: JsonRecord): readonly Place[] {
  const symbolic = recordOf(result['symbolic'], 'zizmor')
  const path = pathIn(symbolic['key'])
  if (path === undefined) return []
  const { location } = recordOf(result['concrete'], 'zizmor')
  const { start_point: start, end_point: end } = recordOf(location, 'zizmor')
  const [from, to] = [recordOf(start, 'zizmor'), recordOf(end, 'zizmor')]
  return [
    {
      location: {
        path,
        line: numberOf(from, 'row', 'zizmor') + 1,
        column: numberOf(from, 'column', 'zizmor') + 1,
        endLine: numberOf(to, 'row', 'zizmor') + 1,
        endColumn: numberOf(to, 'column', 'zizmor') + 1,
        columnUnit: 'utf8',
      },
      kind: maybeText(symbolic, 'kind') ?? '',
      annotation: maybeText(symbolic, 'annotation') ?? '',
    },
  ]
}

/** `Local` before 1.8 had `given_path`; a `Remote` one is not of this repository. */
function pathIn(key: unknown): string | undefined {
  const local = isRecord(key) ? key['Local'] : undefined
  if (!isRecord(local)) return undefined
  return maybeText(local, 'verbatim_path') ?? maybeText(local, 'given_path')
}
