/** A package index on loopback that wants a password, with one package that is nowhere else. */
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { zip } from './archives.ts'

export const password = 'index-pa55word'
const wheel = 'orders_private-1.0-py3-none-any.whl'

export interface PrivateIndex {
  readonly host: string
  /** With name and password. */
  readonly url: string
  readonly urlWithoutPassword: string
  /** Requests that were refused. */
  readonly refused: readonly string[]
}

export async function openPrivateIndex(): Promise<PrivateIndex> {
  const refused: string[] = []
  const expected = `Basic ${Buffer.from(`build:${password}`).toString('base64')}`
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    if (request.headers.authorization !== expected) {
      refused.push(path)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end()
    } else if (path === `/files/${wheel}`) response.writeHead(200).end(makeWheel())
    else if (path === '/simple/orders-private/')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!DOCTYPE html><html><body><a href="/files/${wheel}">${wheel}</a></body></html>`)
    else response.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://build:${password}@${host}/simple/`,
    urlWithoutPassword: `http://${host}/simple/`,
    refused,
  }
}

function makeWheel(): Buffer {
  const info = 'orders_private-1.0.dist-info'
  return zip([
    { name: 'orders_private.py', content: '' },
    { name: `${info}/METADATA`, content: 'Metadata-Version: 2.1\nName: orders-private\nVersion: 1.0\n' },
    {
      name: `${info}/WHEEL`,
      content: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    },
    { name: `${info}/RECORD`, content: `orders_private.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n` },
  ])
}
