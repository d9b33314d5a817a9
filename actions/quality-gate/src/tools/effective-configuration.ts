/** Which of several configuration files a tool takes, and which it passes over without a word. */
import type { ConfigFile, JsonRecord, Notice, Project } from '@ci-actions/shared'
import { tableAt } from '@ci-actions/shared'

/** A file in which a tool looks for its configuration. */
export interface ConfigPlace {
  readonly file: string
  /** Where its settings stand, the first that is there; `[]` is the whole file. */
  readonly tables: readonly (readonly string[])[]
  /** True where the tool takes the file even if it has none of the tables. */
  readonly always?: boolean | undefined
}

/** In the tool's own order of search within one folder. */
export type SearchOrder = readonly ConfigPlace[]

/** What a tool takes: a file, and what stands there for it. */
export interface EffectiveConfiguration {
  readonly file: ConfigFile
  /** The first of the place's tables that is there; empty where the file has none of them. */
  readonly table: JsonRecord
}

/**
 * The nearest folder that has such a file decides, and in it the order of search; tools that look above their
 * working folder do the same, the others get the path as an argument.
 */
export function effectiveConfiguration(
  project: Project,
  order: SearchOrder,
): EffectiveConfiguration | undefined {
  const [taken] = candidates(project, order)
  if (taken === undefined) return undefined
  const [keys] = tablesIn(taken.file, taken.tables)
  return { file: taken.file, table: (keys && tableAt(taken.file, ...keys)) ?? {} }
}

/** For each file beside the effective one that the tool does not read because of it. */
export function shadowedFiles(project: Project, name: string, order: SearchOrder): readonly Notice[] {
  const [taken, ...others] = candidates(project, order)
  if (taken === undefined) return []
  return others.map((each) => ({
    level: 'warning',
    message: `${label(each)} has no effect, because ${name} takes ${label(taken)} and reads no second file. Keep one of them.`,
  }))
}

interface Candidate {
  readonly file: ConfigFile
  readonly tables: ConfigPlace['tables']
}

/** All that the tool would take in the nearest folder that has any, best first. */
function candidates(project: Project, order: SearchOrder): readonly Candidate[] {
  const found = order.flatMap(({ file: name, tables, always = false }) =>
    project.configuration
      .filter((file) => file.name === name && (always || tablesIn(file, tables).length > 0))
      .map((file) => ({ file, tables })),
  )
  const nearest = Math.max(...found.map(({ file }) => depthOf(file)))
  return found.filter(({ file }) => depthOf(file) === nearest)
}

function depthOf({ path }: ConfigFile): number {
  return path.split('/').length
}

function tablesIn(file: ConfigFile, tables: ConfigPlace['tables']): readonly (readonly string[])[] {
  return tables.filter((keys) => tableAt(file, ...keys) !== undefined)
}

function label({ file, tables }: Candidate): string {
  const [keys] = tablesIn(file, tables)
  return keys === undefined || keys.length === 0 ? file.path : `${file.path} [${keys.join('.')}]`
}
