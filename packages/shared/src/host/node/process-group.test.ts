import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProcessRequest, ProcessResult } from '../ports.ts'
import { nodeProcesses } from './processes.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-group-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const never = new AbortController().signal

/** Runs a program given as JavaScript. */
function run(
  script: string,
  changes: Partial<ProcessRequest> = {},
  cancelled: AbortSignal = never,
): Promise<ProcessResult> {
  return nodeProcesses(cancelled).run({
    command: process.execPath,
    args: ['-e', script],
    cwd: folder,
    env: {},
    timeoutMs: 30_000,
    maxBytes: 1_000_000,
    ...changes,
  })
}

/** In a container whose first process reaps nobody, a killed orphan stays as a zombie. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return !/\) [ZX] /.test(status)
}

async function isGoneSoon(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 500; waited += 20) {
    if (!(await isAlive(pid))) return true
    await sleep(20)
  }
  return false
}

async function waitForText(file: string): Promise<string> {
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text !== '') return text
    await sleep(20)
  }
}

describe.skipIf(process.platform === 'win32')('a process group', () => {
  const ignoresSigterm =
    'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); require("fs").writeFileSync(process.argv[1], String(process.pid))'

  test('is killed on time-out, also when it ignores SIGTERM', async () => {
    const file = join(folder, 'stubborn.txt')
    const started = performance.now()
    const result = await run('', { args: ['-e', ignoresSigterm, '--', file], timeoutMs: 1000 })
    expect(result).toMatchObject({ ended: 'timed-out', signal: 'SIGKILL' })
    expect(performance.now() - started).toBeLessThan(3000)
    expect(await isGoneSoon(Number(await waitForText(file)))).toBe(true)
  })

  test('is gone within two seconds of cancellation, with everything it started', async () => {
    const file = join(folder, 'grandchild.txt')
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(ignoresSigterm)}, "--", ${JSON.stringify(file)}], { stdio: "inherit" }); setInterval(() => {}, 1000)`
    const cancel = new AbortController()
    const pending = run(parent, {}, cancel.signal)
    const grandchild = Number(await waitForText(file))
    expect(await isAlive(grandchild)).toBe(true)
    const started = performance.now()
    cancel.abort()
    expect((await pending).ended).toBe('cancelled')
    expect(performance.now() - started).toBeLessThan(2000)
    expect(await isGoneSoon(grandchild)).toBe(true)
  })

  test.skipIf(process.platform !== 'linux')(
    'takes those along that left it with a session of their own',
    async () => {
      const file = join(folder, 'session.txt')
      const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(ignoresSigterm)}, "--", ${JSON.stringify(file)}], { stdio: "inherit", detached: true }); setInterval(() => {}, 1000)`
      const cancel = new AbortController()
      const pending = run(parent, {}, cancel.signal)
      const grandchild = Number(await waitForText(file))
      const started = performance.now()
      cancel.abort()
      expect((await pending).ended).toBe('cancelled')
      expect(performance.now() - started).toBeLessThan(2000)
      expect(await isGoneSoon(grandchild)).toBe(true)
    },
  )

  test.skipIf(process.platform === 'win32')(
    'lets one go that left it, whatever it writes, and does not wait',
    async () => {
      const file = join(folder, 'daemon.txt')
      const daemon = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => console.log("noise"), 10)`
      const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(daemon)}], { stdio: "inherit", detached: true }).unref(); setTimeout(() => process.exit(0), 500)`
      const started = performance.now()
      const result = await run(parent)
      expect(result).toMatchObject({ ended: 'exited', exitCode: 0 })
      expect(performance.now() - started).toBeLessThan(8000)
      process.kill(Number(await waitForText(file)), 'SIGKILL')
    },
  )

  test('may clean up after SIGTERM', async () => {
    const script =
      'process.on("SIGTERM", () => { console.log("cleaned up"); process.exit(7) }); setInterval(() => {}, 1000); console.log("ready")'
    const result = await run(script, { timeoutMs: 1500 })
    expect(result).toMatchObject({ ended: 'timed-out', exitCode: 7, stdout: 'ready\ncleaned up\n' })
    expect(result.seconds).toBeLessThan(2.5)
  })

  test('does not hang us when a grandchild keeps the pipes open, and leaves none behind', async () => {
    const file = join(folder, 'orphan.txt')
    const orphan = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(orphan)}], { stdio: "inherit" }).unref(); setTimeout(() => { console.log("done"); process.exit(0) }, 500)`
    const started = performance.now()
    const result = await run(parent)
    expect(result).toMatchObject({ ended: 'exited', exitCode: 0, stdout: 'done\n', truncated: false })
    expect(performance.now() - started).toBeLessThan(4000)
    const pid = Number(await waitForText(file))
    expect(await isGoneSoon(pid)).toBe(true)
  })

  test('is not even started after cancellation', async () => {
    const file = join(folder, 'late.txt')
    const result = await run(
      `require("fs").writeFileSync(${JSON.stringify(file)}, "started")`,
      {},
      AbortSignal.abort(),
    )
    expect(result.ended).toBe('cancelled')
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  test('ends with our own process', async () => {
    const file = join(folder, 'survivor.txt')
    const processes = join(import.meta.dirname, 'processes.ts')
    const child = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`
    const us = `import { nodeProcesses } from ${JSON.stringify(processes)}
      nodeProcesses(new AbortController().signal).run({ command: process.execPath, args: ['-e', ${JSON.stringify(child)}], cwd: '/', env: {}, timeoutMs: 60000, maxBytes: 1000 })
      setTimeout(() => process.exit(0), 1500)`
    await run('', { args: ['--input-type=module', '-e', us] })
    const pid = Number(await waitForText(file))
    expect(await isGoneSoon(pid)).toBe(true)
  })
})
