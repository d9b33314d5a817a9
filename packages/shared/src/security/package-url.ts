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
  return ecosystem.toLowerCase() === 'pypi' ? lower.replaceAll(/[-_.]+/g, '-') : lower
}

/** `:` stays as it is, `@` of a scope does not. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':')
}
