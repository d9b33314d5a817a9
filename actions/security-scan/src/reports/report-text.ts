/** The text of a report that another step wrote, and what it looks like where it is no report. */
import type { Files, FoundFile } from '@ci-actions/shared'
import { decodedText, ToolOutputError } from '@ci-actions/shared'

/**
 * Read whole and parsed in memory, which takes several times as much; V8 itself has no texts of over 512 MiB. Reports are
 * read one after the other, so that the largest decides how much memory it takes.
 */
const maxReportBytes = 160 * 1024 * 1024

/** Throws a `ToolOutputError` that is the end of a sentence about the file. */
export async function readReportText(
  files: Files,
  path: string,
  { bytes }: Pick<FoundFile, 'bytes'>,
): Promise<string> {
  if (bytes === 0) throw new ToolOutputError(emptyFile)
  if (bytes > maxReportBytes) {
    throw new ToolOutputError(
      `has ${Math.ceil(bytes / 1024 / 1024)} MiB, and at most ${maxReportBytes / 1024 / 1024} are read. Let the scanner leave out what is no finding, or write several files.`,
    )
  }
  const pieces: string[] = []
  try {
    for await (const piece of decodedText(files.stream(path))) pieces.push(piece)
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    throw new ToolOutputError(
      `is no report in text: ${packedOr(await firstBytes(files, path), error.message)}.`,
    )
  }
  const text = pieces.join('')
  if (text.trim() === '') throw new ToolOutputError(emptyFile)
  return text
}

const emptyFile =
  'is empty: the scanner crashed, was stopped, or was never started. TruffleHog and Nuclei also write nothing where they find nothing: add the log of TruffleHog to its file (`2>&1`), and let Nuclei write `-sarif-export`.'

async function firstBytes(files: Files, path: string): Promise<Uint8Array> {
  for await (const chunk of files.stream(path)) return chunk
  return new Uint8Array(0)
}

function packedOr([first, second]: Uint8Array, otherwise: string): string {
  if (first === 0x1f && second === 0x8b) return 'it is packed by gzip; unpack it first'
  if (first === 0x50 && second === 0x4b) return 'it is a zip archive; unpack it first'
  return otherwise
}

/** What a text that is no JSON looks like, as the end of a sentence about the file. */
export function describeText(text: string): string {
  const start = text
    .slice(0, 2000)
    .replace(/^\ufeff/, '')
    .trimStart()
  const look = looks.find(([pattern]) => pattern.test(start))
  return look === undefined ? 'is plain text' : look[1]
}

const looks: readonly (readonly [RegExp, string])[] = [
  [/^(?:<!doctype html|<html)/i, 'is an HTML page, such as the error page of a server or proxy'],
  [/<OWASPZAPReport/, "is ZAP's XML; let it write JSON (`-J report.json`)"],
  [
    /<analysis\b[^>]*dependency-check/,
    'is the XML of OWASP Dependency-Check; let it write SARIF (`--format SARIF`)',
  ],
  [/<testsuites?\b/, 'is JUnit XML: results of tests, which `test-suite` reads'],
  [/<bom\b[^>]*cyclonedx/, 'is CycloneDX in XML; convert it to JSON'],
  [/<checkstyle\b/, 'is Checkstyle XML; let the tool write SARIF or JSON'],
  [/^<(?:\?xml|[a-z])/i, 'is XML; let the tool write SARIF or JSON'],
  [
    /^[[{]/,
    'is cut off or no valid JSON: the scanner was stopped before it had written everything, or something else wrote into the same file',
  ],
]
