/** A project of a few files in memory, as the core would have gathered it. */
import type { Host, Project } from '@ci-actions/shared'
import { isConfigName, parseConfigFile } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'

export const top = '/repo'

export interface SampleProject {
  readonly host: Host
  readonly project: Project
}

/** `files`: texts by repository-relative path. */
export function sampleProject(files: Readonly<Record<string, string>>): SampleProject {
  const host = recordingHost({
    facts: { workspace: top },
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`${top}/${path}`, text])),
  })
  const configuration = Object.entries(files)
    .filter(([path]) => isConfigName(path))
    .map(([path, text]) => parseConfigFile(path, text))
  return { host, project: { ...projectOf(Object.keys(files)), configuration } }
}

export function projectOf(files: readonly string[], root: string = top): Project {
  return {
    name: '',
    root,
    folder: '',
    files: files.toSorted(),
    pythonFiles: files.filter((path) => path.endsWith('.py')).toSorted(),
    configuration: [],
    firstParty: [],
  }
}
