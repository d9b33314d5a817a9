/** Stands in for the services of Safety, with one invented advisory; and the database of a user in its form. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const cvssv3 = {
  base_score: 9.8,
  base_severity: 'CRITICAL',
  vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
}
const meta = {
  schema_version: '2.0.0',
  timestamp: 1_700_000_000,
  base_domain: 'https://example.test',
  severities: { 'CVE-2026-90001': { cvssv2: null, cvssv3 } },
}
const advisory = {
  ids: [
    { type: 'pyup', id: '90001' },
    { type: 'cve', id: 'CVE-2026-90001' },
  ],
  ...{ id: '90001', cve: 'CVE-2026-90001', advisory: 'invented-parser runs what it reads.' },
  ...{ specs: ['<1.4.2'], v: '<1.4.2', fixed_versions: ['1.4.2'], affected_versions: ['1.4.0'] },
  more_info_path: '/v/90001/',
}
const known = {
  ...{ insecure_versions: ['1.4.0'], secure_versions: ['1.4.2', '1.5.0'] },
  ...{ latest_secure_version: '1.5.0', latest_version: '1.5.0', more_info_path: '/p/invented-parser/' },
}

const database: Readonly<Record<string, object>> = {
  'insecure.json': { meta, vulnerable_packages: { 'invented-parser': ['<1.4.2'] } },
  'insecure_full.json': {
    meta: { ...meta, packages: { 'invented-parser': known } },
    vulnerable_packages: { 'invented-parser': [advisory] },
  },
}

/** `schema`: what it says that it is written in. */
export function writeSafetyDatabase(folder: string, schema = meta.schema_version): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(database)) {
    const stamped = { ...content, meta: { ...meta, ...('meta' in content ? (content.meta as object) : {}) } }
    const text = JSON.stringify({ ...stamped, meta: { ...stamped.meta, schema_version: schema } })
    writeFileSync(join(folder, name), text)
  }
}

/** `status`: what its database answers with. `asked`: methods and paths, without queries. */
export async function startSafetyService(status = 200) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo
    const path = (request.url ?? '').replace(/\?.*/, '')
    asked.push(`${request.method} ${path}`)
    const name = path.split('/').at(-1) ?? ''
    const code = path.startsWith('/data/insecure') ? status : 200
    const content =
      name === 'openid-configuration'
        ? { jwks_uri: `http://127.0.0.1:${port}/keys` }
        : (database[name] ?? { keys: [], announcements: [] })
    response.writeHead(code, { 'content-type': 'application/json' })
    response.end(JSON.stringify(code === 200 ? content : { detail: 'invented' }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((done) => server.close(() => done()))
  return { url: `http://127.0.0.1:${port}`, asked, close }
}

/** What makes Safety, whose home is `folder`, ask that address. */
export function writeSafetySettings(folder: string, url: string): void {
  const places = {
    ...{ AUTH_SERVER_URL: url, SAFETY_PLATFORM_URL: url, PLATFORM_API_BASE_URL: `${url}/platform` },
    ...{ DATA_API_BASE_URL: `${url}/data/`, FIREWALL_API_BASE_URL: url },
  }
  const lines = Object.entries(places).map(([name, place]) => `${name} = ${place}`)
  mkdirSync(join(folder, '.safety'), { recursive: true })
  writeFileSync(join(folder, '.safety/config.ini'), `[settings]\n${lines.join('\n')}\n`)
}
