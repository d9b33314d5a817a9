/** Policy file of Snyk. https://docs.snyk.io/manage-risk/policies/the-.snyk-file */
import { recordOf, recordsOf, textOf } from '../../../parse/json.ts'
import { parseYaml } from '../../../parse/yaml.ts'
import type { Proposal } from '../proposal.ts'
import { dayIn } from './fields.ts'

/** `ignore`: by id, for each path of dependencies, where `*` stands for all of them. */
export function snyk(text: string, file: string): readonly Proposal[] {
  const ignored = recordOf(recordOf(parseYaml(text))['ignore'])
  return Object.entries(ignored).flatMap(([id, rules]) =>
    recordsOf(rules).flatMap((rule) =>
      Object.entries(rule).map(([path, value]) => {
        const decision = recordOf(value)
        return {
          origin: `${file}, \`${id}\``,
          about: { ids: [id] },
          reason: textOf(decision['reason']),
          expires: dayIn(decision['expires']),
          status: decision['reasonType'] === 'not-vulnerable' ? ('not-affected' as const) : undefined,
          ...(path.trim() !== '*' && { lost: [`only by way of ${path}`] }),
        }
      }),
    ),
  )
}
