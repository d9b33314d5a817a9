/** From what scanners call an ecosystem to the types of package URLs. */
import type { Dependency } from '@ci-actions/shared'

/** https://ossf.github.io/osv-schema/#defined-ecosystems */
const ofOsv: Readonly<Record<string, string>> = {
  'crates.io': 'cargo',
  go: 'golang',
  packagist: 'composer',
  rubygems: 'gem',
  alpine: 'apk',
  debian: 'deb',
  ubuntu: 'deb',
  'github actions': 'github',
  cran: 'cran',
  conancenter: 'conan',
  swifturl: 'swift',
  wolfi: 'apk',
  chainguard: 'apk',
  'red hat': 'rpm',
  'rocky linux': 'rpm',
  almalinux: 'rpm',
  opensuse: 'rpm',
  suse: 'rpm',
}

/** A release behind a colon, as in `Debian:12`, is left out. */
export function ecosystemOfOsv(name: string): string {
  const lower = name.replace(/:.*$/, '').trim().toLowerCase()
  return (Object.hasOwn(ofOsv, lower) ? ofOsv[lower] : undefined) ?? lower.replaceAll(/\s+/g, '-')
}

/** `Type` of a result of Trivy: the package manager, or the distribution. */
const ofTrivy: Readonly<Record<string, string>> = {
  ...ofOsv,
  pip: 'pypi',
  pipenv: 'pypi',
  poetry: 'pypi',
  uv: 'pypi',
  pylock: 'pypi',
  'python-pkg': 'pypi',
  yarn: 'npm',
  pnpm: 'npm',
  bun: 'npm',
  'node-pkg': 'npm',
  gomod: 'golang',
  gobinary: 'golang',
  rustbinary: 'cargo',
  bundler: 'gem',
  gemspec: 'gem',
  jar: 'maven',
  pom: 'maven',
  gradle: 'maven',
  sbt: 'maven',
  redhat: 'rpm',
  rocky: 'rpm',
  amazon: 'rpm',
}

export function ecosystemOfTrivy(type: string): string {
  const lower = type.trim().toLowerCase()
  return (Object.hasOwn(ofTrivy, lower) ? ofTrivy[lower] : undefined) ?? lower
}

/** Undefined for what is no package URL. Qualifiers and a path within are left out. */
export function componentOf(purl: string): Dependency | undefined {
  const [, type, path = ''] = /^pkg:\/*([A-Za-z0-9.+-]+)\/([^?#]+)/.exec(purl) ?? []
  if (type === undefined) return undefined
  const at = path.lastIndexOf('@')
  const name = at > 0 ? path.slice(0, at) : path
  const version = at > 0 ? path.slice(at + 1) : ''
  try {
    return {
      ecosystem: type.toLowerCase(),
      name: name
        .split('/')
        .filter((part) => part !== '')
        .map(decodeURIComponent)
        .join('/'),
      ...(version !== '' && { version: decodeURIComponent(version) }),
    }
  } catch {
    return undefined
  }
}
