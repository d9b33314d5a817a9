/** Data files of coverage.py (`.coverage`), read by coverage.py itself: their format is its own affair. */
import { isAbsolute, join } from 'node:path'
import type { CoverageReport, Host, ProcessResult } from '@ci-actions/shared'
import { isRecord, lastLines, readCoverageFile, ToolOutputError } from '@ci-actions/shared'
import { dataReaderSource } from './data-reader-source.ts'
import { filesOfPaths } from './map-paths.ts'

export interface CoverageDataRequest {
  /** Interpreter of the project's environment, absolute or a name in PATH; coverage.py is installed there. */
  readonly python: string
  /** Absolute paths of data files. */
  readonly files: readonly string[]
  /** Absolute folder of the project, whose configuration of coverage.py says which lines do not count. */
  readonly folder: string
  /** Absolute folder of the repository, and its files, relative to it: no other source is opened. */
  readonly top: string
  readonly sources: readonly string[]
  /** As for `mapPaths`. */
  readonly roots: readonly string[]
  readonly timeoutMs: number
}

export interface CoverageData {
  /** Absolute paths. Empty where nothing that was measured is in the repository. */
  readonly reports: readonly CoverageReport[]
  /** As printed: files that are not in the repository, could be several of it, or are read by plugins alone. */
  readonly lost: readonly string[]
}

const magic = 'SQLite format 3\0'
/** Larger ones are none that tests wrote; of these, coverage.py would hold too much. */
const largestData = 512 * 1024 * 1024
const largestAnswer = 64 * 1024 * 1024

/** By how the file begins: names say little. */
export async function isCoverageData(host: Host, path: string): Promise<boolean> {
  let head = ''
  for await (const chunk of host.files.stream(path)) {
    head += Buffer.from(chunk.subarray(0, magic.length)).toString('latin1')
    if (head.length >= magic.length) break
  }
  return head.startsWith(magic)
}

/**
 * The data files stay as they are. Lines that do not count (`exclude_also`, `omit`) are those of the project's
 * configuration; its plugins are not loaded. Throws a `ToolOutputError` that says what to do.
 */
export async function readCoverageData(host: Host, request: CoverageDataRequest): Promise<CoverageData> {
  const folder = join(host.facts.temporary, `coverage-${host.clock.random(8)}`)
  await host.files.makeFolder(folder)
  try {
    const data = await copied(host, request.files, folder)
    const measured = measuredFiles(await ask(host, request, { folder, task: 'names', more: { data } }))
    const readable = measured.filter(([, plugin]) => plugin === '').map(([name]) => name)
    const files = filesOfPaths(readable, request.sources, { roots: request.roots })
    const sources = Object.fromEntries([...files].map(([name, file]) => [name, join(request.top, file)]))
    const more = { data, sources, folder, top: request.top }
    const answer = files.size === 0 ? {} : await ask(host, request, { folder, task: 'report', more })
    const left = new Set(texts(answer['left']))
    const lost = measured.flatMap(([name]) => (files.has(name) && !left.has(name) ? [] : [name]))
    const reports: CoverageReport[] = []
    for (const path of texts(answer['reports'])) {
      const report = await readCoverageFile({ path: nameOf(request), chunks: () => host.files.stream(path) })
      reports.push({ ...report, files: report.files.map((file) => below(request.folder, file)) })
    }
    return { reports, lost }
  } finally {
    await host.files.remove(folder)
  }
}

/** coverage.py makes a database out of whatever it opens, so it gets copies. */
async function copied(host: Host, files: readonly string[], folder: string): Promise<readonly string[]> {
  const copies: string[] = []
  for (const [index, file] of files.entries()) {
    const bytes = (await host.files.status(file))?.bytes ?? 0
    if (bytes > largestData) throw new ToolOutputError(`\`${file}\` is larger than 512 MiB.`)
    const copy = join(folder, `data-${index}`)
    await host.files.copy(file, copy)
    copies.push(copy)
  }
  return copies
}

/** coverage.py names files below the current folder relative to it. */
function below<File extends { readonly path: string }>(folder: string, file: File): File {
  return isAbsolute(file.path) ? file : { ...file, path: join(folder, file.path) }
}

interface Question {
  readonly folder: string
  readonly task: 'names' | 'report'
  readonly more: Readonly<Record<string, unknown>>
}

async function ask(host: Host, request: CoverageDataRequest, { folder, task, more }: Question) {
  const script = join(folder, 'reader.py')
  const answer = join(folder, `${task}.answer.json`)
  const asked = join(folder, `${task}.json`)
  await host.files.write(script, dataReaderSource)
  await host.files.write(asked, JSON.stringify({ ...more, answer }))
  const result = await host.processes.run({
    command: request.python,
    // Isolated: a `coverage.py` of the project must not stand in for the real one.
    args: ['-I', '-X', 'utf8', script, task, asked],
    cwd: request.folder,
    env: { ...host.facts.toolEnvironment },
    timeoutMs: request.timeoutMs,
    maxBytes: 64 * 1024,
  })
  if (result.ended !== 'exited' || result.exitCode !== 0) throw unread(request, why(result, request))
  const status = await host.files.status(answer)
  if (status === undefined || status.bytes > largestAnswer)
    throw unread(request, 'coverage.py gave no answer that can be read.')
  const read: unknown = JSON.parse((await host.files.readText(answer)) ?? 'null')
  if (!isRecord(read)) throw unread(request, 'coverage.py gave no answer that can be read.')
  const { problem, damaged } = read
  if (typeof problem === 'string') {
    const file = typeof damaged === 'number' ? request.files[damaged] : undefined
    throw unread(file === undefined ? request : { ...request, files: [file] }, `coverage.py says: ${problem}`)
  }
  return read
}

function measuredFiles(answer: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  const { files } = answer
  if (!Array.isArray(files)) return []
  return files.flatMap((entry: unknown) => {
    const [name, plugin] = Array.isArray(entry) ? entry : []
    return typeof name === 'string' ? [[name, typeof plugin === 'string' ? plugin : ''] as const] : []
  })
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function why(result: ProcessResult, { python }: CoverageDataRequest): string {
  if (result.ended === 'not-started') return `${result.startError ?? 'Python did not start'}.`
  if (result.ended === 'timed-out') return 'coverage.py took too long.'
  if (result.ended !== 'exited') return `coverage.py was ended (${result.signal ?? result.ended}).`
  if (/No module named '?coverage'?/.test(result.stderr))
    return `coverage.py is not installed for \`${python}\`. Name what has it in \`install\`, or give a report that \`coverage xml\` wrote.`
  return `coverage.py failed: ${lastLines(result.stderr, 1)}`
}

function unread(request: CoverageDataRequest, message: string): ToolOutputError {
  return new ToolOutputError(`Coverage data (${nameOf(request)}) cannot be read: ${message}`)
}

function nameOf({ files, top }: CoverageDataRequest): string {
  const [first = ''] = files
  const name = first.startsWith(`${top}/`) ? first.slice(top.length + 1) : first
  return files.length === 1 ? name : `${name} and ${files.length - 1} more`
}
