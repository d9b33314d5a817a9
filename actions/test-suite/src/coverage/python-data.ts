/** Data files of coverage.py (`.coverage`), read by coverage.py itself: their format is its own affair. */
import { join } from 'node:path'
import type { CoverageReport, Host, ProcessResult } from '@ci-actions/shared'
import { readCoverageFile, UnavailableError, UserError } from '@ci-actions/shared'

export interface CoverageDataRequest {
  /** Interpreter of the project's environment, absolute or a name in PATH; coverage.py is installed there. */
  readonly python: string
  /** Absolute paths of data files; several are combined, with the `[paths]` of the project's configuration. */
  readonly files: readonly string[]
  /** Absolute folder with the configuration and the sources, which coverage.py reads to know which lines can run. */
  readonly folder: string
  readonly timeoutMs: number
}

/**
 * The data files stay as they are. Throws a `UserError` where coverage.py is not installed, the data is of no use, or the
 * sources are missing.
 */
export async function readCoverageData(host: Host, request: CoverageDataRequest): Promise<CoverageReport> {
  const folder = join(host.facts.temporary, `coverage-${host.clock.random(8)}`)
  await host.files.makeFolder(folder)
  try {
    const [first] = request.files
    if (first === undefined) throw new TypeError('no data files')
    const data = request.files.length === 1 ? first : join(folder, 'combined')
    if (data !== first) await run(host, request, data, ['combine', '--keep', '--quiet', ...request.files])
    const report = join(folder, 'coverage.json')
    // The project's own floor would end this with an error although the report is there.
    await run(host, request, data, ['json', '--quiet', '--fail-under=0', '-o', report])
    const path = request.files.length === 1 ? first : `${request.files.length} data files of coverage.py`
    return await readCoverageFile({ path, chunks: () => host.files.stream(report) })
  } finally {
    await host.files.remove(folder)
  }
}

async function run(
  host: Host,
  request: CoverageDataRequest,
  data: string,
  args: readonly string[],
): Promise<void> {
  const result = await host.processes.run({
    command: request.python,
    args: ['-m', 'coverage', ...args],
    cwd: request.folder,
    env: { ...host.facts.toolEnvironment, COVERAGE_FILE: data },
    timeoutMs: request.timeoutMs,
    maxBytes: 64 * 1024,
  })
  if (result.exitCode !== 0) throw problem(result, request, args[0] ?? '')
}

function problem(result: ProcessResult, request: CoverageDataRequest, command: string): Error {
  const said = `${result.stdout}\n${result.stderr}`.trim()
  const files = request.files
    .map((file) => `\`${file}\``)
    .slice(0, 3)
    .join(', ')
  if (result.ended === 'not-started') {
    return new UserError(
      `The data of coverage.py (${files}) cannot be read: ${result.startError ?? 'Python did not start'}.`,
    )
  }
  if (result.ended !== 'exited')
    return new UnavailableError(`\`coverage ${command}\``, `it was ended (${result.ended})`)
  if (/No module named '?coverage/.test(said)) {
    return new UserError(
      `The data of coverage.py (${files}) can only be read by coverage.py, which is not installed for \`${request.python}\`. Install it there (\`pip install coverage\`), or give a report that \`coverage xml\` wrote.`,
    )
  }
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const advice = /No source for code/.test(said)
    ? ' Check out the sources at the paths that were measured, map them by `[tool.coverage.paths]`, or give a report that `coverage xml` wrote beside the sources.'
    : ''
  return new UserError(
    `\`coverage ${command}\` could not read ${files}: ${lines.at(-1)?.replace(/\.$/, '') ?? `it ended with ${result.exitCode}`}.${advice}`,
  )
}
