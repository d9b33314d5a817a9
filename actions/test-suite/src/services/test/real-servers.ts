/** Servers of this machine, started for a test and ended with it; `why` says what is not installed. */
import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  globSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { freePort } from './peers.ts'

const running: ChildProcess[] = []
const folders: string[] = []

function find(command: string): string | undefined {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return places.flatMap((folder) => globSync(join(folder, command)))[0]
}

/** PostgreSQL does not run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const number = (option: string) => Number(spawnSync('id', [option, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: number('-u'), gid: number('-g') }
}

function makeFolder(owner?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'ci-actions-service-'))
  folders.push(folder)
  if (owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

function start(command: string, args: readonly string[], options: object): void {
  running.push(spawn(command, args, { stdio: 'ignore', ...options }))
}

export async function stopServers(): Promise<void> {
  for (const child of running.splice(0)) {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGQUIT')) await ended
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

const postgres = find('postgres') ?? globSync('/usr/lib/postgresql/*/bin/postgres').at(-1)
export const servers = { postgres, redis: find('redis-server'), nats: find('nats-server') } as const

export function missing(name: keyof typeof servers): string {
  return `${name === 'postgres' ? name : `${name}-server`} is not installed`
}

/** With the users `app` (SCRAM), `old` (MD5) and `plain` (in the clear), all with the password `hunter22`. */
export async function startPostgres(
  command: string,
  options: { readonly standby?: boolean } = {},
): Promise<number> {
  const owner = unprivileged()
  const folder = makeFolder(owner)
  const data = join(folder, 'data')
  const as = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...owner }
  const bin = realpathSync(command)
  const made = spawnSync(join(dirname(bin), 'initdb'), ['-D', data, '-U', 'postgres', '--no-sync'], as)
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr.toString()}`)
  const user = (name: string, kind: string) =>
    `SET password_encryption = '${kind}'; CREATE USER ${name} PASSWORD 'hunter22';\n`
  const sql = `${user('app', 'scram-sha-256')}${user('old', 'md5')}${user('plain', 'md5')}`
  spawnSync(bin, ['--single', '-D', data, 'postgres'], { ...as, input: sql.replaceAll('; ', ';\n') })
  const hosts = ['app scram-sha-256', 'old md5', 'plain password', 'postgres scram-sha-256']
  const rules = hosts
    .map((one) => one.split(' '))
    .map(([name, kind]) => `host all ${name} 127.0.0.1/32 ${kind}\n`)
  writeFileSync(join(data, 'pg_hba.conf'), rules.join(''))
  appendFileSync(
    join(data, 'postgresql.conf'),
    "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n",
  )
  if (options.standby) {
    writeFileSync(join(data, 'standby.signal'), '')
    appendFileSync(join(data, 'postgresql.conf'), 'hot_standby = off\n')
  }
  const port = await freePort()
  start(bin, ['-D', data, '-p', String(port)], as)
  return port
}

export async function startRedis(command: string, password?: string): Promise<number> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', makeFolder()]
  start(command, password === undefined ? args : [...args, '--requirepass', password], {})
  return port
}

export async function startNats(command: string, password?: string): Promise<number> {
  const port = await freePort()
  const args = ['-a', '127.0.0.1', '-p', String(port)]
  start(command, password === undefined ? args : [...args, '--user', 'app', '--pass', password], {})
  return port
}
