import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { UnavailableError, UserError } from '../../action/errors.ts'
import type { HttpRequest } from '../ports.ts'
import { createHttp } from './http.ts'
import { proxyEnvironment } from './proxy.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

function send(url: string, changes: Partial<HttpRequest> = {}, env: Record<string, string> = {}) {
  return createHttp(env).request({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000, ...changes })
}

describe('a request', () => {
  test('carries method, headers and body, and gives status, headers and body', async () => {
    const base = await serve(async (request, response) => {
      response.writeHead(418, { 'X-Seen': `${request.method} ${request.url} ${request.headers['x-mine']}` })
      response.end(`got ${await text(request)}`)
    })
    const answer = await send(`${base}/a?b=c`, {
      method: 'POST',
      headers: { 'X-Mine': 'yes' },
      body: 'zwölf',
    })
    expect(answer.status).toBe(418)
    expect(answer.headers['x-seen']).toBe('POST /a?b=c yes')
    expect(new TextDecoder().decode(answer.body)).toBe('got zwölf')
  })

  test('may have a body whatever its method', async () => {
    const base = await serve(async (request, response) =>
      response.end(`${request.method} ${await text(request)}`),
    )
    const answer = await send(base, { method: 'DELETE', body: new TextEncoder().encode('data') })
    expect(new TextDecoder().decode(answer.body)).toBe('DELETE data')
  })

  test('that finds nobody is UnavailableError and names the host', async () => {
    const base = await serve(() => {})
    for (const server of servers.splice(0)) server.close()
    const failure = send(base)
    await expect(failure).rejects.toThrow(UnavailableError)
    await expect(failure).rejects.toThrow(/127\.0\.0\.1:\d+: .*ECONNREFUSED/)
  })

  test('that gets no answer, or one that does not end, is given up', async () => {
    const silent = await serve(() => {})
    const endless = await serve((_, response) => response.write('x'))
    for (const url of [silent, endless]) {
      await expect(send(url, { timeoutMs: 200 })).rejects.toThrow('no answer within 0.2 seconds')
    }
  })

  test('never reads more than its bound', async () => {
    const base = await serve((_, response) => response.end('x'.repeat(2000)))
    await expect(send(base)).rejects.toThrow('larger than 1000 bytes')
    expect((await send(base, { maxBytes: 2000 })).body.length).toBe(2000)
  })

  test('that breaks off is UnavailableError', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 50)
    })
    await expect(send(base)).rejects.toThrow(UnavailableError)
  })

  test('to something that is no web address is the fault of whoever wrote it', async () => {
    await expect(send('file:///etc/passwd')).rejects.toThrow(UserError)
    await expect(send('nonsense')).rejects.toThrow(UserError)
  })
})

describe('a redirect', () => {
  test('is followed, relative or not, and keeps the token on the same host only', async () => {
    const seen: string[] = []
    const other = await serve((request, response) => {
      seen.push(`other ${request.headers.authorization} ${request.headers['x-mine']}`)
      response.end('there')
    })
    const base = await serve((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`)
      response.writeHead(302, { location: request.url === '/one' ? 'two' : `${other}/three` }).end()
    })
    const answer = await send(`${base}/one`, { headers: { Authorization: 'secret', 'X-Mine': 'yes' } })
    expect(new TextDecoder().decode(answer.body)).toBe('there')
    expect(seen).toEqual(['/one secret', '/two secret', 'other undefined yes'])
  })

  test.each([
    [302, 'GET '],
    [303, 'GET '],
    [307, 'POST data'],
  ])('%i of a POST becomes "%s"', async (status, expected) => {
    const base = await serve(async (request, response) => {
      if (request.url === '/from') response.writeHead(status, { location: '/to' }).end()
      else response.end(`${request.method} ${await text(request)}`)
    })
    const answer = await send(`${base}/from`, { method: 'POST', body: 'data' })
    expect(new TextDecoder().decode(answer.body)).toBe(expected)
  })

  test('in a circle ends', async () => {
    const base = await serve((_, response) => response.writeHead(302, { location: '/' }).end())
    await expect(send(base)).rejects.toThrow('more than 10 redirects')
  })
})

describe('a proxy', () => {
  test('is used, except for what NO_PROXY names and for this machine', async () => {
    const target = await serve((_, response) => response.end('direct'))
    const proxy = await serve((request, response) => response.end(`through the proxy: ${request.url}`))
    const through = await send('http://example.invalid/x', {}, { HTTP_PROXY: proxy })
    expect(new TextDecoder().decode(through.body)).toBe('through the proxy: http://example.invalid/x')
    expect(new TextDecoder().decode((await send(target, {}, { HTTP_PROXY: proxy })).body)).toBe('direct')
    await expect(
      send('http://a.example.invalid', {}, { HTTP_PROXY: proxy, NO_PROXY: 'example.invalid' }),
    ).rejects.toThrow('a.example.invalid')
  })

  test('may be written without a scheme, in either case, for both', () => {
    expect(proxyEnvironment({ https_proxy: 'proxy:3128' }).HTTPS_PROXY).toBe('http://proxy:3128')
    expect(proxyEnvironment({ ALL_PROXY: 'http://proxy' })).toMatchObject({
      HTTP_PROXY: 'http://proxy',
      HTTPS_PROXY: 'http://proxy',
    })
    expect(proxyEnvironment({ http_proxy: 'http://lower', HTTP_PROXY: 'http://upper' }).HTTP_PROXY).toBe(
      'http://lower',
    )
    expect(proxyEnvironment({ ALL_PROXY: 'socks5://proxy' }).HTTP_PROXY).toBeUndefined()
  })

  test('leaves out names, what is below them, and addresses', () => {
    const direct = proxyEnvironment({ NO_PROXY: ' example.com ,.local,10.0.0.1, *' }).NO_PROXY.split(',')
    expect(direct).toEqual([
      'example.com',
      '.example.com',
      '.local',
      '10.0.0.1',
      '*',
      'localhost',
      '127.0.0.1',
      '[::1]',
      '::1',
    ])
  })
})
