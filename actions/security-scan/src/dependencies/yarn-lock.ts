/** Lock files of Yarn, classic and Berry, which differ in spelling alone for what is read here. Pure. */
import type { Component, DependencySet } from './inventory.ts'

interface Entry {
  readonly heading: string
  /** `name@range` of all that it answers. */
  readonly asked: readonly string[]
  readonly line: number
  version?: string
  hash?: string
  resolution?: string
  /** `name@range`. */
  readonly needs: string[]
}

/** What `package.json` writes for one that Yarn answers: `name@range`. */
export type YarnAnswers = ReadonlyMap<string, string>

/** `asked`: `name@range` of package.json beside it; undefined where there is none. */
export function yarnSet(
  path: string,
  text: string,
  asked: readonly string[] | undefined,
): { readonly set: DependencySet; readonly answers: YarnAnswers } {
  const all = entriesIn(text).filter(({ heading }) => heading !== '__metadata:')
  const isRead = ({ asked: [first], version }: Entry) => first !== undefined && version !== undefined
  const entries = all.filter(isRead)
  const answers = new Map(
    entries.flatMap((entry) => entry.asked.map((each) => [plain(each), idOf(entry)] as const)),
  )
  const components = entries.map(
    (entry): Component => ({
      id: idOf(entry),
      ecosystem: 'npm',
      name: nameOf(entry).toLowerCase(),
      version: entry.version,
      line: entry.line,
      from: originOf(entry),
      hashes: entry.hash === undefined ? [] : [entry.hash],
      needs: entry.needs.flatMap((each) => answers.get(plain(each)) ?? []),
    }),
  )
  const own = components.filter(({ from }) => from === 'own').flatMap(({ needs }) => needs)
  const roots = [...own, ...(asked ?? []).flatMap((each) => answers.get(plain(each)) ?? [])]
  const set = {
    path,
    ecosystem: 'npm' as const,
    components,
    ...(roots.length > 0 && { asked: new Set(roots) }),
    unread: all.filter((entry) => !isRead(entry)).map(({ heading }) => heading),
  }
  return { set, answers }
}

function idOf(entry: Entry): string {
  return `${nameOf(entry)}@${entry.version}`
}

/** Of the package, which may be asked for by another name (`old@npm:package@^1`). */
function nameOf({ asked: [first = ''], resolution }: Entry): string {
  const known = resolution ?? /^@?[^@]+@npm:(@?[^@]+@.*)$/.exec(first)?.[1] ?? first
  return known.slice(0, known.indexOf('@', 1))
}

/** Berry says where each comes from, classic what was asked for. */
function originOf({ asked: [first = ''], resolution }: Entry): Component['from'] {
  if (resolution?.includes('@workspace:')) return 'own'
  const [, reference = ''] = /^@?[^@]+@(.*)$/.exec(resolution ?? first) ?? []
  const elsewhere = /^(?!npm:|patch:)[a-z+]+:|^[\w.-]+\/[\w.-]+(?:#|$)/i
  return elsewhere.test(reference) ? 'other' : 'index'
}

/** Berry writes `npm:` before a range. */
export function plain(asked: string): string {
  return asked.replace(/^(@?[^@]+)@npm:/, '$1@')
}

function entriesIn(text: string): readonly Entry[] {
  const entries: Entry[] = []
  let inNeeds = false
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#')) continue
    const current = entries.at(-1)
    if (!line.startsWith(' ')) {
      entries.push({ heading: line, asked: headOf(line), line: index + 1, needs: [] })
      inNeeds = false
    } else if (current !== undefined && !line.startsWith('   ')) {
      inNeeds = /^ {2}(?:dependencies|optionalDependencies):$/.test(line)
      readField(current, line)
    } else if (current !== undefined && inNeeds) {
      const [, name, range] = /^ {4}"?((?:@[^"\s:]+\/)?[^"\s:@]+)"?:? "?([^"]+)"?$/.exec(line) ?? []
      if (name !== undefined) current.needs.push(`${name}@${range}`)
    }
  }
  return entries
}

/** `"a@^1", "a@^2":` in classic, `"a@npm:^1, a@npm:^2":` in Berry. */
function headOf(line: string): readonly string[] {
  return line
    .replace(/:$/, '')
    .split(',')
    .map((part) => part.trim().replaceAll('"', ''))
    .filter((part) => part.indexOf('@', 1) > 0)
}

function readField(entry: Entry, line: string): void {
  const [, key, value] = /^ {2}(version|integrity|resolution):? "?([^"]+)"?$/.exec(line) ?? []
  if (value === undefined) return
  if (key === 'version') entry.version = value
  if (key === 'integrity') entry.hash = value
  if (key === 'resolution') entry.resolution = value
}
