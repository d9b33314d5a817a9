/** A repository in memory with reports in it, and what comes of reading them. */
import { readFileSync } from 'node:fs'
import type { Commit, ToolOutcome } from '@ci-actions/shared'
import type { RecordingHost } from '@ci-actions/shared/testing'
import { recordingHost } from '@ci-actions/shared/testing'
import { projectOf, top } from '../../test/sample-project.ts'
import { readGivenReports } from '../given-reports.ts'

export interface Stage {
  /** Reports by path below the repository. */
  readonly reports: Readonly<Record<string, string | Uint8Array>>
  /** Lines of the input; default all of them. */
  readonly lines?: readonly string[]
  /** Texts of the repository's own files. */
  readonly files?: Readonly<Record<string, string>>
  readonly allowEmpty?: boolean
  /** What is checked out; default: nobody knows. */
  readonly head?: Commit
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')
}

export interface Played {
  readonly outcomes: readonly ToolOutcome[]
  readonly host: RecordingHost
}

export async function play({ reports, lines, files = {}, allowEmpty = false, head }: Stage): Promise<Played> {
  const below = (texts: Readonly<Record<string, string | Uint8Array>>) =>
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${top}/${path}`, text]))
  const host = recordingHost({
    facts: { workspace: top },
    files: { ...below(files), ...below(reports) },
  })
  const outcomes = await readGivenReports({
    host,
    reports: lines ?? Object.keys(reports),
    allowEmpty,
    top,
    projects: [projectOf(Object.keys(files))],
    reportFolder: `${top}/ci-actions-report`,
    deniedLicenses: [],
    secretKey: 'key',
    head: async () => head,
  })
  return { outcomes, host }
}

/** The only outcome of one report. */
export async function read(
  text: string | Uint8Array,
  { name = 'report.json', ...rest }: Omit<Stage, 'reports'> & { readonly name?: string } = {},
): Promise<ToolOutcome> {
  const { outcomes } = await play({ ...rest, reports: { [name]: text } })
  const [only] = outcomes
  if (only === undefined || outcomes.length !== 1) throw new Error(`${outcomes.length} outcomes`)
  return only
}
