/** One file of results, whatever format it is in. */
import { ToolOutputError, XmlReader } from '@ci-actions/shared'
import { recogniseFormat } from './format.ts'
import { GoTestReader } from './go-test.ts'
import { JunitHandler } from './junit.ts'
import { NunitHandler } from './nunit.ts'
import type { FormatReader } from './reading.ts'
import { Reading } from './reading.ts'
import { TapReader } from './tap.ts'
import type { ReadResults, ResultFormat, ResultSink, ResultSource } from './test-result.ts'
import { decodeText } from './text-decoding.ts'
import { TrxClassHandler, TrxHandler } from './trx.ts'
import { XmlFormatReader } from './xml-format.ts'
import { XunitHandler } from './xunit-net.ts'

/** UTF-16 units that are looked at to tell the format; a preamble longer than that is none. */
const longestPreamble = 1_048_576

/**
 * Reads as it comes, in memory that does not grow with the file. Tests reach the sink while it is read, so
 * a sink has seen some when this throws. Throws a `ToolOutputError` for what is no results file at all, and
 * for one with a DTD of its own; a file that is only damaged comes back as not complete.
 */
export async function readResults(source: ResultSource, sink: ResultSink): Promise<ReadResults> {
  const reading = new Reading(sink)
  try {
    const format = await readAll(source, reading)
    const { tests, complete, problems } = reading
    return { format, tests, complete, problems }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    throw new ToolOutputError(`${source.path} is no file of test results: ${error.message}`, { cause: error })
  }
}

async function readAll(source: ResultSource, reading: Reading): Promise<ResultFormat> {
  let head = ''
  let format: ResultFormat | undefined
  let reader: FormatReader | undefined
  for await (const text of decodeText(source.chunks())) {
    if (reader !== undefined) {
      reader.write(text)
      continue
    }
    head += text
    format = recogniseFormat(head, head.length > longestPreamble)
    if (format === undefined) continue
    reader = await readerOf(format, source, reading)
    reader.write(head)
    head = ''
  }
  if (reader === undefined) {
    format = recogniseFormat(head, true)
    reader = await readerOf(format, source, reading)
    reader.write(head)
  }
  reader.end()
  return format ?? 'junit'
}

async function readerOf(format: ResultFormat, source: ResultSource, reading: Reading): Promise<FormatReader> {
  switch (format) {
    case 'junit':
      return new XmlFormatReader(new JunitHandler(reading), reading)
    case 'trx':
      return new XmlFormatReader(new TrxHandler(reading, await readTrxClasses(source)), reading)
    case 'nunit2':
    case 'nunit3':
      return new XmlFormatReader(new NunitHandler(reading), reading)
    case 'xunit':
      return new XmlFormatReader(new XunitHandler(reading), reading)
    case 'tap':
      return new TapReader(reading)
    case 'go-test':
      return new GoTestReader(reading)
  }
}

/** The classes stand behind the results, so such a file is read twice rather than kept. */
async function readTrxClasses(source: ResultSource): Promise<ReadonlyMap<string, string>> {
  const handler = new TrxClassHandler()
  const reader = new XmlReader(handler)
  for await (const text of decodeText(source.chunks())) reader.write(text)
  return handler.classes
}
