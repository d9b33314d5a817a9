import { UnavailableError } from '../../action/errors.ts'
import type { Connection, ConnectRequest, Sockets } from '../ports.ts'

type Bytes = string | Uint8Array

/** The other end of one connection. Text is Latin-1, a character a byte. */
export interface ScriptedPeer {
  /** Said as soon as the connection stands. */
  readonly opening?: Bytes | undefined
  /** Given each write; what it says to it, if anything. */
  readonly answer?: ((written: Uint8Array) => Bytes | undefined) | undefined
  /** Closes where it has nothing more to say; else it stays silent until the time is over. */
  readonly closes?: boolean | undefined
}

/** Undefined: nothing listens there. */
export type SocketScript = (request: ConnectRequest) => ScriptedPeer | undefined

export interface RecordedConnection {
  readonly request: ConnectRequest
  readonly written: readonly Uint8Array[]
  readonly tls: boolean
  readonly closed: boolean
}

/** Without waiting: a peer that stays silent fails the read at once, as if its time were over. */
export function scriptedSockets(script: SocketScript) {
  const connections: RecordedConnection[] = []
  const sockets: Sockets = {
    connect: async (request) => {
      const peer = script(request)
      if (peer === undefined) throw failure(request, 'nothing listens on that port (ECONNREFUSED)')
      const { connection, record } = connectTo(peer, request)
      connections.push(record)
      return connection
    },
  }
  return { sockets, connections }
}

function connectTo(peer: ScriptedPeer, request: ConnectRequest) {
  const waiting: Uint8Array[] = []
  const written: Uint8Array[] = []
  const record = { request, written, tls: request.tls ?? false, closed: false }
  const say = (said: Bytes | undefined): void => {
    if (said !== undefined && said.length > 0) waiting.push(toBytes(said))
  }
  const demandOpen = (): void => {
    if (record.closed) throw failure(request, 'it closed the connection')
  }
  say(peer.opening)
  const connection: Connection = {
    read: async () => {
      demandOpen()
      const next = waiting.shift()
      if (next !== undefined || peer.closes) return next
      throw failure(request, `no answer within ${request.timeoutMs / 1000} seconds`)
    },
    write: async (bytes) => {
      demandOpen()
      written.push(bytes)
      say(peer.answer?.(bytes))
    },
    startTls: async () => {
      record.tls = true
    },
    close: () => {
      record.closed = true
    },
  }
  return { connection, record }
}

function failure(request: ConnectRequest, why: string): UnavailableError {
  return new UnavailableError(`${request.host}:${request.port}`, why)
}

function toBytes(bytes: Bytes): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
}
