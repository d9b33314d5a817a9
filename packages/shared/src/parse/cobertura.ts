/** Cobertura XML (`coverage xml`, `pytest --cov-report=xml`, and what many other languages write). */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import type { Attributes, CoverageDialect } from './coverage-dialect.ts'
import { ran, wholeNumber } from './coverage-dialect.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'

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
  source?: string | undefined
}

/**
 * Totals are counted from the lines, each once however many classes and methods name it; a report without lines is
 * taken at its word. `root` are the attributes of `<coverage>`.
 */
export function cobertura(root: Attributes): CoverageDialect {
  const reading: Reading = { table: new CoverageTable(), sources: [], names: new Map() }
  return {
    open: (name, attributes) => openElement(name, attributes, reading),
    close: (name) => closeElement(name, reading),
    text: (text) => {
      if (reading.source === undefined) return
      reading.source += text
      if (reading.source.length > longestSource) throw new ToolOutputError('it has a source without end')
    },
    report: () => {
      const report = reading.table.report(reading.sources)
      return report.lines === 0 ? { ...report, ...statedTotals(root) } : report
    },
  }
}

function openElement(name: string, attributes: Attributes, reading: Reading): void {
  if (name === 'line') {
    if (reading.current !== undefined) addLine(attributes, reading.current, reading)
  } else if (name === 'class') {
    const path = attributes['filename']
    if (path === undefined || path === '') throw new ToolOutputError('it has a class without file name')
    reading.current = reading.table.file(path)
  } else if (name === 'source') {
    reading.source = ''
  }
}

function closeElement(name: string, reading: Reading): void {
  if (name === 'class') reading.current = undefined
  if (name !== 'source' || reading.source === undefined) return
  const source = reading.source.trim()
  reading.source = undefined
  if (source === '') return
  if (reading.sources.length === mostSources)
    throw new ToolOutputError(`it has more than ${mostSources} sources`)
  reading.sources.push(source)
}

function addLine(attributes: Attributes, file: FileTable, reading: Reading): void {
  const number = wholeNumber(attributes['number'])
  const hit = ran(attributes['hits'])
  if (number === undefined || hit === undefined)
    throw new ToolOutputError('it has a line without number or hits')
  file.line(number, hit)
  const conditions = attributes['condition-coverage']
  if (conditions !== undefined) addBranches(number, conditions, attributes['missing-branches'], reading)
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

function statedTotals(root: Attributes): Pick<CoverageReport, 'covered' | 'lines'> | undefined {
  const covered = wholeNumber(root['lines-covered'])
  const lines = wholeNumber(root['lines-valid'])
  return covered === undefined || lines === undefined || covered > lines ? undefined : { covered, lines }
}
