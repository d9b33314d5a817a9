/**
 * A history in a folder. Nobody changes a file, and there is no lock: a run becomes a file of its own, named by its
 * content; then whoever comes by writes all that it has read into one new file, and removes those that it has read.
 * Whatever writers do at the same time, each file that is removed is wholly within another one that is there, so
 * nothing is lost; what is there twice counts once.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { messageOf } from '../action/errors.ts'
import type { Files, Host } from '../host/ports.ts'
import type { History, HistoryRun } from './history.ts'
import { mergeHistories } from './history.ts'
import { historyFormat, longestHistory, parseHistory, renderHistory } from './history-text.ts'
import type { HistoryStore } from './store.ts'

const extension = '.jsonl'

/** On a laptop all projects share one folder, and would take each other's runs for their own. */
function projectOf({ facts: { kind, workspace } }: Host): readonly string[] {
  return kind === 'local' ? [createHash('sha256').update(workspace).digest('hex').slice(0, 16)] : []
}

export function openFolderStore(host: Host, series: string, offline: boolean): HistoryStore {
  const folder = join(host.facts.cacheFolder, 'history', `v${historyFormat}`, ...projectOf(host), series)
  const prefix = `ci-actions-history-${historyFormat}-${series}-`
  const { event } = host.facts
  let restored: Promise<unknown> | undefined
  const restore = () => {
    restored ??= offline ? Promise.resolve() : host.cache.restore(folder, `${prefix}none`, [prefix])
    return restored
  }
  return {
    read: async () => {
      await restore()
      try {
        return { history: (await readFolder(host.files, folder)).history }
      } catch (error) {
        return { history: { runs: [] }, why: `the history in ${folder} cannot be read: ${messageOf(error)}` }
      }
    },
    add: async (run) => {
      await restore()
      try {
        await addToFolder(host.files, folder, run)
      } catch (error) {
        return { why: `the history in ${folder} cannot be written: ${messageOf(error)}` }
      }
      // An entry is never replaced, so each attempt of a run has one of its own.
      if (!offline && event) await host.cache.save(folder, `${prefix}${event.runId}-${event.runAttempt}`)
      return {}
    },
  }
}

/** Exported for tests that write from several processes. */
export async function addToFolder(files: Files, folder: string, run: HistoryRun): Promise<void> {
  await writeHistory(files, folder, { runs: [run] })
  const { history, names } = await readFolder(files, folder)
  const kept = await writeHistory(files, folder, history)
  for (const name of names) if (name !== kept) await files.remove(join(folder, name))
}

async function writeHistory(files: Files, folder: string, history: History): Promise<string> {
  const text = renderHistory(history)
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 32)}${extension}`
  await files.write(join(folder, name), text)
  return name
}

interface ReadFolder {
  readonly history: History
  /** The files that were read, and those that never can be. */
  readonly names: readonly string[]
}

/** What another process removes meanwhile is within a file that it wrote before: the list is read until it stands. */
export async function readFolder(files: Files, folder: string): Promise<ReadFolder> {
  const read = new Map<string, History>()
  for (;;) {
    const names = (await files.list(folder)).filter((name) => name.endsWith(extension) && !read.has(name))
    if (names.length === 0) break
    for (const name of names) read.set(name, await readFile(files, join(folder, name)))
  }
  return { history: mergeHistories([...read.values()]), names: [...read.keys()] }
}

async function readFile(files: Files, path: string): Promise<History> {
  const status = await files.status(path)
  if (status?.kind !== 'file' || status.bytes > longestHistory) return { runs: [] }
  return parseHistory((await files.readText(path)) ?? '')
}
