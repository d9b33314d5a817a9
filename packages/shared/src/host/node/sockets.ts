/** Connections of the machine: one socket each, read one piece at a time, ended by its own clock. */
import type { Socket } from 'node:net'
import { connect as connectPlain, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { messageOf, UnavailableError } from '../../action/errors.ts'
import type { Connection, ConnectRequest, Sockets } from '../ports.ts'
import { trustedCertificates } from './certificates.ts'

/** Trusted certificates are those of `http.ts`. */
export function nodeSockets(cancelled: AbortSignal): Sockets {
  return {
    connect: async (request) => {
      const limit = AbortSignal.any([cancelled, AbortSignal.timeout(Math.ceil(request.timeoutMs))])
      const connection = new NodeConnection(request, limit, cancelled)
      await connection.opened()
      if (request.tls) await connection.startTls()
      return connection
    },
  }
}

class NodeConnection implements Connection {
  readonly #request: ConnectRequest
  readonly #limit: AbortSignal
  readonly #cancelled: AbortSignal
  readonly #abort = () => this.close()
  #socket: Socket
  #broken: unknown

  constructor(request: ConnectRequest, limit: AbortSignal, cancelled: AbortSignal) {
    this.#request = request
    this.#limit = limit
    this.#cancelled = cancelled
    this.#socket = this.#watch(connectPlain({ host: request.host, port: request.port, noDelay: true }))
    limit.addEventListener('abort', this.#abort, { once: true })
    if (limit.aborted) this.close()
  }

  async opened(): Promise<void> {
    await this.#until(this.#socket, 'connect')
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const piece: unknown = this.#socket.read()
      if (piece instanceof Uint8Array) return piece
      if (this.#socket.readableEnded) return undefined
      await this.#until(this.#socket, 'readable')
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#socket.write(bytes)) await this.#until(this.#socket, 'drain')
  }

  async startTls(options: { readonly verify?: boolean } = {}): Promise<void> {
    const { host } = this.#request
    const ca = trustedCertificates(process.env)
    // The plain socket keeps its listener for errors, which would otherwise end the program.
    const secure = connectTls({
      socket: this.#socket,
      rejectUnauthorized: options.verify ?? true,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
    })
    this.#socket = this.#watch(secure)
    await this.#until(secure, 'secureConnect')
  }

  close(): void {
    this.#limit.removeEventListener('abort', this.#abort)
    this.#socket.destroy()
  }

  #watch<S extends Socket>(socket: S): S {
    socket.on('error', (error) => {
      this.#broken ??= error
    })
    return socket
  }

  /** Waits for the event, or for the end of the socket, whichever comes first. */
  async #until(socket: Socket, event: 'connect' | 'readable' | 'drain' | 'secureConnect'): Promise<void> {
    if (!socket.destroyed) {
      const names = [event, 'end', 'close', 'error']
      const { promise, resolve } = Promise.withResolvers<void>()
      const done = () => resolve()
      for (const name of names) socket.once(name, done)
      await promise
      for (const name of names) socket.off(name, done)
    }
    const ended = socket.readableEnded && event === 'readable'
    if (socket.destroyed && !ended) throw this.#failure()
  }

  #failure(): UnavailableError {
    const { host, port, timeoutMs } = this.#request
    return new UnavailableError(`${host}:${port}`, this.#reason(timeoutMs), { cause: this.#broken })
  }

  #reason(timeoutMs: number): string {
    if (this.#cancelled.aborted) return 'cancelled'
    if (this.#broken !== undefined) return describe(this.#broken)
    if (this.#limit.aborted) return `no answer within ${timeoutMs / 1000} seconds`
    return 'it closed the connection'
  }
}

const untrusted = 'its certificate is not trusted'

const causes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ECONNREFUSED: 'nothing listens on that port',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  ENOTFOUND: 'that name is not known',
  EAI_AGAIN: 'that name could not be looked up',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that address',
}

/** A name with several addresses fails with several errors and no message of its own. */
function describe(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const code = first instanceof Error && 'code' in first ? String(first.code) : ''
  const cause = causes[code]
  return cause === undefined ? messageOf(first) : `${cause} (${code})`
}
