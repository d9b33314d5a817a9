/**
 * A small service of advisories on loopback, in the form of OSV (https://google.github.io/osv.dev/api/): what pip-audit
 * and osv-scanner ask; and in that of the npm registry, for `npm audit`. Tests and the demo ask it in place of the real
 * ones, so that they do not change from day to day.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Advisory } from './osv-advisories.ts'
import { advisory, affects, inventedAdvisories } from './osv-advisories.ts'

/** Not invented: audits ask about it to see that they are answered. */
const knownEverywhere = advisory({
  id: 'GHSA-c4w7-xm78-47vh',
  aliases: ['CVE-2020-7774'],
  ecosystem: 'npm',
  name: 'y18n',
  fixed: '3.2.2',
  summary: 'Prototype Pollution in y18n',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L',
  cwe: ['CWE-1321'],
})

export interface OsvServer {
  /** Without a path: `http://127.0.0.1:40123`. */
  readonly url: string
  /** Paths of the requests that it answered. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

export async function startOsvServer(
  advisories: readonly Advisory[] = inventedAdvisories,
): Promise<OsvServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(advisories, request, response).catch((error: unknown) =>
      reply(response, 400, { message: String(error) }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return address.port
}

async function answer(
  advisories: readonly Advisory[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = '' } = request
  if (method === 'POST' && url === '/v1/query') {
    const vulns = matching(advisories, await bodyOf(request))
    return reply(response, 200, vulns.length === 0 ? {} : { vulns })
  }
  if (method === 'POST' && url === '/v1/querybatch') {
    const body: unknown = await bodyOf(request)
    const results = listAt(body, 'queries').map((query) => {
      const vulns = matching(advisories, query).map(({ id, modified }) => ({ id, modified }))
      return vulns.length === 0 ? {} : { vulns }
    })
    return reply(response, 200, { results })
  }
  if (method === 'POST' && url === '/-/npm/v1/security/advisories/bulk')
    return reply(response, 200, npmAdvisories([...advisories, knownEverywhere], await bodyOf(request)))
  const id = method === 'GET' ? /^\/v1\/vulns\/([\w-]+)$/.exec(url)?.[1] : undefined
  const found = advisories.find((each) => each.id === id)
  return found ? reply(response, 200, found) : reply(response, 404, { code: 5, message: 'Bug not found.' })
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  // npm sends it so.
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  return JSON.parse(text.toString('utf8'))
}

/** `{ package: { name, ecosystem } | { purl }, version }`; a purl may bring the version. */
function matching(advisories: readonly Advisory[], query: unknown): readonly Advisory[] {
  const asked = recordAt(query, 'package')
  const purl = /^pkg:(\w+)\/(.+?)(?:@([^?#]+))?(?:[?#].*)?$/.exec(textAt(asked, 'purl'))
  const [, type = '', purlName = '', purlVersion = ''] = purl ?? []
  const name = textAt(asked, 'name') || decodeURIComponent(purlName)
  const ecosystem = textAt(asked, 'ecosystem') || ({ pypi: 'PyPI', npm: 'npm', golang: 'Go' }[type] ?? '')
  const version = textAt(query, 'version') || decodeURIComponent(purlVersion)
  return advisories.filter((each) => affects(each, { name, ecosystem, version }))
}

/** Asked with the versions of each package, it answers with advisories by package. */
function npmAdvisories(advisories: readonly Advisory[], body: unknown): Readonly<Record<string, unknown>> {
  const asked = typeof body === 'object' && body !== null ? Object.entries(body) : []
  const found = asked.map(([name, versions]) => {
    const own = advisories.filter((each) =>
      (Array.isArray(versions) ? versions : []).some((version) =>
        affects(each, { name, ecosystem: 'npm', version: String(version) }),
      ),
    )
    // The registry's numbers are unique.
    return [name, own.map((each) => npmAdvisory(each, advisories.indexOf(each)))] as const
  })
  return Object.fromEntries(found.filter(([, own]) => own.length > 0))
}

function npmAdvisory({ id, summary, severity, affected, database_specific }: Advisory, index: number) {
  const fixed = affected[0]?.ranges[0]?.events.flatMap((event) => ('fixed' in event ? event.fixed : []))[0]
  return {
    id: index + 1,
    url: `https://github.com/advisories/${id}`,
    title: summary,
    severity: 'high',
    vulnerable_versions: `<${fixed}`,
    cwe: database_specific?.['cwe_ids'],
    cvss: { score: 0, vectorString: severity[0]?.score },
  }
}

function recordAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}

function textAt(value: unknown, key: string): string {
  const text = recordAt(value, key)
  return typeof text === 'string' ? text : ''
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = recordAt(value, key)
  return Array.isArray(list) ? list : []
}
