/** The local database of osv-scanner: for each ecosystem a ZIP file with one JSON file an advisory. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Advisory } from './osv-advisories.ts'
import { inventedAdvisories } from './osv-advisories.ts'

/** `folder` is what `OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY` names. */
export function writeOsvDatabase(folder: string, advisories: readonly Advisory[] = inventedAdvisories): void {
  for (const [ecosystem, archive] of osvArchives(advisories)) {
    const path = join(folder, 'osv-scalibr', ecosystem, 'all.zip')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, archive)
  }
}

/** By ecosystem. */
export function osvArchives(
  advisories: readonly Advisory[] = inventedAdvisories,
): ReadonlyMap<string, Buffer> {
  const ecosystems = Map.groupBy(advisories, ({ affected }) => affected[0]?.package.ecosystem ?? '')
  return new Map(
    [...ecosystems].map(([ecosystem, own]) => [
      ecosystem,
      zipOf(own.map((each) => [`${each.id}.json`, JSON.stringify(each)])),
    ]),
  )
}

/** Without compression, and always the same bytes. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function zipOf(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of files) {
    const content = Buffer.from(text)
    const facts = commonFields(content, Buffer.byteLength(name))
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), content])
    // Comment, disk, attributes; then where the entry begins.
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, rest, Buffer.from(name)]))
    entries.push(entry)
    offset += entry.length
  }
  const size = directory.reduce((total, each) => total + each.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...entries, ...directory, end])
}

/** Version, flags, method, time, date, checksum, both sizes, lengths of name and extra field. */
function commonFields(content: Buffer, nameLength: number): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  // The first day that the format knows.
  fields.writeUInt16LE(0x21, 8)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(nameLength, 22)
  return fields
}
