/** Versions that exclude each other, as far as the files say; what is installed is the matter of `uv pip check`. Pure. */
import type { ConfigFile, RawFinding } from '@ci-actions/shared'
import { isRecord, parseRequirement, poetrySpecifiers, pythonVersionFits } from '@ci-actions/shared'
import { normalName, readPythonLock } from '../tools/python-locks.ts'
import { hygieneFinding } from './hygiene-finding.ts'
import { commandIn } from './locked-by.ts'
import type { RequirementsSet } from './python-sets.ts'
import type { Survey } from './survey.ts'

export function conflictFindings({ requirements, files }: Survey): readonly RawFinding[] {
  return [
    ...requirements.flatMap(listConflicts),
    ...[...files.values()].flatMap((file) =>
      file.name === 'poetry.lock' || file.name === 'pdm.lock' ? lockConflicts(file) : [],
    ),
  ]
}

/** What holds under different conditions may differ. */
function listConflicts(set: RequirementsSet): readonly RawFinding[] {
  const byName = Map.groupBy(
    set.requirements.filter(({ elsewhere }) => !elsewhere),
    ({ name, marker }) => `${name} ${marker}`,
  )
  return [...byName.values()].flatMap((same) => {
    const pinned = same.find(({ version }) => version !== undefined)
    const against = same.find(
      ({ specifier }) =>
        pinned?.version !== undefined && pythonVersionFits(pinned.version, specifier) === false,
    )
    if (pinned === undefined || against === undefined) return []
    const message = `${pinned.name} is asked for as ${pinned.specifier} (${pinned.path}, line ${pinned.line}) and as ${against.specifier} (${against.path}, line ${against.line}), which exclude each other. Keep one of the two lines.`
    return [
      hygieneFinding({
        rule: 'conflicts',
        message,
        path: against.path,
        line: against.line,
        about: `${set.path} ${pinned.name}`,
      }),
    ]
  })
}

interface Need {
  readonly by: string
  readonly name: string
  readonly specifiers: readonly string[] | undefined
  readonly text: string
}

/** What a locked package needs, of which another version is locked: a lock that was put together by hand. */
function lockConflicts(file: ConfigFile): readonly RawFinding[] {
  const locked = Map.groupBy(readPythonLock(file) ?? [], ({ name }) => name)
  const packages = file.data?.['package']
  const needs = (Array.isArray(packages) ? packages : []).flatMap((each: unknown) => needsOf(each))
  return needs.flatMap(({ by, name, specifiers, text }) => {
    const found = locked.get(name) ?? []
    const versions = found.flatMap(({ version, from }) => (from === 'index' ? (version ?? []) : []))
    if (specifiers === undefined || versions.length === 0 || versions.length < found.length) return []
    const fits = versions.flatMap((version) => specifiers.map((each) => pythonVersionFits(version, each)))
    if (fits.some((each) => each !== false)) return []
    const message = `${by} needs ${name}${text}, and ${file.path} holds ${name} ${versions.join(', ')}. Write the lock file anew with ${commandIn(file)}.`
    return [hygieneFinding({ rule: 'conflicts', message, path: file.path, about: `${by} ${name}` })]
  })
}

/** Poetry writes tables, PDM a list of requirements. */
function needsOf(each: unknown): readonly Need[] {
  if (!isRecord(each) || typeof each['name'] !== 'string') return []
  const by = `${each['name']} ${String(each['version'] ?? '')}`.trim()
  const { dependencies } = each
  if (Array.isArray(dependencies))
    return dependencies.flatMap((text: unknown) => {
      const requirement = typeof text === 'string' && !text.includes(';') ? parseRequirement(text) : undefined
      if (requirement === undefined) return []
      const { name, specifier } = requirement
      return [{ by, name, specifiers: [specifier], text: specifier }]
    })
  return Object.entries(isRecord(dependencies) ? dependencies : {}).flatMap(([name, value]) => {
    // A table has conditions.
    if (typeof value !== 'string') return []
    return [{ by, name: normalName(name), specifiers: poetrySpecifiers(value), text: ` ${value}` }]
  })
}
