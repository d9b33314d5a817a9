/** The coverage of a run, together with that of the files that are given. */
import { join } from 'node:path'
import type { CoverageReport } from '@ci-actions/shared'
import {
  environmentOf,
  messageOf,
  oneLine,
  readCoverageFile,
  ToolOutputError,
  UserError,
} from '@ci-actions/shared'
import { mapPaths } from './coverage/map-paths.ts'
import { isCoverageData, readCoverageData } from './coverage/python-data.ts'
import { uniteCoverage } from './coverage/unite.ts'
import { findGiven } from './given-files.ts'
import type { RunProblem } from './run/problem.ts'
import { firstProblems, problem } from './run/problem.ts'
import type { Suite } from './suite.ts'

export interface SuiteCoverage {
  readonly coverage?: CoverageReport
  readonly coverageWanted: boolean
  readonly coverageNotices: readonly string[]
  readonly coverageProblems: readonly RunProblem[]
}

/** Absolute path, and a name for messages. */
export interface CoveragePath {
  readonly path: string
  readonly shown: string
}

/** Seconds for each of the two questions to coverage.py. */
const dataTimeout = 300

/**
 * In paths of the repository. What cannot be read is a problem and makes all of it undefined: a share of the reports
 * says nothing about the whole. Nothing is thrown, since the tests that ran must not be lost.
 */
export async function readCoverage(suite: Suite, ofRun: readonly CoveragePath[]): Promise<SuiteCoverage> {
  const { inputs } = suite.context
  const given = await findGiven(suite, 'coverage-reports')
  const paths = given.files.map((file) => ({ path: join(suite.top, file), shown: oneLine(file) }))
  const reading = new CoverageReading(suite)
  await reading.read([...ofRun, ...paths])
  const { reports, lost } = reading
  const damaged = reading.problems.map((message) => problem('coverage-damaged', message))
  const missing = given.problems.map((message) => problem('coverage-missing', message))
  const coverageProblems = firstProblems([...missing, ...damaged])
  const lostNotices = lost.size === 0 ? [] : [describeLost([...lost].sort())]
  const coverageNotices = [...given.notices, ...reading.notices, ...lostNotices]
  const coverageWanted = inputs.coverage || inputs['coverage-reports'].length > 0
  const all = { coverageWanted, coverageNotices, coverageProblems }
  if (reports.length === 0 || coverageProblems.length > 0) return all
  try {
    return { ...all, coverage: uniteCoverage(reports) }
  } catch (error) {
    if (!(error instanceof ToolOutputError)) throw error
    return { ...all, coverageProblems: [problem('coverage-damaged', error.message)] }
  }
}

class CoverageReading {
  readonly reports: CoverageReport[] = []
  readonly problems: string[] = []
  readonly notices: string[] = []
  /** As printed: what is in no report, since the repository does not have it or has several. */
  readonly lost = new Set<string>()
  readonly #suite: Suite

  constructor(suite: Suite) {
    this.#suite = suite
  }

  async read(paths: readonly CoveragePath[]): Promise<void> {
    const { host } = this.#suite.context
    const data: string[] = []
    for (const { path, shown } of paths) {
      await this.#guarded(async () => {
        if (await isCoverageData(host, path)) data.push(path)
        else this.#add(await readCoverageFile({ path: shown, chunks: () => host.files.stream(path) }))
      })
    }
    if (data.length > 0) await this.#guarded(() => this.#readData(data))
  }

  /** All of them at once: sources are read once then. */
  async #readData(files: readonly string[]): Promise<void> {
    const { context, project, top, files: sources } = this.#suite
    const { host, inputs } = context
    const { install, offline, python: wanted } = inputs
    const { python } = await environmentOf({ host, project, install, offline, python: wanted })
    if (python === '')
      throw new UserError(
        'Data files of coverage.py (`.coverage`) need Python with coverage.py: add `actions/setup-python` before this step, or give a report that `coverage xml` wrote.',
      )
    const about = { python, files, folder: project.root, top, sources, roots: this.#roots() }
    const { reports, lost } = await readCoverageData(host, { ...about, timeoutMs: dataTimeout * 1000 })
    for (const path of lost) this.lost.add(path)
    for (const report of reports) this.#add(report)
    this.notices.push(
      `${files.length} data ${files.length === 1 ? 'file' : 'files'} of coverage.py read, without its plugins.`,
    )
  }

  #add(read: CoverageReport): void {
    const { files } = this.#suite
    const { report, unmapped, ambiguous } = mapPaths(read, files, { roots: this.#roots() })
    for (const each of [...unmapped, ...ambiguous.map(({ path }) => path)]) this.lost.add(each)
    this.reports.push(report)
  }

  #roots(): readonly string[] {
    const { top, project } = this.#suite
    return [top, project.root, ...(project.folder === '' ? [] : [project.folder])]
  }

  async #guarded(body: () => Promise<void>): Promise<void> {
    try {
      await body()
    } catch (error) {
      if (!(error instanceof ToolOutputError || error instanceof UserError)) throw error
      this.problems.push(messageOf(error))
    }
  }
}

function describeLost(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => `\`${path.replaceAll('`', "'")}\``)
  const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : ''
  return `Coverage leaves out what is not in the repository, or could be several of its files: ${shown.join(', ')}${more}.`
}
