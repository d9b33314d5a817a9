/** Coverage from a file of any format, which is told by its content: names of files say little. */
import { messageOf, ToolOutputError } from '../action/errors.ts'
import type { CoverageReport } from './coverage.ts'
import { readCoverageJson } from './coverage-json.ts'
import { readCoverageXml } from './coverage-xml.ts'
import { decodedText } from './decoded-text.ts'
import { readLcov } from './lcov.ts'

export interface CoverageSource {
  /** For messages; repository-relative where it lies there. */
  readonly path: string
  chunks(): AsyncIterable<Uint8Array>
}

/** Text that is enough to tell a format; what is before it may only be white space and comments. */
const enoughText = 4096

/**
 * Cobertura, JaCoCo and Clover XML, LCOV, and the JSON of coverage.py; as a stream, but for JSON. Throws a
 * `ToolOutputError` that names the file for everything else, and for whatever is cut off or contradicts itself.
 */
export async function readCoverageFile(source: CoverageSource): Promise<CoverageReport> {
  try {
    return await readText(decodedText(binaryRefused(source.chunks())))
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    throw new ToolOutputError(`The coverage report \`${source.path}\` cannot be used: ${messageOf(error)}.`, {
      cause: error,
    })
  }
}

async function readText(pieces: AsyncGenerator<string>): Promise<CoverageReport> {
  let head = ''
  while (head.trimStart().length < enoughText) {
    const next = await pieces.next()
    if (next.done === true) break
    head += next.value
    if (head.length > enoughText && head.trim() === '')
      throw new ToolOutputError('it begins with nothing but space')
  }
  return readerFor(head.trimStart())(continued(head, pieces))
}

async function* continued(head: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head
  yield* pieces
}

type Reader = (pieces: AsyncIterable<string>) => Promise<CoverageReport>

function readerFor(start: string): Reader {
  if (start === '') throw new ToolOutputError('it is empty')
  if (/^<(!doctype\s+)?html[\s>]/i.test(start)) throw new ToolOutputError('it is an HTML page')
  if (start.startsWith('<')) return readCoverageXml
  if (start.startsWith('{')) return readCoverageJson
  if (/^(#.*\r?\n|\s)*(TN|SF):/.test(start)) return readLcov
  if (/^mode: (set|count|atomic)\s/.test(start)) {
    throw new ToolOutputError(
      'it is a cover profile of Go. Turn it into Cobertura, such as with gocover-cobertura',
    )
  }
  throw new ToolOutputError('it is none of Cobertura, JaCoCo, Clover, LCOV and the JSON of coverage.py')
}

async function* binaryRefused(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true
  for await (const chunk of chunks) {
    if (first && Buffer.from(chunk.subarray(0, 15)).toString('latin1') === 'SQLite format 3') {
      throw new ToolOutputError('it is a data file of coverage.py, from which `coverage json` makes a report')
    }
    first = false
    yield chunk
  }
}
