/** Which format a file is in, by how it begins. */
import { ToolOutputError, XmlReader } from '@ci-actions/shared'
import { parseEvent } from './go-test.ts'
import type { ResultFormat } from './test-result.ts'

const roots: ReadonlyMap<string, ResultFormat> = new Map([
  ['testsuites', 'junit'],
  ['testsuite', 'junit'],
  ['testcase', 'junit'],
  ['TestRun', 'trx'],
  ['test-results', 'nunit2'],
  ['test-run', 'nunit3'],
  ['assemblies', 'xunit'],
  ['assembly', 'xunit'],
])

/**
 * Undefined where more of the file is needed; never with `atEnd`. Runners print lines of their own before
 * the results, so the first line that is one of a format decides. Throws a `ToolOutputError` where none is.
 */
export function recogniseFormat(head: string, atEnd: true): ResultFormat
export function recogniseFormat(head: string, atEnd: boolean): ResultFormat | undefined
export function recogniseFormat(head: string, atEnd: boolean): ResultFormat | undefined {
  for (let at = 0; at < head.length; ) {
    const end = head.indexOf('\n', at)
    // The last line may go on.
    if (end === -1 && !atEnd && !/^\s*</.test(head.slice(at, at + 100))) return undefined
    const line = head.slice(at, end === -1 ? head.length : end)
    if (/^\s*</.test(line)) return xmlFormat(head.slice(at), atEnd)
    const format = lineFormat(line)
    if (format !== undefined) return format
    at += line.length + 1
  }
  if (!atEnd) return undefined
  throw new ToolOutputError(head.trim() === '' ? 'it is empty' : `it begins with "${start(head)}"`)
}

function lineFormat(line: string): ResultFormat | undefined {
  const text = line.trim()
  if (/^(TAP version \d+|1\.\.\d+(\s*#.*)?|(not )?ok \d+\b.*)$/i.test(text)) return 'tap'
  return text.startsWith('{') && isGoEvent(text) ? 'go-test' : undefined
}

function isGoEvent(text: string): boolean {
  const event = parseEvent(text)
  return event !== undefined && (event.package !== '' || /^build-/.test(event.action))
}

function xmlFormat(text: string, atEnd: boolean): ResultFormat | undefined {
  if (/^\s*<!doctype\s+html/i.test(text)) throw new ToolOutputError('it is an HTML page')
  let root: string | undefined
  const handler = {
    open: (name: string) => {
      root ??= name
      return undefined
    },
    close: () => {},
  }
  new XmlReader(handler).write(text)
  if (root === undefined) {
    if (atEnd) throw new ToolOutputError('it is XML without any element')
    return undefined
  }
  const format = roots.get(root)
  if (format !== undefined) return format
  if (/^html$/i.test(root)) throw new ToolOutputError('it is an HTML page')
  const advice = /^(coverage|report)$/.test(root)
    ? ', as in coverage reports: name those in `coverage-reports`, and let no pattern in `reports` fit them'
    : ''
  throw new ToolOutputError(`it is XML whose root is <${root}>${advice}`)
}

function start(head: string): string {
  return head.trim().split(/\s*\n/, 1)[0]?.slice(0, 100) ?? ''
}
