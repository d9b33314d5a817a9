/** Lock files that no longer say what the project asks for, by their content. Pure. */
import { posix } from 'node:path'
import type { ConfigFile, RawFinding } from '@ci-actions/shared'
import { isRecord, pythonVersionFits } from '@ci-actions/shared'
import { readPythonLock } from '../tools/python-locks.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import { hygieneFinding } from './hygiene-finding.ts'
import { commandIn, few, pythonLockOf } from './locked-by.ts'
import type { Declared } from './python-declared.ts'
import type { Survey } from './survey.ts'
import { npmDeclared } from './survey.ts'
import { plain } from './yarn-lock.ts'

/** One finding for each pair of a manifest and its lock. */
export function staleLockFindings(survey: Survey): readonly RawFinding[] {
  return [...pythonLocks(survey), ...compiledLists(survey), ...npmLocks(survey)]
}

/** What a lock says of one name: the versions of which an index knows. */
type Locked = ReadonlyMap<string, readonly (string | undefined)[]>

function pythonLocks(survey: Survey): readonly RawFinding[] {
  return survey.manifests.flatMap(({ file, declared }) => {
    const lock = pythonLockOf(file, survey)
    // What pylock.toml was written for need not be all that a project asks for.
    const packages = lock === undefined || lock.name.startsWith('pylock') ? undefined : readPythonLock(lock)
    if (lock === undefined || packages === undefined) return []
    const locked = new Map<string, (string | undefined)[]>()
    for (const { name, version, from } of packages)
      locked.set(name, [...(locked.get(name) ?? []), from === 'index' ? version : undefined])
    const wrong = differences(declared, locked)
    return staleFinding(lock, file, wrong, commandIn(lock))
  })
}

interface Difference {
  readonly name: string
  readonly why: string
}

function differences(declared: readonly Declared[], locked: Locked): readonly Difference[] {
  return declared.flatMap(({ name, specifiers, conditional, elsewhere }) => {
    const versions = locked.get(name)
    if (versions === undefined) return conditional ? [] : [{ name, why: `${name} is missing` }]
    if (specifiers === undefined || conditional || elsewhere || versions.includes(undefined)) return []
    const known = versions.flatMap((version) => version ?? [])
    const answers = known.flatMap((version) => specifiers.map((each) => pythonVersionFits(version, each)))
    // What nobody understands is no reason to complain.
    if (answers.some((fits) => fits !== false)) return []
    return [{ name, why: `${name} ${known.join(', ')} is not ${specifiers.join(' or ')}` }]
  })
}

function staleFinding(
  lock: ConfigFile,
  manifest: ConfigFile,
  wrong: readonly Difference[],
  command: string,
): readonly RawFinding[] {
  if (wrong.length === 0) return []
  const message = `${lock.path} does not fit ${manifest.path}: ${few(wrong.map(({ why }) => why))}. Write it anew with ${command} and commit it.`
  return [
    hygieneFinding({ rule: 'stale-lock', message, path: lock.path, about: `${lock.path} ${manifest.path}` }),
  ]
}

/** `requirements.txt` that a tool wrote from the `requirements.in` beside it. */
function compiledLists({ requirements, files }: Survey): readonly RawFinding[] {
  return requirements.flatMap((set) => {
    const list = files.get(set.path)
    const source = files.get(set.path.replace(/\.txt$/, '.in'))
    if (!set.compiled || list === undefined || source === undefined) return []
    const locked = new Map(set.requirements.map(({ name, version }) => [name, [version]]))
    const declared = readRequirements(source.path, source.text).requirements.map(
      ({ name, specifier, marker, elsewhere }): Declared => ({
        name,
        specifiers: [specifier],
        conditional: marker !== '',
        elsewhere,
      }),
    )
    const asked = declared.filter(({ elsewhere }) => !elsewhere)
    const command = `\`uv pip compile ${source.path} -o ${list.path}\` (or \`pip-compile\`)`
    return staleFinding(list, source, differences(asked, locked), command)
  })
}

function npmLocks(survey: Survey): readonly RawFinding[] {
  const { files, pnpm, yarn } = survey
  const pairs = [...files.values()].flatMap((lock) => {
    const folder = posix.dirname(lock.path)
    const beside = files.get(posix.join(folder, 'package.json'))
    if (lock.name === 'package-lock.json' || lock.name === 'npm-shrinkwrap.json') return npmPairs(lock, files)
    const importers = pnpm.get(lock.path)?.importers ?? []
    const known = importers.flatMap(({ folder: relative, specifiers }) => {
      const manifest = files.get(posix.join(folder, relative, 'package.json'))
      return manifest ? [{ lock, manifest, answer: bySpecifier(specifiers) }] : []
    })
    const answers = yarn.get(lock.path)
    if (answers === undefined || beside === undefined) return known
    // Resolutions change ranges behind the manifest's back.
    const answer = (name: string, range: string) =>
      beside.text.includes('"resolutions"') || answers.has(plain(`${name}@${range}`))
        ? undefined
        : `no entry for ${name}@${range}`
    return [...known, { lock, manifest: beside, answer }]
  })
  return pairs.flatMap(({ lock, manifest, answer }) => {
    const overridden = pnpm.get(lock.path)?.overridden ?? new Set()
    const wrong = [...npmDeclared(manifest)].flatMap(([name, range]) => {
      const why =
        overridden.has(name) || /^(?:workspace|link|file|portal|patch|exec|catalog):/.test(range)
          ? undefined
          : answer(name, range)
      return why === undefined ? [] : [{ name, why }]
    })
    return staleFinding(lock, manifest, wrong, commandIn(lock))
  })
}

interface NpmPair {
  readonly lock: ConfigFile
  readonly manifest: ConfigFile
  /** What is wrong with the lock's answer to it. */
  readonly answer: (name: string, range: string) => string | undefined
}

/** The lock keeps a copy of each package.json of the workspace, which `npm ci` compares as well. */
function npmPairs(lock: ConfigFile, files: Survey['files']): readonly NpmPair[] {
  const packages = lock.data?.['packages']
  return Object.entries(isRecord(packages) ? packages : {}).flatMap(([folder, entry]) => {
    const manifest = files.get(posix.join(posix.dirname(lock.path), folder, 'package.json'))
    if (folder.includes('node_modules') || !isRecord(entry) || manifest === undefined) return []
    const lists = ['dependencies', 'devDependencies', 'optionalDependencies'].map((kind) => entry[kind])
    const copied = lists.flatMap((list) => Object.entries(isRecord(list) ? list : {}))
    return [
      { lock, manifest, answer: bySpecifier(new Map(copied.map(([name, range]) => [name, String(range)]))) },
    ]
  })
}

function bySpecifier(known: ReadonlyMap<string, string>): NpmPair['answer'] {
  return (name, range) => {
    const locked = known.get(name)
    if (locked === range) return undefined
    return locked === undefined ? `${name} is missing` : `${name} was locked for ${locked}, not ${range}`
  }
}
