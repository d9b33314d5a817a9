/** Ignore files of Trivy. https://trivy.dev/latest/docs/configuration/filtering/ */
import { recordOf, recordsOf, textOf } from '../../../parse/json.ts'
import { parseYaml } from '../../../parse/yaml.ts'
import type { Proposal } from '../proposal.ts'
import { aboutPurl, dayIn, textList } from './fields.ts'

/** `.trivyignore`: an id a line, with `exp:` and a day behind; a comment right above says why. */
export function trivyLines(text: string, file: string): readonly Proposal[] {
  const found: Proposal[] = []
  let comment: string[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, said] = /^\s*#+\s*(.*)$/.exec(line) ?? []
    if (said !== undefined) {
      comment.push(said.trim())
      continue
    }
    const [id, ...rest] = line.trim().split(/\s+/)
    const end = rest.map((word) => /^exp:(.+)$/.exec(word)?.[1]).find((day) => day !== undefined)
    if (id !== undefined && id !== '') {
      found.push({
        origin: `${file}, line ${index + 1}`,
        about: { ids: [id] },
        reason: comment.join(' ').trim() || undefined,
        expires: dayIn(end),
      })
    }
    comment = []
  }
  return found
}

const kinds = ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'] as const

/** `.trivyignore.yaml`: lists of entries by kind. */
export function trivyYaml(text: string, file: string): readonly Proposal[] {
  const root = recordOf(parseYaml(text))
  return kinds.flatMap((kind) =>
    recordsOf(root[kind]).flatMap((entry, index) => {
      const id = textOf(entry['id'])
      const paths = textList(entry['paths'])
      const purls = textList(entry['purls'])
      const proposal = ({ lost, ...about }: ReturnType<typeof aboutPurl>): Proposal => ({
        origin: `${file}, \`${kind}\`, entry ${index + 1}`,
        about: { ids: id === undefined ? [] : [id], ...about, paths: paths.length > 0 ? paths : undefined },
        reason: textOf(entry['statement']),
        expires: dayIn(entry['expired_at']),
        ...(lost && { lost }),
      })
      return purls.length === 0 ? [proposal({})] : purls.map((purl) => proposal(aboutPurl(purl)))
    }),
  )
}
