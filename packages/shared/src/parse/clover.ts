/** Clover XML (Java's Clover and OpenClover, PHPUnit, Istanbul). */
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageDialect } from './coverage-dialect.ts'
import { ran, wholeNumber } from './coverage-dialect.ts'
import type { FileTable } from './coverage-table.ts'
import { CoverageTable } from './coverage-table.ts'
import type { XmlAttributes } from './xml-attributes.ts'

interface Reading {
  readonly table: CoverageTable
  current?: FileTable | undefined
  /** Of the file that is open, by line: a line may have several conditions, which add up. */
  readonly conditions: Map<number, Conditions>
  /** Inside the part about the code of the tests, which Clover's own totals leave out too. */
  inTests: boolean
}

interface Conditions {
  covered: number
  total: number
  readonly missed: string[]
}

/** Lines of statements and conditions; a method's own line is a declaration, which the format's totals count apart. */
export function clover(): CoverageDialect {
  const reading: Reading = { table: new CoverageTable(), conditions: new Map(), inTests: false }
  return {
    open: (name, attributes) => {
      openElement(name, attributes, reading)
      return undefined
    },
    close: (name) => {
      if (name === 'file') endFile(reading)
      else if (name === 'testproject') reading.inTests = false
    },
    report: () => reading.table.report(),
  }
}

function endFile(reading: Reading): void {
  for (const [line, { covered, total, missed }] of reading.conditions) {
    reading.current?.branches(line, covered, total, missed)
  }
  reading.conditions.clear()
  reading.current = undefined
}

function openElement(name: string, attributes: XmlAttributes, reading: Reading): void {
  if (name === 'line') {
    if (reading.current !== undefined) addLine(attributes, reading.current, reading.conditions)
  } else if (name === 'file' && !reading.inTests) {
    const path = attributes.get('path') || attributes.get('name')
    if (path === undefined || path === '') throw new ToolOutputError('it has a file without path')
    reading.current = reading.table.file(path)
  } else if (name === 'testproject') {
    reading.inTests = true
  }
}

function addLine(attributes: XmlAttributes, file: FileTable, conditions: Reading['conditions']): void {
  const number = wholeNumber(attributes.get('num'))
  const kind = attributes.get('type')
  if (number === undefined || kind === undefined)
    throw new ToolOutputError('it has a line without number or type')
  if (kind === 'method') return
  const hit = ran(attributes.get('count'))
  if (kind === 'cond') addCondition(number, hit, attributes, file, conditions)
  else if (hit === undefined) throw new ToolOutputError('it has a line without count')
  else file.line(number, hit)
}

/**
 * Clover counts how often a condition was true and how often false. Istanbul writes a count of the line as well, and
 * means by the other two the branches that were taken and those that were not.
 */
function addCondition(
  line: number,
  hit: boolean | undefined,
  attributes: XmlAttributes,
  file: FileTable,
  conditions: Reading['conditions'],
): void {
  const whenTrue = wholeNumber(attributes.get('truecount'))
  const whenFalse = wholeNumber(attributes.get('falsecount'))
  if (whenTrue === undefined || whenFalse === undefined)
    throw new ToolOutputError('it has a condition without counts')
  const sum = conditions.get(line) ?? { covered: 0, total: 0, missed: [] }
  conditions.set(line, sum)
  file.line(line, hit ?? whenTrue + whenFalse > 0)
  if (hit === undefined) {
    if (whenTrue === 0) sum.missed.push(`clover:true ${sum.total}`)
    if (whenFalse === 0) sum.missed.push(`clover:false ${sum.total}`)
  }
  sum.covered += hit === undefined ? Math.min(whenTrue, 1) + Math.min(whenFalse, 1) : whenTrue
  sum.total += hit === undefined ? 2 : whenTrue + whenFalse
}
