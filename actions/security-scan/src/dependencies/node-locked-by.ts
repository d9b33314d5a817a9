/** Whether a lock file of npm, pnpm, Yarn or Bun answers for a package.json. Pure. */
import { posix } from 'node:path'
import { isRecord, pathMatcher } from '@ci-actions/shared'
import { foldersAbove } from './folders-above.ts'
import type { Survey } from './survey.ts'
import { npmDeclared } from './survey.ts'

/** Of which `packages` is by folder. */
const npmNames = new Set(['package-lock.json', 'npm-shrinkwrap.json'])
const npmLocks = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']

/**
 * The lock beside it, or one above that names its folder as part of a workspace or holds all that it asks for. `known`:
 * paths of all files of the run; a lock of another package, which nobody can look into here, is believed.
 */
export function isNodeLocked(path: string, survey: Survey, known: Pick<ReadonlySet<string>, 'has'>): boolean {
  const own = posix.dirname(path)
  for (const folder of foldersAbove(path)) {
    const locks = npmLocks.map((name) => posix.join(folder, name)).filter((lock) => known.has(lock))
    if (folder === own && locks.length > 0) return true
    if (locks.some((lock) => isMember(lock, own, survey) || holdsAll(lock, path, survey))) return true
  }
  return false
}

function isMember(lock: string, own: string, { files, pnpm }: Survey): boolean {
  const file = files.get(lock)
  if (file === undefined) return true
  const folder = posix.relative(posix.dirname(lock), own)
  const packages = file.data?.['packages']
  const importers = pnpm.get(lock)?.importers ?? []
  return (
    (npmNames.has(file.name) && isRecord(packages) && Object.hasOwn(packages, folder)) ||
    importers.some((each) => posix.normalize(each.folder) === folder) ||
    [`@workspace:${folder}"`, `"${folder}": {`].some((mark) => file.text.includes(mark)) ||
    (file.name === 'yarn.lock' && workspaces(posix.dirname(lock), files)(folder))
  )
}

/** Yarn 1 writes them into package.json alone. */
function workspaces(folder: string, files: Survey['files']): (path: string) => boolean {
  const named = files.get(posix.join(folder, 'package.json'))?.data?.['workspaces']
  const list = isRecord(named) ? named['packages'] : named
  const patterns = (Array.isArray(list) ? list : []).filter((each) => typeof each === 'string')
  return patterns.length === 0 ? () => false : pathMatcher(patterns)
}

/** Installed there for all folders below, as Nx has it. Ranges are believed, exact versions are not. */
function holdsAll(lock: string, path: string, { files, inventory }: Survey): boolean {
  const set = inventory.sets.find((each) => each.path === lock)
  const manifest = files.get(path)
  if (set === undefined || manifest === undefined) return false
  const versions = Map.groupBy(set.components, ({ name }) => name)
  const asked = [...npmDeclared(manifest)].filter(
    ([, range]) => !/^(?:workspace|link|file|portal):/.test(range),
  )
  return asked.every(([name, range]) => {
    const exact = /^[=v]*(\d+\.\d+\.\d+.*)$/.exec(range.trim())?.[1]
    const there = versions.get(name.toLowerCase()) ?? []
    return exact === undefined ? there.length > 0 : there.some(({ version }) => version === exact)
  })
}
