import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProcessRequest, ProcessResult } from '../ports.ts'
import { nodeProcesses } from './processes.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'))
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

describe('a process that ends by itself', () => {
  test('gives exit code, both streams and the time it took', async () => {
    const result = await run(
      'console.log("out"); console.error("err"); setTimeout(() => process.exit(3), 100)',
    )
    expect(result).toMatchObject({
      ended: 'exited',
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      truncated: false,
    })
    expect(result.seconds).toBeGreaterThan(0.1)
  })

  test('sees the given environment and nothing else', async () => {
    const result = await run('console.log(JSON.stringify(process.env))', { env: { ONLY: 'this' } })
    const seen = JSON.parse(result.stdout)
    expect(seen.ONLY).toBe('this')
    expect(seen.PATH).toBeUndefined()
    expect(seen.HOME).toBeUndefined()
  })

  test('gets its arguments as they are, without a shell', async () => {
    const args = ['$(touch pwned)', 'a b', '"', "'", '*', '; ls', 'é\n']
    const result = await run('', {
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args],
    })
    expect(JSON.parse(result.stdout)).toEqual(args)
  })

  test('reads its standard input, and has none when none is given', async () => {
    const script =
      'process.stdin.on("data", d => process.stdout.write("<" + d + ">")); process.stdin.on("end", () => process.stdout.write("end"))'
    expect((await run(script, { stdin: 'zwölf' })).stdout).toBe('<zwölf>end')
    expect((await run(script)).stdout).toBe('end')
  })

  test('may leave a large standard input unread', async () => {
    const result = await run('process.exit(0)', { stdin: 'x'.repeat(5_000_000) })
    expect(result).toMatchObject({ ended: 'exited', exitCode: 0 })
  })

  test('says which signal ended it', async () => {
    const result = await run('process.kill(process.pid, "SIGKILL")')
    expect(result).toMatchObject({ ended: 'signalled', signal: 'SIGKILL' })
    expect(result.exitCode).toBeUndefined()
  })
})

describe('output', () => {
  const twoMegabytes =
    'const line = "0123456789abcde\\n".repeat(4096); for (let i = 0; i < 32; i++) require("fs").writeSync(1, line)'

  test('beyond the bound is dropped and said to be', async () => {
    const result = await run(twoMegabytes, { maxBytes: 100_000 })
    expect(result).toMatchObject({ ended: 'exited', exitCode: 0, truncated: true })
    expect(result.stdout.length).toBe(100_000)
  })

  test('of exactly the bound is whole', async () => {
    const result = await run(twoMegabytes, { maxBytes: 16 * 4096 * 32 })
    expect(result.truncated).toBe(false)
    expect(result.stdout.length).toBe(16 * 4096 * 32)
  })

  test('goes to files when asked', async () => {
    const stdoutFile = join(folder, 'out.txt')
    const stderrFile = join(folder, 'err.txt')
    const result = await run(`${twoMegabytes}; console.error("bad")`, {
      stdoutFile,
      stderrFile,
      maxBytes: 16 * 4096 * 32,
    })
    expect(result).toMatchObject({ stdout: '', stderr: '', truncated: false })
    expect((await readFile(stdoutFile, 'utf8')).length).toBe(16 * 4096 * 32)
    expect(await readFile(stderrFile, 'utf8')).toBe('bad\n')
  })

  test('is bounded in files, and a file that cannot be written counts as truncated', async () => {
    const stdoutFile = join(folder, 'bounded.txt')
    expect((await run(twoMegabytes, { stdoutFile, maxBytes: 10 })).truncated).toBe(true)
    expect(await readFile(stdoutFile, 'utf8')).toBe('0123456789')
    expect((await run(twoMegabytes, { stdoutFile: join(folder, 'no/such/folder.txt') })).truncated).toBe(true)
  })

  test.skipIf(process.platform === 'win32').each([0, 900])(
    'that a child writes after its parent has gone arrives, also when we are busy for %i ms then',
    async (busyMs) => {
      const args = ['-c', '(sleep 0.2; echo late) & echo early']
      const pending = run('', { command: '/bin/sh', args, env: { PATH: '/usr/bin:/bin' } })
      await sleep(100)
      const until = performance.now() + busyMs
      while (performance.now() < until);
      expect((await pending).stdout).toBe('early\nlate\n')
    },
  )

  test.skipIf(process.platform === 'win32')('is waited for as long as it comes', async () => {
    const args = ['-c', '(for i in 1 2 3 4 5; do sleep 0.2; echo $i; done) & exit 0']
    const result = await run('', { command: '/bin/sh', args, env: { PATH: '/usr/bin:/bin' } })
    expect(result.stdout).toBe('1\n2\n3\n4\n5\n')
  })

  test('keeps characters that are split between two pieces', async () => {
    const result = await run(
      'const b = Buffer.from("ä"); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 100)',
    )
    expect(result.stdout).toBe('ä')
  })
})

describe('a process that cannot be started', () => {
  test.each([
    ['a name that is not in PATH', { command: 'no-such-command' }, 'no-such-command was not found in PATH'],
    ['a path where nothing is', { command: '/no/such/command' }, '/no/such/command was not found'],
    ['a folder that does not exist', { cwd: '/no/such/folder' }, 'the folder /no/such/folder does not exist'],
    ['a NUL in an argument', { args: ['a\0b'] }, 'null bytes'],
    [
      'a command line that is too long',
      { args: Array.from({ length: 40 }, () => 'x'.repeat(120_000)) },
      'too long for this platform',
    ],
  ])('%s', async (_, changes, why) => {
    const result = await run('', changes)
    expect(result.ended).toBe('not-started')
    expect(result.startError).toContain(why)
    expect(result.exitCode).toBeUndefined()
  })

  test.skipIf(process.platform === 'win32')('a file that is not executable', async () => {
    const file = join(folder, 'plain.txt')
    await writeFile(file, 'text', { mode: 0o600 })
    const result = await run('', { command: file })
    expect(result.startError).toContain('permission denied')
  })
})

describe('what a process says while it runs', () => {
  test('is passed on before its end, also beyond what is kept', async () => {
    const heard: string[] = []
    let firstAt = 0
    const result = await run('console.log("é".repeat(50)); setTimeout(() => console.error("end"), 300)', {
      maxBytes: 3,
      onOutput: (text, stream) => {
        if (firstAt === 0) firstAt = performance.now()
        heard.push(`${stream} ${text}`)
      },
    })
    expect(performance.now() - firstAt).toBeGreaterThan(200)
    expect(heard).toEqual([`stdout ${'é'.repeat(50)}\n`, 'stderr end\n'])
    expect(result.truncated).toBe(true)
  })
})

describe('after a cancellation', () => {
  test('runs only what has to run all the same', async () => {
    const cancelled = AbortSignal.abort()
    expect(await run('console.log(1)', {}, cancelled)).toMatchObject({ ended: 'cancelled' })
    expect(await run('console.log(1)', { evenIfCancelled: true }, cancelled)).toMatchObject({
      ended: 'exited',
      stdout: '1\n',
    })
  })
})
