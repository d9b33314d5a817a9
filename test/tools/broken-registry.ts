/** What an address may lead to instead of a registry that knows advisories. */
import { createServer } from 'node:http'

const answers = {
  /** A mirror that knows no audits. */
  unknown: { status: 404, body: '{"error":"not found"}' },
  retired: { status: 410, body: '{"error":"This endpoint is being retired."}' },
  /** A mirror that answers everything, and knows no advisory. */
  ignorant: { status: 200, body: '{}' },
  list: { status: 200, body: '[]' },
  blank: { status: 200, body: '' },
  page: { status: 200, body: '<html>Sign in, and do not repeat this</html>' },
  error: { status: 503, body: '{"error":"try again"}' },
} as const

export type BrokenRegistry = keyof typeof answers

export async function startBrokenRegistry(
  kind: BrokenRegistry,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { status, body } = answers[kind]
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
    },
  }
}
