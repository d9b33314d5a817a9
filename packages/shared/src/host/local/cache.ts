import { nodeFiles } from '../node/files.ts'
import type { Cache } from '../ports.ts'

/** The folder stays where it is between runs, so there is nothing to fetch or to send: what is there is a hit. */
export const localCache: Cache = {
  restore: async (folder, key) =>
    (await nodeFiles.list(folder).catch(() => [])).length > 0 ? key : undefined,
  save: async () => true,
}
