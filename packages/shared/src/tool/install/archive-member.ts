/**
 * One file out of an archive, in memory: nothing is unpacked onto the disk, so no name, link or permission in an
 * archive can reach any other place. Knows `.tar.gz` and `.zip`, in which makers publish their programs.
 */
import { promisify } from 'node:util'
import { crc32, gunzip, inflateRaw } from 'node:zlib'

/** Unpacked, of the whole archive or the one file; a bomb ends here. */
export const largestUnpacked = 1_000_000_000

/** Throws an `Error` that says in words why the file is not to be had. */
export async function archiveMember(
  archive: Uint8Array,
  member: string,
  largest = largestUnpacked,
): Promise<Uint8Array> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  if (bytes.subarray(0, 2).toString('hex') === '1f8b')
    return tarMember(await unpacked(promisify(gunzip)(bytes, { maxOutputLength: largest }), largest), member)
  if (bytes.subarray(0, 4).toString('hex') === '504b0304') return zipMember(bytes, member, largest)
  throw new Error('it is neither a .tar.gz nor a .zip archive')
}

async function unpacked(promise: Promise<Buffer>, largest: number): Promise<Buffer> {
  try {
    return await promise
  } catch (error) {
    const tooLarge = error instanceof RangeError
    throw new Error(
      tooLarge ? `it unpacks to more than ${largest} bytes` : 'its compressed data is damaged',
      {
        cause: error,
      },
    )
  }
}

const blockBytes = 512

/** Headers of 512 bytes, each followed by its file; long names stand in an entry before. */
function tarMember(bytes: Buffer, member: string): Uint8Array {
  let longName: string | undefined
  for (let at = 0; at + blockBytes <= bytes.length; ) {
    const header = bytes.subarray(at, at + blockBytes)
    if (header.every((byte) => byte === 0)) break
    const size = tarSize(header)
    const content = bytes.subarray(at + blockBytes, at + blockBytes + size)
    if (content.length < size) throw new Error('it is cut off')
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'L') longName = textOf(content)
    else if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1]
    else {
      const name = longName ?? tarName(header)
      longName = undefined
      if (withoutDot(name) !== withoutDot(member)) continue
      if (type !== '0' && type !== '\0') throw new Error(`${member} in it is no regular file`)
      return content
    }
  }
  throw notInIt(member)
}

function tarName(header: Buffer): string {
  const prefix =
    header.subarray(257, 262).toString('latin1') === 'ustar' ? textOf(header.subarray(345, 500)) : ''
  const name = textOf(header.subarray(0, 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Octal digits; sizes above 8 GiB are written otherwise, and no program is that large. */
function tarSize(header: Buffer): number {
  const digits = textOf(header.subarray(124, 136)).trim()
  if (!/^[0-7]+$/.test(digits)) throw new Error('it is damaged: a file in it has no size')
  return Number.parseInt(digits, 8)
}

/** Entries by the directory at the end, which is what unpackers believe. */
async function zipMember(bytes: Buffer, member: string, largest: number): Promise<Uint8Array> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end === -1 || end + 22 > bytes.length) throw new Error('it is cut off')
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw new Error('its directory is damaged')
    const nameBytes = bytes.readUInt16LE(at + 28)
    const name = bytes.subarray(at + 46, at + 46 + nameBytes).toString('utf8')
    if (withoutDot(name) === withoutDot(member)) return zipContent(bytes, at, member, largest)
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  throw notInIt(member)
}

const regularFile = 0o10

/** The content of the entry whose directory record stands at `record`. */
async function zipContent(
  bytes: Buffer,
  record: number,
  member: string,
  largest: number,
): Promise<Uint8Array> {
  const isUnix = bytes.readUInt8(record + 5) === 3
  const kind = bytes.readUInt32LE(record + 38) >>> 28
  const encrypted = (bytes.readUInt16LE(record + 8) & 1) !== 0
  if (encrypted || (isUnix && kind !== 0 && kind !== regularFile))
    throw new Error(`${member} in it is no regular file`)
  const method = bytes.readUInt16LE(record + 10)
  const size = bytes.readUInt32LE(record + 20)
  const header = bytes.readUInt32LE(record + 42)
  if (header + 30 > bytes.length) throw new Error('its directory is damaged')
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
  const content = bytes.subarray(start, start + size)
  if (content.length < size) throw new Error('it is cut off')
  if (method !== 0 && method !== 8)
    throw new Error(`${member} in it is compressed in a way that is not known (${method})`)
  const plain =
    method === 0
      ? content
      : await unpacked(promisify(inflateRaw)(content, { maxOutputLength: largest }), largest)
  if (crc32(plain) !== bytes.readUInt32LE(record + 16)) throw new Error('its compressed data is damaged')
  return plain
}

function notInIt(member: string): Error {
  return new Error(`there is no ${member} in it`)
}

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8')
}

function withoutDot(name: string): string {
  return name.replace(/^\.\//, '')
}
