/**
 * The cache service of GitHub Actions on loopback, version 2: entries belong to the ref that saved them and to the
 * path that they were saved from, are never replaced, and are found by key, else by prefix, newest first. The
 * run's token names the refs: the first is its own, from all of them it may restore.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface CacheEntry {
  readonly key: string
  readonly ref: string
  /** Digest of path and compression. */
  readonly version: string
  /** The archive; a test may damage it. */
  content: Buffer
  /** False until the upload was confirmed; never found before. */
  complete: boolean
}

export interface FakeCache {
  readonly entries: readonly CacheEntry[]
  /** Keys that were given out, in order. */
  readonly restored: readonly string[]
  /** What a run on these refs has in its environment. */
  environment(...refs: string[]): Record<string, string>
  close(): Promise<void>
}

type Fields = Readonly<Record<string, unknown>>

class Entries {
  readonly all: CacheEntry[] = []
  readonly restored: string[] = []
  readonly blocks = new Map<string, Buffer>()

  create(fields: Fields, [ref = '']: readonly string[], url: string): Fields {
    const { key, version } = texts(fields)
    if (this.all.some((entry) => entry.key === key && entry.version === version && entry.ref === ref))
      return { ok: false, message: '' }
    this.all.push({ key, version, ref, content: Buffer.alloc(0), complete: false })
    return { ok: true, signed_upload_url: `${url}/blob/${this.all.length - 1}?sig=x` }
  }

  finish(fields: Fields, [ref]: readonly string[]): Fields {
    const { key, version, size } = texts(fields)
    const index = this.all.findIndex(
      (entry) => entry.key === key && entry.version === version && entry.ref === ref,
    )
    const entry = this.all[index]
    if (entry === undefined || String(entry.content.length) !== size)
      return { ok: false, message: 'wrong size' }
    entry.complete = true
    return { ok: true, entry_id: String(index + 1) }
  }

  find(fields: Fields, refs: readonly string[], url: string): Fields {
    const { key, version } = texts(fields)
    const { restore_keys: more } = fields
    const prefixes = [key, ...(Array.isArray(more) ? more.map(String) : [])]
    for (const ref of refs) {
      const here = this.all.filter(
        (entry) => entry.complete && entry.ref === ref && entry.version === version,
      )
      const matching = (prefix: string) => here.findLast((entry) => entry.key.startsWith(prefix))
      const found = here.find((entry) => entry.key === key) ?? prefixes.map(matching).find((entry) => entry)
      if (found === undefined) continue
      this.restored.push(found.key)
      const signed = `${url}/blob/${this.all.indexOf(found)}?sig=x`
      return { ok: true, matched_key: found.key, signed_download_url: signed }
    }
    return { ok: false }
  }

  /** Whole, or in blocks that a list then puts into order. */
  upload(entry: CacheEntry, query: URLSearchParams, body: Buffer): void {
    const block = query.get('blockid')
    if (query.get('comp') === 'block' && block !== null) this.blocks.set(block, body)
    else if (query.get('comp') === 'blocklist')
      entry.content = Buffer.concat(
        [...body.toString().matchAll(/<Latest>([^<]+)</g)].map(
          ([, id = '']) => this.blocks.get(id) ?? Buffer.alloc(0),
        ),
      )
    else entry.content = body
  }
}

function texts({ key, version, size_bytes: size }: Fields): { key: string; version: string; size: string } {
  return { key: String(key), version: String(version), size: String(size) }
}

export async function startFakeCache(): Promise<FakeCache> {
  const entries = new Entries()
  const server = createServer((request, response) => {
    answer(entries, request, response).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    entries: entries.all,
    restored: entries.restored,
    environment: (...refs) => ({
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${port}/`,
      ACTIONS_RUNTIME_TOKEN: refs.join(';'),
    }),
    close: () => close(server),
  }
}

async function answer(entries: Entries, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request)
  const origin = `http://${request.headers.host}`
  const url = new URL(request.url ?? '/', origin)
  const entry = entries.all[Number(/^\/blob\/(\d+)$/.exec(url.pathname)?.[1])]
  if (entry !== undefined) {
    if (request.method === 'PUT') {
      entries.upload(entry, url.searchParams, body)
      response.writeHead(201, { etag: '"x"', 'last-modified': new Date().toUTCString() }).end()
    } else response.writeHead(200, { 'content-length': entry.content.length }).end(entry.content)
    return
  }
  const refs = (request.headers.authorization ?? '').replace(/^Bearer /i, '').split(';')
  const fields: Fields = JSON.parse(body.toString())
  const method = url.pathname.split('/').at(-1)
  const result =
    method === 'CreateCacheEntry'
      ? entries.create(fields, refs, origin)
      : method === 'FinalizeCacheEntryUpload'
        ? entries.finish(fields, refs)
        : entries.find(fields, refs, origin)
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((closed) => server.close(() => closed()))
}
