/** Process groups: a tool and everything that it started, ended together. */
import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { descendantsOf, killAll } from './descendants.ts'

const windows = process.platform === 'win32'
const politeMs = 1000
const pollMs = 25

/** Groups that run now. They have a session of their own, so nobody else ends them when we go. */
const living = new Set<number>()

process.on('exit', () => {
  for (const leader of living) killGroup(leader)
})

export function rememberGroup(leader: number): void {
  living.add(leader)
}

/** Kills what is left of a group and forgets it. Fine when nothing is left. */
export function killGroup(leader: number): void {
  living.delete(leader)
  if (windows)
    spawnSync('taskkill', ['/PID', String(leader), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  else signalGroup(leader, 'SIGKILL')
}

/**
 * Asks a group to end, and kills it after a second. Resolves when it is gone or was killed. What left the group with
 * a session of its own is killed too, on Linux.
 */
export async function endGroup(leader: number): Promise<void> {
  if (windows) return taskkill(leader)
  const all = await descendantsOf(leader)
  await endMembers(leader)
  await killAll(all)
}

async function endMembers(leader: number): Promise<void> {
  if (!signalGroup(leader, 'SIGTERM')) return
  for (let waited = 0; waited < politeMs; waited += pollMs) {
    await sleep(pollMs)
    if (!signalGroup(leader, 0)) return
  }
  signalGroup(leader, 'SIGKILL')
}

/** False when the group has no process that we may signal. */
function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-leader, signal)
  } catch {
    return false
  }
}

/** Windows knows no polite signal for a process without a window. */
function taskkill(leader: number): Promise<void> {
  return new Promise((resolve) => {
    const killer = spawn('taskkill', ['/PID', String(leader), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    })
    killer.once('error', () => resolve())
    killer.once('close', () => resolve())
  })
}
