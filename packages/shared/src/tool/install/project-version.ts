/** Which version of a tool a project uses, from the surest sign to the weakest; pure. See docs/versions.md. */
import { UserError } from '../../action/errors.ts'
import type { Notice, VersionSource } from '../tool.ts'
import type { Declared } from './declared.ts'
import { lockedClosure } from './lock-closure.ts'
import type { LockFile } from './lock-file.ts'
import type { Requirement } from './requirement.ts'
import { matchesName, normaliseName, renderRequirement } from './requirement.ts'

/** What the project says about versions; the same for all of its tools. */
export interface VersionSigns {
  /** Distributions installed in the project's environment, by normalised name; absent without one. */
  readonly environment?: { readonly packages: ReadonlyMap<string, string>; readonly from: string } | undefined
  /** In the order of preference. */
  readonly locks: readonly LockFile[]
  /** Requirements files, then pyproject.toml, then hooks. */
  readonly declared: readonly Declared[]
}

export interface VersionWish {
  /** As people write it. */
  readonly name: string
  /** Name of the distribution. */
  readonly package: string
  readonly extras: readonly string[]
  readonly plugins: readonly string[]
  /** Asked for by input. */
  readonly wanted?: string | undefined
  /** The suite's own version with its requirements text; absent where the suite has none. */
  readonly suite?: { readonly version: string; readonly requirements: string } | undefined
  readonly lockedOnly: boolean
}

export interface VersionChoice {
  readonly source: VersionSource
  readonly version: string
  /** File or input that named it. */
  readonly from?: string | undefined
  /** Text for `uv pip install -r`; hashes for the locked sources; empty where nothing is installed. */
  readonly requirements: string
  readonly notices: readonly Notice[]
}

/** Throws `UserError` where no version may be used. */
export function chooseVersion(wish: VersionWish, signs: VersionSigns): VersionChoice {
  const found = wish.wanted === undefined ? fromProject(wish, signs) : fromInput(wish, signs, wish.wanted)
  const verified = found?.source === 'suite-lock' || found?.source === 'project-lock'
  if (found !== undefined && (verified || !wish.lockedOnly)) return found
  if (wish.wanted !== undefined && wish.lockedOnly) throw new UserError(noHashes(wish, wish.wanted))
  if (wish.suite === undefined) {
    throw new UserError(
      `${wish.name}: no version is known; name one with the input \`tool-versions\`, or pin it in the project.`,
    )
  }
  const { version, requirements } = wish.suite
  return {
    source: 'suite-lock',
    version,
    requirements,
    notices: found === undefined ? [] : [passedOver(wish, found, version)],
  }
}

function noHashes(wish: VersionWish, wanted: string): string {
  return `${wish.name} ${wanted}: only versions with hashes are allowed here, and neither the suite nor the project's lock file has this one.`
}

function passedOver(wish: VersionWish, found: VersionChoice, version: string): Notice {
  const from = found.from === undefined ? '' : ` of ${found.from}`
  return {
    level: 'warning',
    message: `${wish.name} ${found.version}${from} has no complete set of hashes; only locked versions are allowed, so ${version} of the suite was used.`,
  }
}

function fromInput(wish: VersionWish, signs: VersionSigns, wanted: string): VersionChoice {
  const locked = fromLocks(wish, signs)
  if (locked?.source === 'project-lock' && locked.version === wanted) return locked
  const plugins = pluginsOf(wish, signs)
  if (wish.suite?.version === wanted && plugins.length === 0) return fromSuite(wish.suite)
  return resolved(wish, wanted, 'input', plugins)
}

function fromProject(wish: VersionWish, signs: VersionSigns): VersionChoice | undefined {
  const name = normaliseName(wish.package)
  const installed = signs.environment?.packages.get(name)
  if (installed !== undefined && !wish.lockedOnly) {
    return {
      source: 'project-environment',
      version: installed,
      from: signs.environment?.from,
      requirements: '',
      notices: [],
    }
  }
  const locked = fromLocks(wish, signs)
  if (locked !== undefined) return locked
  const plugins = pluginsOf(wish, signs)
  const declared = signs.declared.find(
    ({ requirement }) => requirement.name === name && requirement.exact !== undefined,
  )
  if (declared?.requirement.exact !== undefined) {
    return resolved(wish, declared.requirement.exact, declared.from, [...plugins, ...(declared.beside ?? [])])
  }
  if (wish.suite === undefined) return undefined
  const [plugin] = plugins
  if (plugin === undefined) return fromSuite(wish.suite)
  const from = signs.declared.find(({ requirement }) => requirement === plugin)?.from
  return resolved(wish, wish.suite.version, from ?? 'plugins of the project', plugins)
}

function fromSuite(suite: { readonly version: string; readonly requirements: string }): VersionChoice {
  return { source: 'suite-lock', version: suite.version, requirements: suite.requirements, notices: [] }
}

/** By hashes where the lock describes the tool, its plugins and all they need; else by version. */
function fromLocks(wish: VersionWish, signs: VersionSigns): VersionChoice | undefined {
  const name = normaliseName(wish.package)
  for (const lock of signs.locks) {
    const locked = lock.packages.find((each) => each.name === name)
    if (locked === undefined) continue
    const plugins = pluginsOf(wish, signs)
    const roots = [
      { name, extras: wish.extras },
      ...plugins.map((plugin) => ({ name: plugin.name, extras: plugin.extras })),
    ]
    const requirements = lockedClosure(lock, roots)
    if (requirements === undefined) return resolved(wish, locked.version, lock.path, plugins)
    return { source: 'project-lock', version: locked.version, from: lock.path, requirements, notices: [] }
  }
  return undefined
}

/** Plugins that the project asks for anywhere, each once: as locked, else as pinned, else as first asked for. */
function pluginsOf(wish: VersionWish, signs: VersionSigns): readonly Requirement[] {
  const found = new Map<string, Requirement>()
  for (const { packages } of signs.locks) {
    for (const { name, version, fromIndex } of packages) {
      if (!matchesName(name, wish.plugins) || found.has(name) || !fromIndex) continue
      found.set(name, { name, extras: [], specifier: `==${version}`, marker: '', exact: version })
    }
  }
  for (const { requirement } of signs.declared) {
    const known = found.get(requirement.name)
    const better = known === undefined || (known.exact === undefined && requirement.exact !== undefined)
    if (better && matchesName(requirement.name, wish.plugins)) found.set(requirement.name, requirement)
  }
  return [...found.values()]
}

function resolved(
  wish: VersionWish,
  version: string,
  from: string,
  plugins: readonly Requirement[],
): VersionChoice {
  const own: Requirement = {
    name: normaliseName(wish.package),
    extras: wish.extras,
    specifier: `==${version}`,
    marker: '',
  }
  const byName = new Map([...plugins].reverse().map((plugin) => [plugin.name, plugin]))
  byName.set(own.name, own)
  const lines = [...byName.values()].map(renderRequirement).sort()
  return { source: 'resolved', version, from, requirements: lines.join('\n'), notices: [] }
}
