/** Reads the JSON of ESLint, as far as it is about the rules of eslint-plugin-security. */
import type { JsonRecord, Notice, RawFinding, ToolResult } from '@ci-actions/shared'
import {
  cweOfRule,
  isRecord,
  listOf,
  maybeNumber,
  maybeText,
  parseJson,
  recordOf,
  tableClaim,
  textOf,
} from '@ci-actions/shared'
import { cweNumbers, nameSome, riskFinding } from './risk-finding.ts'

const prefix = 'security/'

/** What our configuration says of a file that shares nothing with TypeScript but the suffix. */
export const notCode = 'It is no TypeScript'

/**
 * A file that does not parse is a failure by name, not a finding. Messages of other rules are passed over: they come
 * from comments in the files, or from the configuration that a report was made with.
 */
export function parseEslintSecurityReport(text: string): ToolResult {
  const results = listOf(parseJson(text, 'ESLint'), 'ESLint').map((each) => recordOf(each, 'ESLint'))
  const messages = results.flatMap((result) => {
    const path = textOf(result, 'filePath', 'ESLint')
    return listOf(result['messages'], 'ESLint').map((each) => ({ path, message: recordOf(each, 'ESLint') }))
  })
  return {
    findings: messages
      .filter(({ message }) => isSecurity(message))
      .map(({ path, message }) => toFinding(path, message)),
    notices: [
      ...messages.filter(({ message }) => message['fatal'] === true).map(unreadNotice),
      ...silenced(results),
    ],
    filesChecked: results.length,
  }
}

function isSecurity(message: JsonRecord): boolean {
  return maybeText(message, 'ruleId')?.startsWith(prefix) === true && message['fatal'] !== true
}

function unreadNotice({ path, message }: { readonly path: string; readonly message: JsonRecord }): Notice {
  const line = maybeNumber(message, 'line')
  const place = line === undefined ? path : `${path}:${line}`
  const why = textOf(message, 'message', 'ESLint').replace(/\.$/, '')
  if (why.includes(notCode))
    return { level: 'notice', message: `${path} was passed over: in spite of its name it is XML or no text.` }
  return {
    level: 'failed',
    message: `${place} was not scanned: ${why}. Mend it, or leave it out with \`exclude\`.`,
  }
}

/** What `eslint-disable` hides is not in the list of messages. */
function silenced(results: readonly JsonRecord[]): readonly Notice[] {
  const hidden = results.flatMap((result) => {
    const list = Array.isArray(result['suppressedMessages']) ? result['suppressedMessages'] : []
    const count = list.filter(isRecord).filter(isSecurity).length
    return count === 0 ? [] : [{ count, path: textOf(result, 'filePath', 'ESLint') }]
  })
  if (hidden.length === 0) return []
  const count = hidden.reduce((total, each) => total + each.count, 0)
  const message = `Comments switch off ${count === 1 ? '1 finding' : `${count} findings`} in ${nameSome(hidden.map(({ path }) => path))}.`
  return [{ level: 'notice', message }]
}

/** Columns count UTF-16 units, ends are exclusive. */
function toFinding(path: string, message: JsonRecord): RawFinding {
  const rule = textOf(message, 'ruleId', 'ESLint').slice(prefix.length)
  const line = maybeNumber(message, 'line')
  const column = maybeNumber(message, 'column')
  const endLine = maybeNumber(message, 'endLine')
  const endColumn = maybeNumber(message, 'endColumn')
  const place = { path, ...(line !== undefined && line > 0 && { line, endLine }) }
  return riskFinding(
    {
      kind: 'weakness',
      claims: [tableClaim('eslint-plugin-security', rule)],
      cwe: cweNumbers(Object.hasOwn(cweOfRule, rule) ? cweOfRule[rule] : undefined),
    },
    {
      rule,
      message: textOf(message, 'message', 'ESLint'),
      location: {
        ...place,
        ...(column !== undefined && { column, endColumn, columnUnit: 'utf16' as const }),
      },
      help: `https://github.com/eslint-community/eslint-plugin-security/blob/main/docs/rules/${encodeURIComponent(rule)}.md`,
    },
  )
}
