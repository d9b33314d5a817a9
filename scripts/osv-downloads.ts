/**
 * Where osv-scanner downloads the databases of OSV from, on loopback. It knows one address alone, which no option or
 * variable changes, so this stands in as the proxy in front of it, with a certificate of its own.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { osvArchives } from './osv-database.ts'

export const osvDownloadHost = 'osv-vulnerabilities.storage.googleapis.com'

export interface OsvDownloads {
  /** `HTTPS_PROXY` of who downloads; it also has to trust the certificate. */
  readonly proxy: string
  /** Method and path of the requests, in order. */
  readonly asked: readonly string[]
  /** By ecosystem; may be changed. */
  readonly archives: Map<string, Buffer>
  close(): Promise<void>
}

/** `identity`: certificate and key for {@link osvDownloadHost}, as PEM. */
export async function startOsvDownloads(identity: {
  readonly cert: string
  readonly key: string
}): Promise<OsvDownloads> {
  const asked: string[] = []
  const archives = new Map(osvArchives())
  const site = createSecureServer(identity, (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(archives, request, response)
  })
  const proxy = createServer((_, response) => response.writeHead(405).end())
  proxy.on('connect', ({ url }, socket) => {
    if (url !== `${osvDownloadHost}:443`) {
      asked.push(`CONNECT ${url}`)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connected\r\n\r\n')
    site.emit('connection', socket)
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  const { port } = proxy.address() as AddressInfo
  return {
    ...{ proxy: `http://127.0.0.1:${port}`, asked, archives },
    close: async () => {
      site.closeAllConnections()
      proxy.closeAllConnections()
      await new Promise<void>((closed) => proxy.close(() => closed()))
    },
  }
}

/** As the storage does it, with the checksum by which the scanner sees whether there is something new. */
function answer(
  archives: ReadonlyMap<string, Buffer>,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const archive = archives.get(decodeURIComponent(/^\/([^/]+)\/all\.zip$/.exec(url)?.[1] ?? ''))
  if (archive === undefined) {
    response.writeHead(404).end()
    return
  }
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32c(archive))
  response.writeHead(200, {
    'content-length': archive.length,
    'x-goog-hash': `crc32c=${checksum.toString('base64')}`,
  })
  response.end(method === 'HEAD' ? undefined : archive)
}

/** Of Castagnoli; that of zlib has another polynomial. */
function crc32c(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0x82f63b78 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}
