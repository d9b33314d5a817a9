/** Hashes of the lines that findings are in, each file read and hashed once. */
import type { Finding } from '../finding/finding.ts'
import { inParallel } from '../in-parallel.ts'
import type { Sources } from '../tool/sources.ts'
import { lineHashes } from './line-hash.ts'

const filesAtATime = 8

/** By path and line; files that cannot or must not be read are left out. */
export async function readLineHashes(
  findings: readonly Finding[],
  sources: Pick<Sources, 'text'>,
): Promise<ReadonlyMap<string, ReadonlyMap<number, string>>> {
  const lines = new Map<string, Set<number>>()
  for (const { location } of findings) {
    if (location?.line === undefined || location.outside === true) continue
    const wanted = lines.get(location.path) ?? new Set()
    lines.set(location.path, wanted.add(location.line))
  }
  const hashed = await inParallel([...lines], filesAtATime, async ([path, wanted]) => {
    const text = await sources.text(path)
    return text === undefined ? [] : [[path, lineHashes(text, wanted)] as const]
  })
  return new Map(hashed.flat())
}
