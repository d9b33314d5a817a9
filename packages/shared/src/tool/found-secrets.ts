/** Secrets that tools found, to be hidden in all that is written. Pure. */
import type { RawFinding } from '../finding/finding.ts'
import type { Project } from './project.ts'

/** Also tokens in the names of files, of which some are in the history alone. */
export function secretsIn(findings: readonly RawFinding[]): readonly string[] {
  const values = findings.flatMap(({ security, location }) => [
    ...(security?.secret?.value === undefined ? [] : [security.secret.value]),
    ...(security === undefined ? [] : tokensIn(location?.path ?? '')),
  ])
  return [...new Set(values)]
}

/**
 * Passes on what can be hidden everywhere. A short or usual word, such as `admin`, also stands in paths and sentences, and
 * without the name of a file nobody finds it; such a value is masked in the finding itself alone.
 */
export function hiderFor(
  project: Pick<Project, 'files'>,
  hide: (secret: string) => void,
): (secret: string) => void {
  return (value) => {
    if (canBeHidden(value) && !(isWord(value) && namesIn(project).has(value))) hide(value)
  }
}

function canBeHidden(value: string): boolean {
  return (value.length >= 8 && !usual.has(value.toLowerCase())) || (value.length >= 6 && !isWord(value))
}

function isWord(value: string): boolean {
  return /^[a-z_-]+$/i.test(value)
}

/** What many services begin with is no secret, and so is what our own sentences say. */
const usual = new Set(
  [
    'administrator anonymous authentication authorization certificate changeit changeme credential credentials',
    'database dependency development elasticsearch findings localhost mariadb minioadmin mongodb passphrase password',
    'passwort postgres postgresql production rabbitmq repository secretkey security severity supersecret superuser',
    'template testpassword username vulnerability workflow workflows',
  ].flatMap((line) => line.split(' ')),
)

const namesOf = new WeakMap<Pick<Project, 'files'>, ReadonlySet<string>>()

/** Files and folders, with and without their suffixes, and the words in them. */
function namesIn(project: Pick<Project, 'files'>): ReadonlySet<string> {
  const known = namesOf.get(project)
  if (known !== undefined) return known
  const segments = new Set(project.files.flatMap((path) => path.split('/')))
  const names = new Set(
    [...segments].flatMap((each) => [each, ...each.split('.'), ...each.split(/[^a-z]+/i)]),
  )
  namesOf.set(project, names)
  return names
}

/** By what their issuers begin them with: no sentence, and no name of a file, has these by chance. */
const tokens =
  /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,}|glpat-[\w-]{20,}|(?:AKIA|ASIA)[A-Z2-7]{16}|xox[abeoprs]-[\w-]{10,}|npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,}|[rs]k_live_\w{20,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})/g

/** In the name of a file, where no scanner looks. */
export function tokensIn(path: string): readonly string[] {
  return path.match(tokens) ?? []
}
