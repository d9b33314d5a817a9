/** The entries of dependabot.yml, and what is wrong in each. Pure. */
import type { JsonRecord, RawFinding } from '@ci-actions/shared'
import { isRecord } from '@ci-actions/shared'
import { dependabotFinding, didYouMean } from './dependabot-finding.ts'
import { knownEcosystems } from './ecosystems.ts'

export interface UpdateEntry {
  readonly ecosystem: string
  readonly directories: readonly string[]
  readonly line: number | undefined
}

interface Document {
  readonly path: string
  readonly text: string
  readonly data: JsonRecord
}

const topKeys = ['version', 'updates', 'registries', 'enable-beta-ecosystems', 'multi-ecosystem-groups']

const updateKeys = [
  ...['package-ecosystem', 'directory', 'directories', 'schedule', 'allow', 'assignees', 'commit-message'],
  ...[
    'cooldown',
    'exclude-paths',
    'groups',
    'ignore',
    'insecure-external-code-execution',
    'labels',
    'milestone',
  ],
  ...['multi-ecosystem-group', 'open-pull-requests-limit', 'patterns', 'pull-request-branch-name'],
  ...['rebase-strategy', 'registries', 'reviewers', 'target-branch', 'vendor', 'versioning-strategy'],
]

const scheduleKeys = ['interval', 'day', 'time', 'timezone', 'cronjob']
const intervals = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'yearly', 'cron']

export function updateEntries({ path, text, data }: Document): {
  readonly entries: readonly UpdateEntry[]
  readonly findings: readonly RawFinding[]
} {
  const lines = text.split('\n')
  const heads = lines.flatMap((line, index) =>
    /^\s*(?:-\s+)?["']?package-ecosystem["']?\s*:/.test(line) ? [index + 1] : [],
  )
  const updates = Array.isArray(data['updates']) ? data['updates'].filter(isRecord) : []
  const entries = updates.map(
    (update, index): UpdateEntry => ({
      ecosystem: typeof update['package-ecosystem'] === 'string' ? update['package-ecosystem'] : '',
      directories: directoriesOf(update),
      line: heads.length === updates.length ? heads[index] : undefined,
    }),
  )
  const findings = [
    ...unknownKeys(data, topKeys, { path, lines, where: 'the file' }),
    ...updates.flatMap((update, index) => {
      const entry = entries[index] ?? { ecosystem: '', directories: [], line: undefined }
      return [
        ...unknownKeys(update, updateKeys, { path, lines, where: `the entry \`${entry.ecosystem}\`` }),
        ...unknownEcosystem(entry, path),
        ...scheduleProblems(update, entry, { path, lines }),
      ]
    }),
  ]
  return { entries, findings }
}

function directoriesOf(update: JsonRecord): readonly string[] {
  const { directory, directories } = update
  const listed: readonly unknown[] = Array.isArray(directories) ? directories : [directory]
  return listed.filter((each) => typeof each === 'string')
}

interface Where {
  readonly path: string
  readonly lines: readonly string[]
  readonly where: string
}

function unknownKeys(
  table: JsonRecord,
  known: readonly string[],
  { path, lines, where }: Where,
): readonly RawFinding[] {
  return Object.keys(table)
    .filter((key) => !known.includes(key))
    .map((key) =>
      dependabotFinding({
        rule: 'dependabot-unknown-key',
        message: `\`${key}\` is no key of ${where}, and GitHub refuses the file for it.${didYouMean(key, known)}`,
        path,
        line: lineOf(lines, key),
        about: key,
      }),
    )
}

function lineOf(lines: readonly string[], key: string): number | undefined {
  const index = lines.findIndex((line) => line.trim().replace(/^-\s+/, '').startsWith(`${key}:`))
  return index === -1 ? undefined : index + 1
}

function unknownEcosystem({ ecosystem, line }: UpdateEntry, path: string): readonly RawFinding[] {
  if (knownEcosystems.includes(ecosystem)) return []
  const what =
    ecosystem === ''
      ? 'An entry has no `package-ecosystem`'
      : `\`${ecosystem}\` is no ecosystem of Dependabot`
  const message = `${what}, and GitHub refuses the file for it.${didYouMean(ecosystem, knownEcosystems)}`
  return [dependabotFinding({ rule: 'dependabot-unknown-ecosystem', message, path, line, about: ecosystem })]
}

/** The schedule of an entry of a group is that of the group. */
function scheduleProblems(
  update: JsonRecord,
  { ecosystem, line }: UpdateEntry,
  { path, lines }: Omit<Where, 'where'>,
): readonly RawFinding[] {
  const { schedule } = update
  const about = `${ecosystem} schedule`
  const problem = (message: string) => [
    dependabotFinding({ rule: 'dependabot-no-schedule', message, path, line, about }),
  ]
  if (!isRecord(schedule))
    return 'multi-ecosystem-group' in update
      ? []
      : problem(`The entry \`${ecosystem}\` has no schedule. Add \`schedule: {interval: weekly}\`.`)
  const { interval } = schedule
  const unknown = unknownKeys(schedule, scheduleKeys, {
    path,
    lines,
    where: `the schedule of \`${ecosystem}\``,
  })
  if (typeof interval !== 'string' || !intervals.includes(interval)) {
    const said =
      typeof interval === 'string' ? `: \`${interval}\` is none.${didYouMean(interval, intervals)}` : '.'
    return [...unknown, ...problem(`The schedule of \`${ecosystem}\` needs an interval${said}`)]
  }
  if (interval === 'cron' && typeof schedule['cronjob'] !== 'string')
    return [...unknown, ...problem(`The schedule of \`${ecosystem}\` is \`cron\` without a \`cronjob\`.`)]
  return unknown
}
