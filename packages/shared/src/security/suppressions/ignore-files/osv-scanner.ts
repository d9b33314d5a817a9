/** Configuration of osv-scanner. https://google.github.io/osv-scanner/configuration/ */
import { recordAt, recordsOf, textOf } from '../../../parse/json.ts'
import { parseToml } from '../../../parse/toml.ts'
import { canonicalName } from '../../package-url.ts'
import type { Proposal } from '../proposal.ts'
import { dayIn } from './fields.ts'

/** Package URL types of the names that OSV has for ecosystems. https://ossf.github.io/osv-schema/#defined-ecosystems */
const ecosystems: Readonly<Record<string, string>> = {
  'crates.io': 'cargo',
  go: 'golang',
  packagist: 'composer',
  rubygems: 'gem',
}

export function osvScanner(text: string, file: string): readonly Proposal[] {
  const root = parseToml(text)
  const ids = recordsOf(root['IgnoredVulns']).map((entry, index) => ({
    origin: `${file}, \`IgnoredVulns\`, entry ${index + 1}`,
    about: { ids: [textOf(entry['id']) ?? ''] },
    reason: textOf(entry['reason']),
    expires: dayIn(entry['ignoreUntil']),
  }))
  const packages = recordsOf(root['PackageOverrides']).flatMap((entry, index) => {
    const hides = entry['ignore'] === true || recordAt(entry, 'vulnerability')['ignore'] === true
    if (!hides) return []
    const version = textOf(entry['version'])
    const group = textOf(entry['group'])
    const lost = [
      ...(version === undefined ? [] : [`only version ${version}`]),
      ...(group === undefined ? [] : [`only group ${group}`]),
    ]
    return [
      {
        origin: `${file}, \`PackageOverrides\`, entry ${index + 1}`,
        about: { component: componentOf(textOf(entry['ecosystem']), textOf(entry['name'])) ?? '' },
        reason: textOf(entry['reason']),
        expires: dayIn(entry['effectiveUntil']),
        ...(lost.length > 0 && { lost }),
      },
    ]
  })
  return [...ids, ...packages]
}

function componentOf(ecosystem: string | undefined, name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  if (ecosystem === undefined) return canonicalName('', name)
  const lower = ecosystem.toLowerCase()
  const type = ecosystems[lower] ?? lower
  return `${type}/${canonicalName(type, name)}`
}
