/** Which lock file answers for a manifest, and the command that writes it. Pure. */
import { posix } from 'node:path'
import type { ConfigFile } from '@ci-actions/shared'
import { isRecord, tableAt } from '@ci-actions/shared'
import { isLockName } from '../tools/python-locks.ts'
import type { Survey } from './survey.ts'

/** The lock beside a manifest, or that of the workspace that it belongs to. */
export function pythonLockOf(manifest: ConfigFile, { files }: Pick<Survey, 'files'>): ConfigFile | undefined {
  const folder = posix.dirname(manifest.path)
  const locks = [...files.values()].filter(({ name }) => isLockName(name))
  const beside = locks.filter(({ path }) => posix.dirname(path) === folder)
  const fitting = beside.find(({ name }) => (name === 'Pipfile.lock') === (manifest.name === 'Pipfile'))
  return fitting ?? locks.find((lock) => isMember(lock, folder))
}

/** uv.lock lists the members of its workspace as packages from folders. */
function isMember(lock: ConfigFile, folder: string): boolean {
  if (lock.name !== 'uv.lock') return false
  const packages = lock.data?.['package']
  const relative = posix.relative(posix.dirname(lock.path), folder)
  return (Array.isArray(packages) ? packages : []).some((each: unknown) => {
    const source = isRecord(each) && isRecord(each['source']) ? each['source'] : {}
    return ['editable', 'virtual', 'directory'].some((key) => source[key] === relative)
  })
}

/** What a person runs to write the lock anew. */
export function lockCommand(file: ConfigFile): string {
  switch (file.name) {
    case 'poetry.lock':
      return 'poetry lock'
    case 'pdm.lock':
      return 'pdm lock'
    case 'Pipfile':
    case 'Pipfile.lock':
      return 'pipenv lock'
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
    case 'package.json':
      return 'npm install --package-lock-only'
    case 'pnpm-lock.yaml':
      return 'pnpm install --lockfile-only'
    case 'bun.lock':
      return 'bun install --lockfile-only'
    case 'yarn.lock':
      return 'yarn install'
  }
  if (tableAt(file, 'tool', 'poetry') !== undefined) return 'poetry lock'
  return tableAt(file, 'tool', 'pdm') !== undefined ? 'pdm lock' : 'uv lock'
}

/** With the folder to be in, where it is not the top. */
export function commandIn(file: ConfigFile): string {
  const folder = posix.dirname(file.path)
  return `\`${lockCommand(file)}\`${folder === '.' ? '' : ` in \`${folder}\``}`
}

/** Names for a sentence, the first few. */
export function few(names: readonly string[]): string {
  const most = 4
  const shown = [...new Set(names)].slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
