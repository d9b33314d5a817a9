/** Licences of installed Python distributions, from their METADATA. */
import { join } from 'node:path'
import type { Host } from '@ci-actions/shared'
import { canonicalName, sitePackages } from '@ci-actions/shared'
import { licenseOfName } from './license-names.ts'

export interface InstalledLicense {
  readonly name: string
  readonly version: string
  /** SPDX expression or what the metadata says in its own words; undefined where it says nothing. */
  readonly license: string | undefined
}

/** Behind the headers stands the description, which may be long. */
const mostBytes = 4 * 1024 * 1024
const mostDistributions = 5000
/** Some put the text of the licence into the field for its name. */
const longestName = 200

/** By normalised name; undefined where `environment` is none. */
export async function installedLicenses(
  host: Host,
  environment: string,
): Promise<ReadonlyMap<string, InstalledLicense> | undefined> {
  const folder = await sitePackages(host, environment)
  if (folder === undefined || (await host.files.status(folder)) === undefined) return undefined
  const found = new Map<string, InstalledLicense>()
  const names = (await host.files.list(folder)).filter((name) => name.endsWith('.dist-info'))
  for (const name of names.slice(0, mostDistributions)) {
    const path = join(folder, name, 'METADATA')
    const status = await host.files.status(path)
    if (status?.kind !== 'file' || status.bytes > mostBytes) continue
    const installed = licenseIn((await host.files.readText(path)) ?? '')
    if (installed !== undefined) found.set(installed.name, installed)
  }
  return found
}

/** https://packaging.python.org/en/latest/specifications/core-metadata/ */
export function licenseIn(metadata: string): InstalledLicense | undefined {
  const headers = headersOf(metadata)
  const first = (name: string) => headers.find(([key]) => key === name)?.[1]
  const [name, version] = [first('name'), first('version')]
  if (name === undefined || version === undefined) return undefined
  const said = first('license')?.trim()
  const written = said === undefined || said === '' || said.length > longestName ? undefined : said
  const classified = classifiersOf(headers)
  // A classifier says which version of a licence it is more often than the field does.
  const license =
    first('license-expression') ?? (licenseOfName(written ?? '') && written) ?? classified ?? written
  return { name: canonicalName('pypi', name), version, license }
}

function headersOf(metadata: string): readonly (readonly [string, string])[] {
  const head = metadata.split(/\r?\n\r?\n/, 1)[0] ?? ''
  return head
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':')
      return colon === -1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const]
    })
}

/** Several classifiers do not say whether all hold or one may be chosen; all of them is the stricter reading. */
function classifiersOf(headers: readonly (readonly [string, string])[]): string | undefined {
  const said = headers
    .filter(([key, value]) => key === 'classifier' && value.startsWith('License ::'))
    .map(([, value]) => value.split('::').at(-1)?.trim() ?? '')
    .filter((each) => each !== 'OSI Approved' && each !== '')
  if (said.length === 0) return undefined
  return said
    .map((each) => licenseOfName(each) ?? `LicenseRef-${each.replaceAll(/[^\w.-]+/g, '-')}`)
    .join(' AND ')
}
