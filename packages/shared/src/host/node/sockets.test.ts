import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import type { Connection } from '../ports.ts'
import { nodeSockets } from './sockets.ts'
import { makeCertificate } from './test/certificate.ts'

const identity = makeCertificate()
const noOpenssl = 'openssl, which makes the certificate, is not installed'
const servers: Server[] = []
const peers = new Set<Socket>()
const controller = new AbortController()
const sockets = nodeSockets(new AbortController().signal)

async function serve(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (peer) => {
    peers.add(peer)
    peer.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

afterEach(() => {
  for (const peer of peers) peer.destroy()
  for (const server of servers.splice(0)) server.close()
})

function connect(port: number, options: { timeoutMs?: number; tls?: boolean; host?: string } = {}) {
  return sockets.connect({ host: '127.0.0.1', port, timeoutMs: 5000, ...options })
}

async function readText(connection: Connection): Promise<string> {
  const pieces: Uint8Array[] = []
  for (let piece = await connection.read(); piece !== undefined; piece = await connection.read())
    pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('a connection', () => {
  test('says what it is told and reads the answer to its end', async () => {
    const port = await serve(
      createServer((peer) => peer.once('data', (data) => peer.end(`you said ${data.toString()}`))),
    )
    const connection = await connect(port)
    await connection.write(Buffer.from('hello'))
    expect(await readText(connection)).toBe('you said hello')
    expect(await connection.read()).toBeUndefined()
    connection.close()
    connection.close()
  })

  test('reads what came before it was asked, all of it', async () => {
    const sent = Buffer.alloc(300_000, 'x')
    const port = await serve(createServer((peer) => peer.end(sent)))
    const connection = await connect(port)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await readText(connection)).toHaveLength(sent.length)
  })

  test('writes more than the peer takes at once', async () => {
    const port = await serve(
      createServer((peer) => {
        let bytes = 0
        peer.on('data', (data) => {
          bytes += data.length
          if (bytes === 5_000_000) peer.end(String(bytes))
        })
      }),
    )
    const connection = await connect(port)
    await connection.write(new Uint8Array(5_000_000))
    expect(await readText(connection)).toBe('5000000')
  })

  test('knows a name with two addresses of which one listens', async () => {
    const port = await serve(createServer((peer) => peer.end('here')))
    expect(await readText(await connect(port, { host: 'localhost' }))).toBe('here')
  })
})

describe('what goes wrong is said', () => {
  test('nothing listens', async () => {
    const port = await serve(createServer())
    await new Promise((resolve) => servers.pop()?.close(resolve))
    await expect(connect(port, { host: 'localhost' })).rejects.toThrow(
      `localhost:${port}: nothing listens on that port (ECONNREFUSED)`,
    )
  })

  test('a name that nobody knows', async () => {
    await expect(connect(1, { host: 'orders.invalid' })).rejects.toThrow(/^orders\.invalid:1: that name/)
  })

  test('a peer that stays silent', async () => {
    const port = await serve(createServer(() => {}))
    const connection = await connect(port, { timeoutMs: 200 })
    await expect(connection.read()).rejects.toThrow('no answer within 0.2 seconds')
    await expect(connection.read()).rejects.toThrow('no answer within 0.2 seconds')
  })

  test('a peer that breaks off', async () => {
    const port = await serve(
      createServer((peer) => {
        peer.once('data', () => peer.resetAndDestroy())
      }),
    )
    const connection = await connect(port)
    await connection.write(Buffer.from('x'))
    await expect(connection.read()).rejects.toThrow('it broke the connection off (ECONNRESET)')
  })

  test('a cancelled run', async () => {
    const port = await serve(createServer(() => {}))
    const connection = await nodeSockets(controller.signal).connect({
      host: '127.0.0.1',
      port,
      timeoutMs: 60_000,
    })
    const reading = connection.read()
    controller.abort()
    await expect(reading).rejects.toThrow('cancelled')
    await expect(
      nodeSockets(controller.signal).connect({ host: '127.0.0.1', port, timeoutMs: 60_000 }),
    ).rejects.toThrow('cancelled')
  })
})

describe('TLS', () => {
  const greeting = () => createTlsServer({ ...identity }, (peer) => peer.end('secret'))

  test('from the first byte, refused for a certificate that nobody vouches for', async (context) => {
    if (identity === undefined) return context.skip(noOpenssl)
    const port = await serve(greeting())
    await expect(connect(port, { tls: true })).rejects.toThrow('its certificate is not trusted')
  })

  test('taken as it is where that is wanted', async (context) => {
    if (identity === undefined) return context.skip(noOpenssl)
    const connection = await connect(await serve(greeting()))
    await connection.startTls({ verify: false })
    expect(await readText(connection)).toBe('secret')
  })

  test('after a word in the clear', async (context) => {
    if (identity === undefined) return context.skip(noOpenssl)
    const port = await serve(
      createServer((peer) => {
        peer.once('data', () => {
          peer.write('S')
          const secure = new TLSSocket(peer, { isServer: true, ...identity })
          secure.on('error', () => {})
          secure.once('data', (data) => secure.end(`secretly ${data.toString()}`))
        })
      }),
    )
    const connection = await connect(port)
    await connection.write(Buffer.from('tls?'))
    expect(Buffer.from((await connection.read()) ?? []).toString()).toBe('S')
    await connection.startTls({ verify: false })
    await connection.write(Buffer.from('hello'))
    expect(await readText(connection)).toBe('secretly hello')
  })

  test('asked of a peer that does not speak it', async () => {
    const port = await serve(createServer((peer) => peer.end('-ERR what?\r\n')))
    await expect(connect(port, { tls: true })).rejects.toThrow(/^127\.0\.0\.1:\d+: /)
  })
})
