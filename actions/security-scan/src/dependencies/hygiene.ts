/** What is wrong with the set of dependencies, as far as the repository's files say. Pure. */
import type { Notice } from '@ci-actions/shared'
import type { OwnResult, OwnTool } from '../own-outcome.ts'
import { isIllustration } from '../tools/python-files.ts'
import { conflictFindings } from './conflicts.ts'
import { isLockFile } from './manifest-files.ts'
import { isRequirementsPath } from './python-sets.ts'
import { staleLockFindings } from './stale-lock.ts'
import type { Survey } from './survey.ts'
import { unpinnedFindings } from './unpinned.ts'

export const dependencyHygiene: OwnTool = {
  id: 'dependency-hygiene',
  name: 'Dependency hygiene',
  homepage: 'https://packaging.python.org/en/latest/guides/tool-recommendations/',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['dependencies'],
  rules: ['conflicts', 'unpinned', 'stale-lock'],
}

/** Undefined where there is no manifest at all. `unaudited`: what no scanner of the run looks at. */
export function checkHygiene(survey: Survey, unaudited: readonly Notice[] = []): OwnResult | undefined {
  const { inventory, files } = survey
  if (files.size + inventory.unread.length + unaudited.length === 0) return undefined
  return {
    findings: [...conflictFindings(survey), ...staleLockFindings(survey), ...unpinnedFindings(survey)],
    notices: [...inventory.unread.map(unreadNotice), ...unaudited],
    files: files.size,
  }
}

/** Of a lock file or list that nobody can read, nobody knows what it installs. */
function unreadNotice({ path, why }: { readonly path: string; readonly why: string }): Notice {
  const isLock = isLockFile(path.slice(path.lastIndexOf('/') + 1))
  const isList = isRequirementsPath(path) && !isIllustration({ folder: '' }, { path })
  return {
    level: isLock || isList ? 'failed' : 'warning',
    message: `${path} was not read: ${why}. Mend it, or leave it out with \`exclude\`.`,
  }
}
