/** The name of a test that holds across runs and formats. */
import { createHash } from 'node:crypto'
import type { TestResult } from './test-result.ts'

const longestId = 1000
const unnamed = '(no name)'

/**
 * `first` to `third`: class, file, suite; the first that is not empty becomes part of the id. An empty name counts as
 * none. The id is at most 1,000 UTF-16 units long; longer ones end in a digest.
 */
export function nameTest(
  printed: string | undefined,
  first?: string,
  second?: string,
  third?: string,
): Pick<TestResult, 'id' | 'name' | 'place'> {
  const name = printed === undefined || printed === '' ? unnamed : printed
  const place = first || second || third || undefined
  const id = place === undefined ? name : `${place}::${name}`
  if (id.length <= longestId) return { id, name, place }
  return { id: shortened(id), name: name.slice(0, longestId), place: undefined }
}

function shortened(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return `${id.slice(0, longestId - digest.length - 1)}…${digest}`
}
