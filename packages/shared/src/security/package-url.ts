/** Package URLs, which name a component across tools. https://github.com/package-url/purl-spec */
import type { Dependency } from '../finding/finding.ts'

/** Names are written as their index compares them, so that two tools' spellings come to one. Pure. */
export function packageUrl({ ecosystem, name, version }: Dependency): string {
  const path = canonicalName(ecosystem, name).split('/').map(encode).join('/')
  return `pkg:${ecosystem.toLowerCase()}/${path}${version === undefined ? '' : `@${encode(version)}`}`
}

/** PyPI: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function canonicalName(ecosystem: string, name: string): string {
  const lower = name.trim().toLowerCase()
  switch (ecosystem.toLowerCase()) {
    case 'pypi':
      return lower.replaceAll(/[-_.]+/g, '-')
    // Group and artifact, which everybody but package URLs separates by a colon.
    case 'maven':
      return lower.replace(':', '/')
    default:
      return lower
  }
}

/** To compare, not to show: of Go and Composer with or without `v` or `go` in front, of a gem without its platform. */
export function canonicalVersion({ ecosystem, version }: Dependency): string | undefined {
  const bare = version?.replace(/^(?:v|go)(?=\d)/, '')
  return ecosystem.toLowerCase() === 'gem' ? bare?.replace(/-.*$/, '') : bare
}

/** Nearly all names and versions are nothing but these. */
const unreserved = /^[\w.-]*$/

/** `:` stays as it is, `@` of a scope does not. */
function encode(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':')
}
