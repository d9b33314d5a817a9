/** Which components the project had at the base: what no line tells, such as a version deep in a lock file. */
import type { Change, Finding, Project } from '@ci-actions/shared'
import { packageUrl, readAt } from '@ci-actions/shared'
import { isManifest, parseManifest } from './manifest-files.ts'
import type { Survey } from './survey.ts'
import { surveyOf } from './survey.ts'

export interface BaseComponents {
  /** Of a vulnerability; undefined where the manifests do not say, at the base or now. */
  stateOf(finding: Finding): 'new' | 'unchanged' | undefined
}

const unknown: BaseComponents = { stateOf: () => undefined }

/** Reads again what the change touches; what it does not touch is as it was. */
export async function readBaseComponents(
  { project, survey }: { readonly project: Project; readonly survey: Survey },
  { repository, baseSha, changes }: Change,
): Promise<BaseComponents> {
  const files = new Map(survey.files)
  const prefix = project.folder === '' ? '' : `${project.folder}/`
  for (const { path, oldPath = path, kind } of changes) {
    const isOurs = files.has(path) || oldPath.startsWith(prefix)
    if (!isOurs || !(isManifest(path) || isManifest(oldPath))) continue
    files.delete(path)
    if (kind === 'added' || !isManifest(oldPath)) continue
    const text = await readAt(repository, baseSha, oldPath)
    const before = text === undefined ? undefined : parseManifest(oldPath, text)
    if (before === undefined || before.error !== undefined) return unknown
    files.set(oldPath, before)
  }
  const base = surveyOf({ files, unread: [] })
  if (base.inventory.unread.length > 0) return unknown
  const [before, now] = [componentsOf(base), componentsOf(survey)]
  return {
    stateOf: ({ security }) => {
      if (security?.kind !== 'vulnerability' || security.purl === undefined) return undefined
      if (!now.has(security.purl)) return undefined
      return before.has(security.purl) ? 'unchanged' : 'new'
    },
  }
}

function componentsOf({ inventory }: Survey): ReadonlySet<string> {
  const components = inventory.sets.flatMap((set) => set.components)
  return new Set(components.flatMap((each) => (each.version === undefined ? [] : packageUrl(each))))
}
