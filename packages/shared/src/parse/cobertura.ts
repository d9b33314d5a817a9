/** Cobertura XML (`coverage xml`, `pytest --cov-report=xml`, and what many other languages write). */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import type { CoverageDialect } from './coverage-dialect.ts'
import { ran, wholeNumber } from './coverage-dialect.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'
import { TextTail } from './text-tail.ts'
import type { XmlAttributes } from './xml-attributes.ts'

const mostSources = 1000
const longestSource = 4096
const mostNames = 100_000

interface Reading {
  readonly table: CoverageTable
  readonly sources: string[]
  /** Names of branches by the attribute they stand in. */
  readonly names: Map<string, readonly string[]>
  current?: FileTable | undefined
  /** Text of the `<source>` that is open. */
  source?: TextTail | undefined
}

/**
 * Totals are counted from the lines, each once however many classes and methods name it; a report without lines is
 * taken at its word. `root` are the attributes of `<coverage>`.
 */
export function cobertura(root: XmlAttributes): CoverageDialect {
  const reading: Reading = { table: new CoverageTable(), sources: [], names: new Map() }
  const stated = statedTotals(root)
  return {
    open: (name, attributes) => openElement(name, attributes, reading),
    close: (name) => closeElement(name, reading),
    report: () => {
      const report = reading.table.report(reading.sources)
      return report.lines === 0 ? { ...report, ...stated } : report
    },
  }
}

function openElement(name: string, attributes: XmlAttributes, reading: Reading): TextTail | undefined {
  if (name === 'line') {
    if (reading.current !== undefined) addLine(attributes, reading.current, reading)
  } else if (name === 'class') {
    const path = attributes.get('filename')
    if (path === undefined || path === '') throw new ToolOutputError('it has a class without file name')
    reading.current = reading.table.file(path)
  } else if (name === 'source') {
    reading.source = new TextTail(longestSource + 1)
    return reading.source
  }
  return undefined
}

function closeElement(name: string, reading: Reading): void {
  if (name === 'class') reading.current = undefined
  if (name !== 'source' || reading.source === undefined) return
  const source = reading.source.toString().trim()
  reading.source = undefined
  if (source === '') return
  if (source.length > longestSource) throw new ToolOutputError('it has a source without end')
  if (reading.sources.length === mostSources)
    throw new ToolOutputError(`it has more than ${mostSources} sources`)
  reading.sources.push(source)
}

function addLine(attributes: XmlAttributes, file: FileTable, reading: Reading): void {
  const number = wholeNumber(attributes.get('number'))
  const hit = ran(attributes.get('hits'))
  if (number === undefined || hit === undefined)
    throw new ToolOutputError('it has a line without number or hits')
  file.line(number, hit)
  const conditions = attributes.get('condition-coverage')
  if (conditions !== undefined) addBranches(number, conditions, attributes.get('missing-branches'), reading)
}

/** `50% (1/2)`, and with coverage.py the lines that were not jumped to: `7,exit`. */
function addBranches(line: number, conditions: string, missing: string | undefined, reading: Reading): void {
  const open = conditions.indexOf('(')
  const slash = conditions.indexOf('/', open)
  if (open === -1 || slash === -1) return
  const taken = wholeNumber(conditions, open + 1, slash)
  const total = wholeNumber(conditions, slash + 1, conditions.indexOf(')', slash))
  if (taken === undefined || total === undefined) return
  reading.current?.branches(
    line,
    taken,
    total,
    missing === undefined ? [] : missedNames(missing, reading.names),
  )
}

/** The same few names come again and again; each is kept once. */
function missedNames(missing: string, names: Reading['names']): readonly string[] {
  const known = names.get(missing)
  if (known !== undefined) return known
  const found = missing.split(',').map((name) => `py:${name.trim()}`)
  if (names.size < mostNames) names.set(missing, found)
  return found
}

function statedTotals(root: XmlAttributes): Pick<CoverageReport, 'covered' | 'lines'> | undefined {
  const covered = wholeNumber(root.get('lines-covered'))
  const lines = wholeNumber(root.get('lines-valid'))
  return covered === undefined || lines === undefined || covered > lines ? undefined : { covered, lines }
}
