/** What files of dependencies name: a program that writes lock files may take other versions than it was asked for. Pure. */
import type { Dependency } from '@ci-actions/shared'
import type { DependencySet } from '../dependencies/inventory.ts'
import { parseManifest } from '../dependencies/manifest-files.ts'
import { surveyOf } from '../dependencies/survey.ts'
import type { FixFiles } from './fix-plan.ts'
import { compareVersionsOf } from './target-version.ts'
import type { Upgrade } from './upgrade-need.ts'
import { componentOf, fixEcosystem } from './upgrade-need.ts'

export interface Arrival {
  /** Absent where the package is gone, or where the file names no versions. */
  readonly version?: string | undefined
  /** Whether the version that had to go is still there. */
  readonly stayed: boolean
}

export function arrivals(files: FixFiles): (upgrade: Upgrade) => Arrival {
  const sets = setsOf(files)
  return ({ ecosystem, name, path, from, to }) => {
    const kind = fixEcosystem(ecosystem) ?? 'pypi'
    const versions = sets
      .filter((set) => set.path === path && set.ecosystem === ecosystem)
      .flatMap(({ components }) => components.filter((each) => each.name === name))
      .flatMap(({ version }) => version ?? [])
    const reached = versions
      .filter((version) => (compareVersionsOf(kind, version, to) ?? -1) >= 0)
      .toSorted((a, b) => compareVersionsOf(kind, a, b) ?? 0)
    return { version: reached[0], stayed: versions.includes(from) }
  }
}

/** `path`, component and version, by {@link componentKey}. */
export function componentsIn(files: FixFiles): ReadonlySet<string> {
  const keys = setsOf(files).flatMap(({ path, components }) =>
    components.map((component) => componentKey(path, component, component.version)),
  )
  return new Set(keys)
}

export function componentKey(
  path: string,
  component: Pick<Dependency, 'ecosystem' | 'name'>,
  version: string | undefined,
): string {
  return `${path}\0${componentOf(component)}\0${version ?? ''}`
}

function setsOf(files: FixFiles): readonly DependencySet[] {
  const parsed = new Map([...files].map(([path, text]) => [path, parseManifest(path, text)]))
  return surveyOf({ files: parsed, unread: [] }).inventory.sets
}
