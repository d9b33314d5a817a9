/** A package index on loopback with invented packages, of which nothing can be downloaded. https://packaging.python.org/en/latest/specifications/simple-repository-api/ */
import { createServer } from 'node:http'

const versions: Readonly<Record<string, readonly string[]>> = {
  'invented-parser': ['1.4.0', '1.5.0'],
  'invented-http': ['3.0.1'],
}

export interface PackageIndex {
  /** Of its list of packages, with a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

export async function startPackageIndex(): Promise<PackageIndex> {
  const server = createServer((request, response) => {
    const name = /^\/simple\/([\w.-]+)\/$/.exec(request.url ?? '')?.[1] ?? ''
    const known = versions[name]
    if (known === undefined) return response.writeHead(404).end()
    const file = name.replaceAll('-', '_')
    const links = known.map((version) => `<a href="${file}-${version}-py3-none-any.whl">${version}</a>\n`)
    return response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${links.join('')}</html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return {
    url: `http://127.0.0.1:${address.port}/simple/`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
    },
  }
}
