/** A real Redis of this machine for the integration tests of the example, where one is installed. */
import { spawn } from 'node:child_process'
import { globSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** Undefined where it is not installed. */
export function findRedis(): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return places.flatMap((place) => globSync(join(place, 'redis-server')))[0]
}

export const NO_REDIS = 'redis-server is not installed'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/** Calls `stop` also where this process is ended from outside; gives what forgets about it. */
function onEnd(stop: () => void): () => void {
  const end = (): void => {
    stop()
    process.exit(1)
  }
  process.once('exit', stop)
  for (const signal of SIGNALS) process.once(signal, end)
  return () => {
    process.off('exit', stop)
    for (const signal of SIGNALS) process.off(signal, end)
  }
}

/** Runs while `use` does, on a port of its own, and keeps nothing. Who uses it has to wait until it answers. */
export async function withRedis<Result>(
  command: string,
  folder: string,
  use: (port: number) => Promise<Result> | Result,
): Promise<Result> {
  const port = await freePort()
  mkdirSync(folder, { recursive: true })
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const server = spawn(command, args, { stdio: 'ignore' })
  const ended = new Promise((done) => server.once('exit', done).once('error', done))
  const stop = (): void => void server.kill('SIGKILL')
  const forget = onEnd(stop)
  try {
    return await use(port)
  } finally {
    forget()
    stop()
    await ended
  }
}
