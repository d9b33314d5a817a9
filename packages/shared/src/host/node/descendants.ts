/** Processes that a process has started, whatever group they are in. Known on Linux alone. */
import { readdir, readFile } from 'node:fs/promises'

export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks from boot to its start: a number that is given again goes to another process. */
  readonly started: string
}

/**
 * Children, their children and so on. One that moved to a session of its own (`setsid`) is no member of the group,
 * but still a descendant as long as its parents live: so ask before they are ended.
 */
export async function descendantsOf(leader: number): Promise<readonly ProcessIdentity[]> {
  const children = new Map<number, ProcessIdentity[]>()
  for (const name of await readdir('/proc').catch(() => [])) {
    const found = /^\d+$/.test(name) ? await identityOf(Number(name)) : undefined
    if (found !== undefined) children.set(found.parent, [...(children.get(found.parent) ?? []), found])
  }
  const all: ProcessIdentity[] = []
  const waiting = [leader]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const own = children.get(next) ?? []
    children.delete(next)
    all.push(...own)
    waiting.push(...own.map(({ pid }) => pid))
  }
  return all
}

/** Kills those that still are who they were. */
export async function killAll(processes: readonly ProcessIdentity[]): Promise<void> {
  for (const { pid, started } of processes) {
    if ((await identityOf(pid))?.started !== started) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has just ended, or is no longer ours.
    }
  }
}

async function identityOf(pid: number): Promise<(ProcessIdentity & { readonly parent: number }) | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name stands in brackets and may hold anything; behind it: state, parent, …, start as the 20th.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const started = fields?.[19]
  return started === undefined ? undefined : { pid, parent: Number(fields?.[1]), started }
}
