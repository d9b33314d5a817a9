/**
 * A database for Trivy with one invented advisory. It is a file of bbolt, of which only what a reader needs is written: two
 * pages about the file, an empty list of free pages, and a page of sorted entries for each bucket.
 * https://github.com/etcd-io/bbolt/blob/main/README.md, https://trivy.dev/docs/configuration/db/
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Bucket = { readonly [key: string]: Bucket | string }

const pageBytes = 4096
const headBytes = 16
const isMeta = 0x04
const isFreeList = 0x10
const isLeaf = 0x02

const content: Bucket = {
  'data-source': {
    'pip::Invented Advisories': '{"ID":"ghsa","Name":"Invented Advisories","URL":"https://example.test"}',
  },
  'pip::Invented Advisories': {
    'invented-parser': {
      'CVE-2026-90001': '{"VulnerableVersions":["<1.4.2"],"PatchedVersions":["1.4.2"]}',
    },
  },
  vulnerability: {
    'CVE-2026-90001': JSON.stringify({
      ...{ Title: 'invented-parser runs what it reads', Severity: 'CRITICAL' },
      VendorSeverity: { ghsa: 4 },
      CVSS: { ghsa: { V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', V3Score: 9.8 } },
    }),
  },
}

/** `schema`: the version that it says it has; `madeAt`: milliseconds since 1970. */
export function writeTrivyDatabase(
  folder: string,
  { madeAt, schema = 2 }: { readonly madeAt: number; readonly schema?: number },
) {
  const time = (hours: number) => new Date(madeAt + hours * 3_600_000).toISOString()
  mkdirSync(join(folder, 'db'), { recursive: true })
  writeFileSync(join(folder, 'db/trivy.db'), fileOf(content))
  const metadata = { Version: schema, UpdatedAt: time(0), NextUpdate: time(24), DownloadedAt: time(0) }
  writeFileSync(join(folder, 'db/metadata.json'), JSON.stringify(metadata))
}

function fileOf(root: Bucket): Buffer {
  const pages: Buffer[] = []
  const rootPage = addBucket(root, pages)
  const about = (id: number) => metaPage(id, { rootPage, pages: 3 + pages.length })
  return Buffer.concat([about(0), about(1), pageOf({ id: 2, flags: isFreeList, count: 0 }), ...pages])
}

/** The number of its page; those of the buckets in it go before. */
function addBucket(bucket: Bucket, pages: Buffer[]): number {
  const entries = Object.entries(bucket)
    .map(([key, value]) => ({
      key: Buffer.from(key),
      isBucket: typeof value !== 'string',
      value: contentOf(value, pages),
    }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
  const id = 3 + pages.length
  const page = pageOf({ id, flags: isLeaf, count: entries.length })
  let end = headBytes + entries.length * 16
  for (const [index, { key, value, isBucket }] of entries.entries()) {
    const at = headBytes + index * 16
    page.writeUInt32LE(isBucket ? 1 : 0, at)
    page.writeUInt32LE(end - at, at + 4)
    page.writeUInt32LE(key.length, at + 8)
    page.writeUInt32LE(value.length, at + 12)
    end += key.copy(page, end)
    end += value.copy(page, end)
  }
  pages.push(page)
  return id
}

function contentOf(value: Bucket | string, pages: Buffer[]): Buffer {
  if (typeof value === 'string') return Buffer.from(value)
  const place = Buffer.alloc(16)
  place.writeBigUInt64LE(BigInt(addBucket(value, pages)))
  return place
}

function pageOf({ id, flags, count }: { id: number; flags: number; count: number }): Buffer {
  const page = Buffer.alloc(pageBytes)
  page.writeBigUInt64LE(BigInt(id))
  page.writeUInt16LE(flags, 8)
  page.writeUInt16LE(count, 10)
  return page
}

function metaPage(id: number, { rootPage, pages }: { rootPage: number; pages: number }): Buffer {
  const page = pageOf({ id, flags: isMeta, count: 0 })
  const body = Buffer.alloc(56)
  for (const [index, value] of [0xed0cdaed, 2, pageBytes, 0].entries()) body.writeUInt32LE(value, index * 4)
  for (const [index, value] of [rootPage, 0, 2, pages, id].entries())
    body.writeBigUInt64LE(BigInt(value), 16 + index * 8)
  body.copy(page, headBytes)
  page.writeBigUInt64LE(checksum(body), headBytes + body.length)
  return page
}

/** FNV-1a, of 64 bits. */
function checksum(bytes: Buffer): bigint {
  let sum = 0xcbf29ce484222325n
  for (const byte of bytes) sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return sum
}
