/** Lists in a result of Trivy, where an empty one is absent or null. */
import type { JsonRecord } from '@ci-actions/shared'
import { isRecord, listOf, recordOf } from '@ci-actions/shared'

/** Throws for what is no list of objects. */
export function rowsOf(result: JsonRecord, name: string): readonly JsonRecord[] {
  return listOf(result[name] ?? [], 'Trivy').map((each) => recordOf(each, 'Trivy'))
}

/** Of what only adds to a finding: what is not as expected is passed over. */
export function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
