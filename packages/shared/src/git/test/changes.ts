/** Changes of a scratch repository. For tests only. */
import type { FileChange } from '../diff.ts'
import { readChanges } from '../diff.ts'
import { openRepository } from '../repository.ts'
import { git, scratchHost } from './scratch.ts'

export async function changesOf(folder: string, base = 'HEAD'): Promise<readonly FileChange[]> {
  const repository = await openRepository(scratchHost(folder), folder)
  if (!repository) throw new Error(`${folder} did not open`)
  return readChanges(repository, git(folder, 'rev-parse', base))
}

export function lines(...ranges: readonly (readonly [start: number, end: number])[]): FileChange['lines'] {
  return ranges.map(([start, end]) => ({ start, end }))
}
