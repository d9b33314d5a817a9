/** What beginnings of printed paths stand for, learned from paths that leave no doubt. */
import type { RepositoryPaths } from './repository-paths.ts'

export interface PrefixRules {
  /** `printed` (such as `/usr/src/app`) stands for `folder` (such as `backend`; empty for the top). */
  add(printed: readonly string[], folder: readonly string[]): void
  size(): number
  /** Files of the repository that the rules make of a path. */
  filesFor(segments: readonly string[], repository: RepositoryPaths): readonly string[]
}

export function prefixRules(): PrefixRules {
  const folders = new Map<string, Set<string>>()
  return {
    add: (printed, folder) => {
      const key = printed.join('/')
      const known = folders.get(key) ?? new Set<string>()
      folders.set(key, known)
      known.add(folder.join('/'))
    },
    size: () => folders.size,
    filesFor: (segments, repository) => {
      const found = new Set<string>()
      for (let length = 0; length < segments.length; length++) {
        const known = folders.get(segments.slice(0, length).join('/'))
        const rest = segments.slice(length).join('/')
        for (const folder of known ?? []) {
          const file = folder === '' ? rest : `${folder}/${rest}`
          if (repository.has(file)) found.add(file)
        }
      }
      return [...found]
    },
  }
}
