/** What `denied-licenses` names that no licence is called by: it would deny nothing, and nobody would see it. Pure. */
import { closest } from '@ci-actions/shared'
import { parseLicense } from './expression.ts'
import { fits } from './judge-license.ts'
import { currentId, licenseOfName } from './license-names.ts'
import { spdxIds } from './spdx-ids.ts'

/** What packages write that have no licence for everybody. */
const withoutLicense = /^(?:UNLICENSED|Proprietary|Commercial|Other|NOASSERTION|NONE|UNKNOWN)$/i

/** A sentence for each. Names of one's own (`LicenseRef-…`) are taken as they are. */
export function deniedProblems(denied: readonly string[]): readonly string[] {
  return denied.flatMap((pattern) => {
    const [license = '', exception] = pattern.split(/\s+WITH\s+/i)
    if (exception === undefined ? isKnown(license) : isKnown(license) || license === '*') return []
    const meant = meantBy(license)
    const hint = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
    const named = pattern.slice(0, 100).replaceAll('`', "'")
    return [
      `\`denied-licenses\`: \`${named}\` fits no identifier of SPDX.${hint} One of your own begins with \`LicenseRef-\`.`,
    ]
  })
}

function isKnown(pattern: string): boolean {
  if (/^(?:LicenseRef-|DocumentRef-)/i.test(pattern) || withoutLicense.test(pattern)) return true
  if (spdxIds.some((id) => fits(currentId(id), pattern) || id.toLowerCase() === pattern.toLowerCase()))
    return true
  return !pattern.includes('*') && mayBeNewer(pattern)
}

/** The list grows: what has the form of an identifier, and is near none, may be one. */
function mayBeNewer(id: string): boolean {
  return parseLicense(id)?.kind === 'license' && /^[a-z][\w.]*-.*\d/i.test(id) && meantBy(id) === undefined
}

/** By a name as people write it, without marks (`GPL3`), by a slip (`AGLP-3.0`), or by its family (`APGL-*`). */
function meantBy(pattern: string): string | undefined {
  const families = [...new Set(spdxIds.map((id) => id.split('-')[0] ?? id))]
  const same = families.find((family) => family.toLowerCase() === pattern.toLowerCase())
  const family = pattern.includes('*') ? closest(pattern.replace(/[-*].*$/, ''), families) : same
  if (family !== undefined || pattern.includes('*')) return family && `${family}-*`
  const bare = squeezed(pattern)
  return spdxIds.find((id) => squeezed(id) === bare) ?? licenseOfName(pattern) ?? closest(pattern, spdxIds)
}

/** `GPL-3.0` and `GPL3` alike. */
function squeezed(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/(?<=\d)0$/, '')
    .replace(/v(?=\d)/, '')
}
