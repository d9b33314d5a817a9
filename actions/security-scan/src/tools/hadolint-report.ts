/** Reads the JSON of Hadolint. */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import { listOf, maybeNumber, numberOf, parseJson, recordOf, tableClaim, textOf } from '@ci-actions/shared'
import { riskFinding } from './risk-finding.ts'
import { asGiven } from './scope.ts'

/** What Hadolint cannot parse it does not check: that is no finding, but a file that nobody looked at. */
const unparsed = 'DL1000'

/** Numbers of the rules that are about risk. */
const weaknesses: Readonly<Record<string, readonly number[]>> = {
  DL3002: [250],
  DL3004: [250],
  DL3026: [829],
}

export function parseHadolintReport(text: string): ToolResult {
  const results = listOf(parseJson(text, 'Hadolint'), 'Hadolint').map((each) => recordOf(each, 'Hadolint'))
  const isUnparsed = (result: JsonRecord) => textOf(result, 'code', 'Hadolint') === unparsed
  return {
    findings: results.filter((result) => !isUnparsed(result)).map(toFinding),
    notices: results.filter(isUnparsed).map(toNotice),
  }
}

function toNotice(result: JsonRecord): Notice {
  const place = `${asGiven(textOf(result, 'file', 'Hadolint'))}:${numberOf(result, 'line', 'Hadolint')}`
  return {
    level: 'failed',
    message: `${place} does not parse (${textOf(result, 'message', 'Hadolint')}), so the file was not checked. Mend it, or leave it out with \`exclude\`.`,
  }
}

function toFinding(result: JsonRecord): RawFinding {
  const rule = textOf(result, 'code', 'Hadolint')
  const level = textOf(result, 'level', 'Hadolint')
  const column = maybeNumber(result, 'column')
  return riskFinding(
    {
      kind: 'misconfiguration',
      claims: [tableClaim('hadolint', rule, level)],
      cwe: weaknesses[rule] ?? [],
    },
    {
      rule,
      message: textOf(result, 'message', 'Hadolint'),
      location: {
        path: textOf(result, 'file', 'Hadolint'),
        line: numberOf(result, 'line', 'Hadolint'),
        // Hadolint itself always says 1; ShellCheck, which it asks about `RUN`, a column of the command.
        ...(rule.startsWith('SC') || column === undefined ? {} : { column }),
      },
      help: rule.startsWith('SC')
        ? `https://www.shellcheck.net/wiki/${rule}`
        : `https://github.com/hadolint/hadolint/wiki/${rule}`,
    },
  )
}
