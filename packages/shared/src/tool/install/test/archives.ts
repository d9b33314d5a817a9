/** Archives with any names, links and sizes in them, as no packer would write them. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

export interface ArchiveEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  /** Type of a tar entry: `0` file, `2` link, `5` folder, `L` long name, `x` extended header. */
  readonly type?: string
  /** What a link points to. */
  readonly target?: string
  /** Written into the header instead of the true one. */
  readonly size?: number
  /** Mode with the kind of file, in a zip. */
  readonly mode?: number
}

export function tar(entries: readonly ArchiveEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(1024)])
}

export function tarGz(entries: readonly ArchiveEntry[]): Buffer {
  return gzipSync(tar(entries))
}

function tarEntry({ name, content = '', type = '0', target = '', size }: ArchiveEntry): Buffer {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000755\0', 100)
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write(type, 156)
  header.write(target, 157, 100)
  header.write('ustar\x0000', 257)
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

export function zip(entries: readonly ArchiveEntry[]): Buffer {
  const files: Buffer[] = []
  const records: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const plain = Buffer.from(entry.content ?? '')
    const packed = deflateRawSync(plain)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(crc32(plain), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(plain.length, 22)
    local.writeUInt16LE(name.length, 26)
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt8(3, 5)
    record.writeUInt16LE(8, 10)
    record.writeUInt32LE(crc32(plain), 16)
    record.writeUInt32LE(entry.size ?? packed.length, 20)
    record.writeUInt32LE(plain.length, 24)
    record.writeUInt16LE(name.length, 28)
    record.writeUInt32LE(((entry.mode ?? 0o100755) << 16) >>> 0, 38)
    record.writeUInt32LE(offset, 42)
    files.push(local, name, packed)
    records.push(record, name)
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, directory, end])
}
