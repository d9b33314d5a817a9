/** Dependencies that are another version tomorrow. One finding for each file, not for each line. Pure. */
import { posix } from 'node:path'
import type { RawFinding } from '@ci-actions/shared'
import { readRequirements } from '../tools/python-requirements.ts'
import { hygieneFinding } from './hygiene-finding.ts'
import { commandIn, few, pythonLockOf } from './locked-by.ts'
import { isNodeLocked } from './node-locked-by.ts'
import type { RequirementsSet } from './python-sets.ts'
import type { Survey } from './survey.ts'
import { npmDeclared } from './survey.ts'

export function unpinnedFindings(survey: Survey): readonly RawFinding[] {
  return [
    ...survey.requirements.flatMap((set) => looseList(set, survey)),
    ...looseManifests(survey),
    ...loosePackageJsons(survey),
  ]
}

/** What developers and builds use is not deployed. */
const notDeployed =
  /(?:^|[-_./])(?:dev|develop|development|test|tests|testing|docs?|lint|ci|build)(?:[-_.]|$)/

function looseList(set: RequirementsSet, survey: Survey): readonly RawFinding[] {
  const file = survey.files.get(set.path)
  if (file === undefined || notDeployed.test(set.path) || pythonLockOf(file, survey) !== undefined) return []
  const pinned = constrained(set, survey)
  const loose = set.requirements.filter(
    ({ name, version, elsewhere }) => version === undefined && !elsewhere && !pinned.has(name),
  )
  const [first] = loose
  if (first === undefined) return []
  const names = loose.map(({ name }) => name)
  const source = set.path.replace(/\.txt$/, '.in')
  const message = `${set.path} names no exact version of ${names.length} of its ${set.requirements.length} packages (${few(names)}), so that each installation may get others. Rename it to \`${source}\` and write it with \`uv pip compile --generate-hashes ${source} -o ${set.path}\`.`
  return [hygieneFinding({ rule: 'unpinned', message, path: first.path, line: first.line, about: set.path })]
}

/** Names that the list pins in another line, or a file of constraints: `-c constraints.txt`. */
function constrained(set: RequirementsSet, { files }: Survey): ReadonlySet<string> {
  const text = files.get(set.path)?.text ?? ''
  const names = new Set(
    set.requirements.filter(({ version }) => version !== undefined).map(({ name }) => name),
  )
  for (const [, path = ''] of text.matchAll(/^(?:-c|--constraint)[\s=]*(\S+)/gm)) {
    const file = files.get(posix.normalize(posix.join(posix.dirname(set.path), path)))
    const pins = file === undefined ? [] : readRequirements(file.path, file.text).requirements
    for (const { name, version } of pins) if (version !== undefined) names.add(name)
  }
  return names
}

/** A manifest that no lock answers for, nor a list of requirements beside it that pins everything. */
function looseManifests(survey: Survey): readonly RawFinding[] {
  return survey.manifests.flatMap(({ file, declared }) => {
    if (pythonLockOf(file, survey) !== undefined || hasPinnedList(file.path, survey)) return []
    const loose = declared.filter(({ elsewhere, specifiers }) => !elsewhere && !isExact(specifiers))
    if (loose.length === 0) return []
    const names = [...new Set(loose.map(({ name }) => name))]
    const many = names.length === 1 ? 'the dependency' : `the ${names.length} dependencies`
    const message = `Nothing locks ${many} of ${file.path} (${few(names)}): each installation takes the newest version that fits. Write a lock file with ${commandIn(file)} and commit it.`
    return [
      hygieneFinding({ rule: 'unpinned', message, path: file.path, line: loose[0]?.line, about: file.path }),
    ]
  })
}

function isExact(specifiers: readonly string[] | undefined): boolean {
  return specifiers?.every((each) => /^===?[^*,]+$/.test(each)) === true
}

/** Lists of the same folder: another way to deploy what the manifest asks for. */
function hasPinnedList(path: string, { requirements }: Survey): boolean {
  return requirements.some(
    (set) =>
      posix.dirname(set.path) === posix.dirname(path) &&
      set.requirements.every(({ version, elsewhere }) => version !== undefined || elsewhere),
  )
}

function loosePackageJsons(survey: Survey): readonly RawFinding[] {
  const { files } = survey
  return [...files.values()].flatMap((file) => {
    if (file.name !== 'package.json' || isNodeLocked(file.path, survey, files)) return []
    const names = [...npmDeclared(file).keys()]
    if (names.length === 0) return []
    const message = `Nothing locks the ${names.length === 1 ? 'dependency' : `${names.length} dependencies`} of ${file.path} (${few(names)}): each installation takes the newest version that fits. Write a lock file with ${commandIn(file)} and commit it.`
    return [hygieneFinding({ rule: 'unpinned', message, path: file.path, about: file.path })]
  })
}
