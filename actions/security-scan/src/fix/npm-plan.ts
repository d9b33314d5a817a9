/** Upgrades in lock files of npm. Pure. */
import { posix } from 'node:path'
import { isRecord } from '@ci-actions/shared'
import { npmDeclared } from '../dependencies/survey.ts'
import type { FixFiles, FixPlan, Refusal } from './fix-plan.ts'
import { npmRangeFits } from './npm-version.ts'
import type { Upgrade } from './upgrade-need.ts'

/** Nothing of a package runs; the program for git is not one that the project's `.npmrc` names. */
const quietly = [
  '--package-lock-only',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--git=git',
]

const exact = '--save-exact'

interface Asker {
  /** Repository-relative. */
  readonly path: string
  readonly range: string
}

/**
 * What a package.json asks for is set to the version; what comes through something else can only be brought up to the
 * newest one that this lets in, since npm takes no version for it.
 */
export function planNpm({ path, name, to }: Upgrade, files: FixFiles): FixPlan | Refusal {
  if (!/^(?:@[a-z0-9._~-]+\/)?[a-z0-9._~][a-z0-9._~-]*$/.test(name))
    return { why: 'Its name is not one of npm.' }
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
  const own = posix.join(folder, 'package.json')
  if (!files.has(own)) return { why: `There is no package.json beside ${path}.` }
  const askers = askersOf(name, folder, files)
  const [asker] = askers
  const common = { edits: new Map<string, string>(), touches: [path, own] }
  const lock = (args: readonly string[]) => ({
    ...{ program: 'npm' as const, folder, what: path },
    args: [...args, ...quietly, '--loglevel=error'],
  })
  if (asker === undefined) return { ...common, lock: lock(['update', name]) }
  if (askers.length > 1)
    return { why: `Several packages ask for it: ${askers.map((each) => each.path).join(', ')}.` }
  const prefix = prefixOf(asker.range)
  if (prefix === undefined)
    return { why: `${asker.path} asks for \`${asker.range}\`, which is not changed here.` }
  const workspace =
    asker.path === own ? [] : [`--workspace=${posix.relative(folder, posix.dirname(asker.path))}`]
  return {
    ...common,
    touches: [path, asker.path],
    lock: lock(['install', `${name}@${to}`, ...prefix, ...workspace]),
    // One exact version says nothing about which others would do.
    ...(prefix[0] !== exact && npmRangeFits(to, asker.range) === false && { beyond: asker.range }),
  }
}

function askersOf(name: string, folder: string, files: FixFiles): readonly Asker[] {
  return [...files].flatMap(([path, text]): readonly Asker[] => {
    if (posix.basename(path) !== 'package.json' || !`${path}`.startsWith(folder === '' ? '' : `${folder}/`))
      return []
    const range = npmDeclared({ name: 'package.json', path, text, data: dataOf(text) }).get(name)
    return range === undefined ? [] : [{ path, range }]
  })
}

function dataOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const data: unknown = JSON.parse(text)
    return isRecord(data) ? data : undefined
  } catch {
    return undefined
  }
}

/** So that the range keeps its sign. Undefined for what is no simple range: an address, a tag, several. */
function prefixOf(range: string): readonly string[] | undefined {
  const [, sign] = /^(\^|~|>=|=?)\s*v?\d[\w.+-]*$/.exec(range.trim()) ?? []
  if (sign === undefined) return undefined
  return sign === '' || sign === '=' ? [exact] : [`--save-prefix=${sign}`]
}
