/** Fields that ignore files of several tools have. */
import { isDay } from '../../../decision/day.ts'
import { canonicalName, canonicalVersion } from '../../package-url.ts'
import type { Proposal, ProposalSubject } from '../proposal.ts'

/** The day of a date or a point in time, as text or from TOML; undefined for anything else. */
export function dayIn(value: unknown): string | undefined {
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value
  const day = typeof text === 'string' ? text.trim().slice(0, 10) : ''
  return isDay(day) ? day : undefined
}

/** The texts of a list. */
export function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** `pypi/jinja2` of `pkg:pypi/Jinja2@3.1.2?x=y`; undefined for what is no package URL. */
export function componentOfPurl(purl: string): string | undefined {
  const [, type, path] = /^pkg:([a-z0-9.+-]+)\/([^?#]+)/i.exec(purl.trim()) ?? []
  if (type === undefined || path === undefined) return undefined
  // A scope may stand unescaped (`@babel/core@7`), so only an `@` behind the last `/` begins the version.
  const name = path.replace(/@[^@/]*$/, (version, at: number) => (at > 0 ? '' : version))
  return `${type.toLowerCase()}/${canonicalName(type, decoded(name))}`
}

/** As versions are compared; undefined where it names none. */
export function versionOfPurl(purl: string): string | undefined {
  const [, ecosystem, version] =
    /^pkg:([a-z0-9.+-]+)\/[^?#]*[^/?#]@([^@/?#]+)(?:[?#]|$)/i.exec(purl.trim()) ?? []
  if (ecosystem === undefined || version === undefined) return undefined
  return canonicalVersion({ ecosystem, name: '', version: decoded(version) })
}

/** What is decided about a package URL: its component, in its version where it has one. */
export function aboutPurl(
  purl: string,
): Pick<Proposal, 'lost'> & Pick<ProposalSubject, 'component' | 'version'> {
  const component = componentOfPurl(purl)
  if (component === undefined) return { lost: [`only ${purl}, which is no package URL`] }
  return { component, version: versionOfPurl(purl) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
