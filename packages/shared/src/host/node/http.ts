/**
 * HTTP without a library: a client such as undici costs 80 ms at every start. Needs Node 24.5, whose agents
 * know proxies.
 */
import type { IncomingMessage } from 'node:http'
import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { messageOf, UnavailableError, UserError } from '../../action/errors.ts'
import type { Http, HttpRequest, HttpResponse } from '../ports.ts'
import { trustedCertificates } from './certificates.ts'
import { proxyEnvironment } from './proxy.ts'

type Environment = Readonly<Record<string, string | undefined>>

const mostRedirects = 10

interface Agents {
  readonly plain: PlainAgent
  readonly secure: SecureAgent
}

export const nodeHttp: Http = createHttp(process.env)

/** Proxies are those of `env`; certificates Node's own (with NODE_EXTRA_CA_CERTS) and those of SSL_CERT_FILE. */
export function createHttp(env: Environment): Http {
  let agents: Agents | undefined
  return {
    request: async (request) => {
      agents ??= openAgents(env)
      const url = parseUrl(request.url)
      const signal = AbortSignal.timeout(request.timeoutMs)
      try {
        return await follow(request, url, agents, signal)
      } catch (error) {
        if (error instanceof UnavailableError) throw error
        const why = signal.aborted ? `no answer within ${request.timeoutMs / 1000} seconds` : describe(error)
        throw new UnavailableError(url.host, why, { cause: error })
      }
    },
  }
}

function openAgents(env: Environment): Agents {
  const proxyEnv = { ...proxyEnvironment(env) }
  const ca = trustedCertificates(env)
  return {
    plain: new PlainAgent({ proxyEnv }),
    secure: new SecureAgent({ proxyEnv, ...(ca === undefined ? {} : { ca }) }),
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && ['http:', 'https:'].includes(url.protocol)) return url
  throw new UserError(`Not an address that starts with http:// or https://: ${text}`)
}

async function follow(
  request: HttpRequest,
  first: URL,
  agents: Agents,
  signal: AbortSignal,
): Promise<HttpResponse> {
  let url = first
  let current = request
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await send(current, url, agents, signal)
    const status = answer.statusCode ?? 0
    const target = [301, 302, 303, 307, 308].includes(status) ? answer.headers.location : undefined
    if (target === undefined)
      return { status, headers: headersOf(answer), body: await readBody(answer, current.maxBytes, url) }
    answer.destroy()
    const next = parseUrl(new URL(target, url).href)
    if (url.protocol === 'https:' && next.protocol === 'http:') {
      throw new UnavailableError(url.host, 'it redirects from https to http, which is not followed')
    }
    current = redirected(current, status, url.origin !== next.origin)
    url = next
  }
  throw new UnavailableError(first.host, `more than ${mostRedirects} redirects`)
}

/** The request after a redirect: without secrets where it leads elsewhere, without body where GET is asked for. */
function redirected(request: HttpRequest, status: number, elsewhere: boolean): HttpRequest {
  const toGet = status === 303 || (status < 303 && request.method === 'POST')
  const secrets = elsewhere ? ['authorization', 'cookie', 'private-token'] : []
  const dropped = new Set(toGet ? [...secrets, 'content-type', 'content-length'] : secrets)
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => !dropped.has(name.toLowerCase()))
  return {
    ...request,
    headers: Object.fromEntries(headers),
    ...(toGet ? { method: request.method === 'HEAD' ? 'HEAD' : 'GET', body: undefined } : {}),
  }
}

function send(request: HttpRequest, url: URL, agents: Agents, signal: AbortSignal): Promise<IncomingMessage> {
  // Node adds no length to a GET or DELETE, whose body would then read as another request.
  const length = request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }
  const headers = {
    'user-agent': 'ci-actions',
    'accept-encoding': 'identity',
    ...lowerCase(request.headers ?? {}),
    ...length,
  }
  const options = { method: request.method, headers, signal }
  return new Promise((resolve, reject) => {
    const outgoing =
      url.protocol === 'https:'
        ? secureRequest(url, { ...options, agent: agents.secure }, resolve)
        : plainRequest(url, { ...options, agent: agents.plain }, resolve)
    outgoing.on('error', reject)
    outgoing.end(request.body)
  })
}

async function readBody(answer: IncomingMessage, maxBytes: number, url: URL): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer) {
    const piece: Buffer = chunk
    bytes += piece.length
    if (bytes > maxBytes) throw new UnavailableError(url.host, `the answer is larger than ${maxBytes} bytes`)
    chunks.push(piece)
  }
  return Buffer.concat(chunks)
}

function headersOf(answer: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(answer.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(pairs)
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** A name with several addresses fails with several errors and no message of its own. */
function describe(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : messageOf(error)
}
