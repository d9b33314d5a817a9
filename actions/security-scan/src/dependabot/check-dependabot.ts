/** Whether dependabot.yml looks after what the repository contains. Pure. */
import type { RawFinding } from '@ci-actions/shared'
import { isRecord, messageOf, parseYaml } from '@ci-actions/shared'
import { few } from '../dependencies/locked-by.ts'
import type { OwnResult } from '../own-outcome.ts'
import { dependabotFinding } from './dependabot-finding.ts'
import type { Wanted } from './ecosystems.ts'
import { directoryFits, wantedUpdates } from './ecosystems.ts'
import type { UpdateEntry } from './update-entry.ts'
import { updateEntries } from './update-entry.ts'

export const dependabotPaths: readonly string[] = ['.github/dependabot.yml', '.github/dependabot.yaml']

export const renovatePaths: readonly string[] = [
  ...['renovate.json', 'renovate.json5', '.github/renovate.json', '.github/renovate.json5'],
  ...[
    '.gitlab/renovate.json',
    '.gitlab/renovate.json5',
    '.renovaterc',
    '.renovaterc.json',
    '.renovaterc.json5',
  ],
]

export interface Configuration {
  readonly path: string
  readonly text: string
}

/** Undefined where there is nothing to update. `files`: of the whole repository. */
export function checkDependabot(
  files: readonly string[],
  configuration: Configuration | undefined,
): OwnResult | undefined {
  const wanted = wantedUpdates(files)
  const renovate = renovatePaths.some((path) => files.includes(path))
  if (configuration === undefined) {
    if (wanted.length === 0) return undefined
    return { findings: renovate ? [] : [nothingUpdates(wanted)], files: wanted.length }
  }
  const findings = findingsIn(configuration, files, renovate ? [] : wanted)
  return { findings, files: wanted.length + 1 }
}

function nothingUpdates(wanted: readonly Wanted[]): RawFinding {
  const names = [...new Set(wanted.map(({ ecosystem }) => ecosystem))]
  const message = `Nothing proposes updates of dependencies: there is no \`.github/dependabot.yml\`, and no configuration of Renovate. Add one with entries for ${names.join(', ')}.`
  return dependabotFinding({ rule: 'dependabot-missing', message, about: 'dependabot.yml' })
}

function findingsIn(
  { path, text }: Configuration,
  files: readonly string[],
  wanted: readonly Wanted[],
): readonly RawFinding[] {
  const invalid = (why: string) => [
    dependabotFinding({
      rule: 'dependabot-invalid',
      message: `${path} ${why}, so Dependabot does nothing. Mend it.`,
      path,
      about: path,
    }),
  ]
  let data: unknown
  try {
    data = parseYaml(text)
  } catch (error) {
    return invalid(`cannot be read (${messageOf(error)})`)
  }
  if (!isRecord(data) || !Array.isArray(data['updates'])) return invalid('has no list `updates`')
  if (data['version'] !== 2) return invalid('does not say `version: 2`')
  const { entries, findings } = updateEntries({ path, text, data })
  return [
    ...findings,
    ...entries.flatMap((entry) => emptyDirectories(entry, path, files)),
    ...missingIn(entries, wanted, path),
  ]
}

/** Dependabot fails for a folder that is not there. */
function emptyDirectories(entry: UpdateEntry, path: string, files: readonly string[]): readonly RawFinding[] {
  if (entry.ecosystem === 'github-actions') return []
  return entry.directories
    .filter((each) => !each.includes('*'))
    .filter((each) => {
      const folder = each.replace(/^\/+|\/+$/g, '')
      return folder !== '' && folder !== '.' && !files.some((file) => file.startsWith(`${folder}/`))
    })
    .map((each) =>
      dependabotFinding({
        rule: 'dependabot-empty-directory',
        message: `\`${each}\` of the entry \`${entry.ecosystem}\` holds no file. Correct it, or take the entry out.`,
        path,
        line: entry.line,
        about: `${entry.ecosystem} ${each}`,
      }),
    )
}

function missingIn(
  entries: readonly UpdateEntry[],
  wanted: readonly Wanted[],
  path: string,
): readonly RawFinding[] {
  const byEcosystem = Map.groupBy(wanted, ({ ecosystem }) => ecosystem)
  return [...byEcosystem].flatMap(([ecosystem, places]): readonly RawFinding[] => {
    const answers = places[0]?.answers ?? []
    const own = entries.filter((entry) => answers.includes(entry.ecosystem))
    const left = places.filter(
      (place) => !own.some((entry) => entry.directories.some((each) => covers(each, place, places))),
    )
    if (left.length === 0) return []
    const directories = left.map(({ directory }) => directory)
    const found = few(left.map((place) => place.path))
    if (own.length === 0) {
      const message = `Dependabot does not look after ${ecosystem}, which ${found} ${left.length === 1 ? 'asks' : 'ask'} for. Add \`- package-ecosystem: ${ecosystem}\` with \`directory: ${directories[0]}\` and \`schedule: {interval: weekly}\`.`
      return [dependabotFinding({ rule: 'dependabot-missing-ecosystem', message, path, about: ecosystem })]
    }
    const message = `The entry \`${ecosystem}\` leaves out ${few(directories)} (${found}). Add to its \`directories\`.`
    const line = own[0]?.line
    return [
      dependabotFinding({ rule: 'dependabot-missing-directory', message, path, line, about: ecosystem }),
    ]
  })
}

/**
 * An entry for the top of a workspace of npm looks after the packages below it. Workflows belong to the top, and Dependabot
 * finds them by their own folder as well.
 */
function covers(pattern: string, { ecosystem, directory, path }: Wanted, places: readonly Wanted[]): boolean {
  if (directoryFits(directory, pattern)) return true
  if (path.startsWith('.github/workflows/')) return directoryFits('/.github/workflows', pattern)
  if (ecosystem !== 'npm') return false
  return places.some(
    (top) =>
      directoryFits(top.directory, pattern) &&
      directory.startsWith(top.directory === '/' ? '/' : `${top.directory}/`),
  )
}
