/** Policy files of Safety, of version 2 (`security`) and 3 (`report`). */
import { recordAt, recordOf, textOf } from '../../../parse/json.ts'
import { parseYaml } from '../../../parse/yaml.ts'
import { canonicalName } from '../../package-url.ts'
import type { Proposal } from '../proposal.ts'
import { dayIn, textList } from './fields.ts'

export function safety(text: string, file: string): readonly Proposal[] {
  const root = recordOf(parseYaml(text))
  const old = recordAt(recordAt(root, 'security'), 'ignore-vulnerabilities')
  const automatic = recordAt(
    recordAt(recordAt(root, 'report'), 'dependency-vulnerabilities'),
    'auto-ignore-in-report',
  )
  const ids = [...Object.entries(old), ...Object.entries(recordAt(automatic, 'vulnerabilities'))]
  const packages = Object.entries(recordAt(automatic, 'packages'))
  return [
    ...ids.map(([id, value]) => ({
      origin: `${file}, \`${id}\``,
      about: { ids: [id] },
      ...decisionOf(value),
    })),
    ...packages.map(([name, value]) => ({
      origin: `${file}, \`${name}\``,
      about: { component: `pypi/${canonicalName('pypi', name)}` },
      ...decisionOf(value),
    })),
  ]
}

function decisionOf(value: unknown): Pick<Proposal, 'reason' | 'expires' | 'lost'> {
  const decision = recordOf(value)
  const specifications = textList(decision['specifications'])
  return {
    reason: textOf(decision['reason']),
    expires: dayIn(decision['expires']),
    ...(specifications.length > 0 && { lost: [`only ${specifications.join(', ')}`] }),
  }
}
