/** Suppressions of Microsoft Guardian, `.gdnsuppress`. */
import { parseJson, recordAt, recordOf, textOf } from '../../../parse/json.ts'
import type { Proposal } from '../proposal.ts'
import { dayIn } from './fields.ts'

/** A file that was not hydrated names results by digests alone, which tell nothing about what they are. */
export function guardian(text: string, file: string): readonly Proposal[] {
  const results = recordAt(recordOf(parseJson(text, file)), 'results')
  return Object.entries(results).map(([signature, value]) => {
    const result = recordOf(value)
    const rule = textOf(result['ruleId'])
    const target = textOf(result['target'])
      ?.replaceAll('\\', '/')
      .replace(/^\.?\//, '')
    return {
      origin: `${file}, \`${signature.slice(0, 12)}\``,
      about: {
        ids: rule === undefined ? [] : [rule],
        paths: target === undefined ? undefined : [literal(target)],
      },
      reason: textOf(result['justification']),
      expires: dayIn(result['expirationDate']),
      ...(rule === undefined && { lost: ['names its result by a digest alone'] }),
    }
  })
}

/** A path in which nothing is a wildcard. */
export function literal(path: string): string {
  return path.replaceAll(/[\\*?[\]{}()!+@|]/g, '\\$&')
}
