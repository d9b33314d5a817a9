import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OsvServer } from './osv-server.ts'
import { startOsvServer } from './osv-server.ts'

let server: OsvServer
beforeAll(async () => {
  server = await startOsvServer()
})
afterAll(() => server.close())

async function post(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) })
  return answer.json()
}

const parser = { name: 'invented-parser', ecosystem: 'PyPI' }

it.each([
  ['1.4.1', 1],
  ['1.4.2', 0],
  ['1.10', 0],
  ['0.9', 1],
])('knows whether %s has it', async (version, count) => {
  const answer = await post('/v1/query', { package: parser, version })
  expect(answer).toEqual(
    count === 0 ? {} : { vulns: [expect.objectContaining({ id: 'GHSA-2222-3333-4444' })] },
  )
})

it('answers many questions in their order, by name or package URL', async () => {
  const queries = [
    { package: { name: 'other', ecosystem: 'PyPI' }, version: '1' },
    { package: { purl: 'pkg:pypi/invented-parser@1.0' } },
    { package: { ...parser, ecosystem: 'npm' }, version: '1.0' },
  ]
  expect(await post('/v1/querybatch', { queries })).toEqual({
    results: [{}, { vulns: [{ id: 'GHSA-2222-3333-4444', modified: '2026-03-01T00:00:00Z' }] }, {}],
  })
})

it('gives one by its id', async () => {
  const found = await fetch(`${server.url}/v1/vulns/GHSA-2222-3333-4444`)
  expect(await found.json()).toMatchObject({ aliases: ['CVE-2026-90001', 'PYSEC-2026-9001'] })
  expect((await fetch(`${server.url}/v1/vulns/GHSA-none`)).status).toBe(404)
})

it('refuses what is no JSON', async () => {
  expect((await fetch(`${server.url}/v1/query`, { method: 'POST', body: 'x' })).status).toBe(400)
})
