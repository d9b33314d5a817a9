import { posix } from 'node:path'

/** The folder of a file and those above it, nearest first, up to the top (`.`). */
export function* foldersAbove(path: string): Generator<string> {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    yield folder
    if (folder === '.' || folder === '/') return
  }
}
