/** Cobertura XML (`coverage xml`, `pytest --cov-report=xml`, and what many other languages write). */
import { SaxesParser } from 'saxes'
import { ToolOutputError } from '../action/errors.ts'
import type { CoverageReport, LineHits } from './coverage.ts'
import { fileCoverage } from './coverage.ts'

/** Lines of all files together; a report of more is no report of one project. */
const mostLines = 20_000_000

interface Reading {
  readonly files: Map<string, LineHits>
  readonly sources: string[]
  readonly open: string[]
  current?: LineHits | undefined
  source: string
  lines: number
  /** What the root element says, for reports without lines. */
  stated?: { readonly covered: number; readonly lines: number } | undefined
}

/**
 * Reads as it comes; memory grows with the lines of code, not with the text. Totals are counted from the
 * lines, each once however many classes and methods name it; a report without lines is taken at its word.
 * Throws a `ToolOutputError` for XML that is not well-formed or not Cobertura, and for one that declares
 * entities. An external DTD is neither needed nor fetched.
 */
export async function parseCobertura(chunks: AsyncIterable<Uint8Array>): Promise<CoverageReport> {
  const reading: Reading = { files: new Map(), sources: [], open: [], source: '', lines: 0 }
  const parser = startParser(reading)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }))
    parser.write(decoder.decode())
    parser.close()
  } catch (error) {
    if (error instanceof ToolOutputError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new ToolOutputError(`The coverage report is not readable XML: ${why}`, { cause: error })
  }
  return toReport(reading)
}

function startParser(reading: Reading): SaxesParser {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw new ToolOutputError('The coverage report declares entities of its own')
  })
  parser.on('opentag', ({ name, attributes }) => {
    openElement(name, attributes, reading)
    reading.open.push(name)
  })
  parser.on('text', (text) => {
    if (reading.open.at(-1) === 'source') reading.source += text
  })
  parser.on('closetag', ({ name }) => {
    reading.open.pop()
    if (name === 'class') reading.current = undefined
    if (name !== 'source') return
    if (reading.source.trim() !== '') reading.sources.push(reading.source.trim())
    reading.source = ''
  })
  return parser
}

function openElement(name: string, attributes: Readonly<Record<string, string>>, reading: Reading): void {
  if (reading.open.length === 0) {
    if (name !== 'coverage')
      throw new ToolOutputError(`The coverage report is no Cobertura XML: its root is <${name}>`)
    reading.stated = statedTotals(attributes)
  } else if (name === 'class') {
    const path = attributes['filename']
    if (path === undefined || path === '')
      throw new ToolOutputError('The coverage report has a class without file name')
    reading.current = reading.files.get(path) ?? new Map<number, boolean>()
    reading.files.set(path, reading.current)
  } else if (name === 'line' && reading.current !== undefined) {
    addLine(attributes, reading.current, reading)
  }
}

function addLine(attributes: Readonly<Record<string, string>>, file: LineHits, reading: Reading): void {
  const number = wholeNumber(attributes['number'])
  const hits = wholeNumber(attributes['hits'])
  if (number === undefined || hits === undefined) {
    throw new ToolOutputError('The coverage report has a line without number or hits')
  }
  const before = file.get(number)
  if (before === undefined) reading.lines += 1
  if (reading.lines > mostLines)
    throw new ToolOutputError(`The coverage report has more than ${mostLines} lines`)
  file.set(number, before === true || hits > 0)
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

function statedTotals(attributes: Readonly<Record<string, string>>): Reading['stated'] {
  const covered = wholeNumber(attributes['lines-covered'])
  const lines = wholeNumber(attributes['lines-valid'])
  return covered === undefined || lines === undefined || covered > lines ? undefined : { covered, lines }
}

function toReport(reading: Reading): CoverageReport {
  const files = [...reading.files].map(([path, hits]) => fileCoverage(path, hits))
  const counted = { covered: files.reduce((sum, file) => sum + file.covered.length, 0), lines: reading.lines }
  const totals = reading.lines === 0 ? (reading.stated ?? counted) : counted
  return { ...totals, files, sources: reading.sources }
}
