/** Packed files, which may unpack to anything. Pure. */
import { gunzipSync } from 'node:zlib'

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** The bytes themselves where they are not packed. Throws for a damaged file and one of more than `maxBytes`. */
export function unpacked(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes
}
