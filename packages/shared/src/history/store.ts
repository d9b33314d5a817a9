/** The store of a history: read it, add a run to it. Where it is kept makes no difference to who uses it. */
import type { Repository } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import { openBranchStore } from './branch-store.ts'
import { openFolderStore } from './folder-store.ts'
import type { History, HistoryRun } from './history.ts'
import { emptyHistory } from './history.ts'
import type { HistoryPlace } from './place.ts'

export interface HistoryStore {
  /** Never throws; what cannot be read is not there, and `why` says so. */
  read(): Promise<ReadHistory>
  /** Never throws; where `why` is there, the run is not kept. */
  add(run: HistoryRun): Promise<KeptRun>
}

export interface ReadHistory {
  readonly history: History
  readonly why?: string | undefined
}

export interface KeptRun {
  readonly why?: string | undefined
}

export interface StoreRequest {
  readonly place: HistoryPlace
  /** See `historySeries`. */
  readonly series: string
  /** Needed for a branch. */
  readonly repository: Repository | undefined
  /** Touches no network: the folder alone is used, and a branch is not. */
  readonly offline: boolean
}

export function openHistoryStore(host: Host, request: StoreRequest): HistoryStore {
  const { place, repository, series, offline } = request
  if (place.kind === 'off') return absent(undefined)
  if (place.kind === 'cache') return openFolderStore(host, series, offline)
  if (repository === undefined) return absent('a history on a branch needs a git repository')
  if (offline) return absent('`offline` forbids to fetch the branch of the history')
  return openBranchStore(host, repository, place.branch, series)
}

function absent(why: string | undefined): HistoryStore {
  return {
    read: async () => ({ history: emptyHistory, ...(why && { why }) }),
    add: async () => ({ ...(why && { why }) }),
  }
}
