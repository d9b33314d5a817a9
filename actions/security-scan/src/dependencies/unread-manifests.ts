/** Files that name packages in a form that no scanner here reads: in no list of findings, so in a list of their own. Pure. */
import { posix } from 'node:path'
import type { Notice } from '@ci-actions/shared'
import { nameSome } from '../tools/risk-finding.ts'
import { foldersAbove } from './folders-above.ts'

interface Form {
  readonly name: RegExp
  /** Names of lock files that say more, beside it or above. */
  readonly locks?: readonly string[]
  /** Trivy reads it as it is. */
  readonly trivy?: true
}

/** Lists of requirements by names that no tool of Python looks for. */
const lists = /^(?:[\w.-]*requirements[\w.-]*\.(?:lock|pip)|(?:pip[-_])?reqs?\.txt)$/

const forms: readonly Form[] = [
  { name: /^(?:environment|conda-lock)\.ya?ml$|^pixi\.(?:toml|lock)$/ },
  { name: /^(?:bun\.lockb|deno\.lock)$/ },
  { name: /^pom\.xml$/, trivy: true },
  { name: /^build\.gradle(?:\.kts)?$|^libs\.versions\.toml$/, locks: ['gradle.lockfile'] },
  { name: /^build\.sbt$/ },
  { name: /^Gemfile$/, locks: ['Gemfile.lock'] },
  { name: /^gems\.rb$/, locks: ['gems.locked'] },
  { name: /^composer\.json$/, locks: ['composer.lock'] },
  { name: /^Cargo\.toml$/, locks: ['Cargo.lock'] },
  { name: /\.(?:cs|fs|vb)proj$/, locks: ['packages.lock.json', 'packages.config'] },
  { name: /^(?:Podfile\.lock|Package\.resolved)$/, trivy: true },
  { name: /^Cartfile\.resolved$/ },
  { name: /^pubspec\.yaml$/, locks: ['pubspec.lock'] },
  { name: /^mix\.exs$/, locks: ['mix.lock'] },
  { name: /^rebar\.lock$/ },
  { name: /^conanfile\.(?:txt|py)$/, locks: ['conan.lock'] },
  { name: /^vcpkg\.json$/ },
]

/** Of `paths`, which are repository-relative like `known`, all files that there are. */
export function unreadManifests(
  paths: readonly string[],
  known: ReadonlySet<string>,
  chosen: ReadonlySet<string>,
): readonly string[] {
  const isRead = ({ locks = [], trivy }: Form, path: string) =>
    (trivy === true && chosen.has('trivy')) || locks.some((name) => hasAbove(path, name, known))
  return paths.filter((path) => {
    const name = posix.basename(path)
    if (/(?:^|\/)(?:node_modules|site-packages)\//.test(path)) return false
    const form = forms.find((each) => each.name.test(name))
    return lists.test(name) || (form !== undefined && !isRead(form, path))
  })
}

function hasAbove(path: string, name: string, known: ReadonlySet<string>): boolean {
  return foldersAbove(path).some((folder) => known.has(posix.join(folder, name)))
}

export function unreadManifestNotices(paths: readonly string[]): readonly Notice[] {
  const listed = paths.filter((path) => lists.test(posix.basename(path)))
  const others = paths.filter((path) => !listed.includes(path))
  return [
    ...notice(listed, 'by that name no scanner looks for packages. Call it `requirements….txt`'),
    ...notice(
      others,
      'no scanner of this run reads that form. Commit a lock file that OSV-Scanner reads, or give the report of a scanner that does in `reports`',
    ),
  ]
}

function notice(paths: readonly string[], why: string): readonly Notice[] {
  if (paths.length === 0) return []
  const message = `Nobody audited ${nameSome(paths)}: ${why}. Or leave it out with \`exclude\`.`
  return [{ level: 'warning', message }]
}
