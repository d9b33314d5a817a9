/** A long text on its way into a file, without ever being in memory as a whole. */
import { Buffer } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'

/** Of each of two buffers: while one is written, the other is filled. */
const bufferBytes = 512 * 1024

/** More bytes no UTF-16 unit has in UTF-8. */
const mostBytesOfUnit = 3

export async function writePieces(file: FileHandle, pieces: Iterable<string>): Promise<void> {
  let [filling, other] = [Buffer.allocUnsafeSlow(bufferBytes), Buffer.allocUnsafeSlow(bufferBytes)]
  let used = 0
  let writing = Promise.resolve()
  const flush = async () => {
    await writing
    writing = file.writeFile(filling.subarray(0, used))
    ;[filling, other] = [other, filling]
    used = 0
  }
  try {
    for (const piece of pieces) {
      const most = piece.length * mostBytesOfUnit
      if (used + most > bufferBytes) await flush()
      if (most <= bufferBytes) used += filling.write(piece, used)
      else {
        await writing
        await file.writeFile(piece)
      }
    }
    await flush()
  } finally {
    await writing
  }
}
