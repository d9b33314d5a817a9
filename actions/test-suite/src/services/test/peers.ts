import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { nodeClock, nodeSockets, recordingHost } from '@ci-actions/shared/testing'
import type { Service } from '../service.ts'
import { parseService } from '../service.ts'
import type { ServiceOutcome } from '../wait.ts'
import { waitForServices } from '../wait.ts'

const open: Server[] = []
const sockets = new Set<Socket>()

/** A server of this machine; gives its port. */
export async function listen(behave: (socket: Socket) => void, port = 0): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    behave(socket)
  })
  open.push(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const port = await listen(() => {})
  await new Promise((resolve) => open.pop()?.close(resolve))
  return port
}

export function closePeers(): void {
  for (const socket of sockets) socket.destroy()
  for (const server of open.splice(0)) server.close()
}

export function service(line: string): Service {
  const read = parseService(line)
  if ('problem' in read) throw new Error(read.problem)
  return read
}

/** Waits with the real network and clock. */
export async function waitReally(line: string, timeoutSeconds = 5): Promise<ServiceOutcome> {
  const host = recordingHost({ sockets: nodeSockets(new AbortController().signal), clock: nodeClock })
  const [outcome] = await waitForServices(host, [service(line)], { timeoutSeconds })
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}
