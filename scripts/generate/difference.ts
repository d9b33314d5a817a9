/** A unified diff between what stands in a file and what should, by git. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function difference(path: string, now: string | undefined, wanted: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'))
  try {
    writeFileSync(join(folder, 'committed'), now ?? '')
    writeFileSync(join(folder, 'generated'), wanted)
    const { stdout } = spawnSync(
      'git',
      ['diff', '--no-index', '--no-color', '--no-ext-diff', 'committed', 'generated'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    return `--- ${path}\n+++ ${path}, generated\n${stdout.slice(stdout.indexOf('@@'))}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}
