/** What plan and manifest have in common: JSON of another job, in which nothing has to be what it should be. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { limits } from './limits.ts'
import { testIdProblem } from './test-id.ts'

interface DocumentKind {
  readonly format: string
  readonly version: number
  /** For messages, such as `shard plan`. */
  readonly name: string
}

export function openDocument(
  text: string,
  kind: DocumentKind,
): { readonly document: JsonRecord } | { readonly problem: string } {
  if (text.length > limits.file) return { problem: `The ${kind.name} is larger than any can be.` }
  const document = parse(text)
  if (!isRecord(document) || document['format'] !== kind.format)
    return { problem: `This is no ${kind.name}: "format" is not "${kind.format}".` }
  if (document['version'] !== kind.version)
    return {
      problem: `The ${kind.name} has another version than ${kind.version}: use the same version of the action in all jobs.`,
    }
  return { document }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** As `planShards` gives them: at least one, each can be handed to a runner, sorted, none twice. */
export function readIds(value: unknown): { readonly ids: readonly string[] } | { readonly problem: string } {
  if (!Array.isArray(value) || value.length === 0) return { problem: 'It lists no tests.' }
  if (value.length > limits.tests) return { problem: `It lists more than ${limits.tests} tests.` }
  const ids: string[] = []
  for (const id of value) {
    if (typeof id !== 'string') return { problem: 'It lists something that is no test.' }
    const problem = testIdProblem(id)
    if (problem !== undefined) return { problem }
    const before = ids.at(-1)
    if (before !== undefined && before >= id) return { problem: 'Its tests are not in order.' }
    ids.push(id)
  }
  return { ids }
}
