/** Suppressions as people write them: risks that do not count for a while. docs/suppressions.md describes them. Pure. */
import type { DecisionList } from '../../decision/decisions.ts'
import { readDecisions, shownSubject } from '../../decision/decisions.ts'
import type { RiskKind } from '../../finding/finding.ts'
import { closest } from '../../parse/closest.ts'

export interface SuppressionEntry {
  /** Identity of the risk; see `riskIdentity`. */
  readonly id: string
  readonly reason: string
  readonly owner: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string
  /** Default `accepted`. */
  readonly status?: SuppressionStatus | undefined
  readonly justification?: Justification | undefined
  /** File that it stands in. */
  readonly path: string
  /** 1-based, in the list of that file. */
  readonly number: number
}

export const suppressionStatuses = ['not-affected', 'accepted', 'false-positive', 'will-be-fixed'] as const
export type SuppressionStatus = (typeof suppressionStatuses)[number]

/** Why a vulnerability does not affect the product. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md */
export const justifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const
export type Justification = (typeof justifications)[number]

export interface SuppressionSource {
  /** File that the list stands in. */
  readonly path: string
  /** Of `suppressions`, as plain data; undefined where there is none. */
  readonly data: unknown
}

export interface ReadSuppressions {
  readonly entries: readonly SuppressionEntry[]
  /** Sentences with file and number; each is an input error. */
  readonly problems: readonly string[]
}

export interface SuppressionDates {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string
  /** How many days from today an entry may hold, whatever its severity. */
  readonly longestDays: number
}

/** Several lists count as one: what stands in two of them is there more than once. */
export function readSuppressions(
  sources: readonly SuppressionSource[],
  dates: SuppressionDates,
): ReadSuppressions {
  const lists = sources.map((source) => readList(source, dates))
  const entries = lists.flatMap((list) => list.entries)
  const own = lists.flatMap(({ entries: each }) => [...new Set(each.map(({ id }) => id))])
  const twice = new Set(own.filter((id, index) => own.indexOf(id) !== index))
  return {
    entries,
    problems: [
      ...lists.flatMap(({ problems }) => problems),
      ...[...twice].map(
        (id) =>
          `${shownSubject(id)} is suppressed in ${sources.map(({ path }) => `\`${path}\``).join(' and ')}.`,
      ),
    ],
  }
}

function readList({ path, data }: SuppressionSource, dates: SuppressionDates): ReadSuppressions {
  const list: DecisionList = {
    name: `\`suppressions\` of \`${path}\``,
    place: '',
    subject: 'id',
    optional: ['status', 'justification'],
    longestDays: dates.longestDays,
    problemsOf: (id, { status, justification }) => [
      ...(id === undefined ? [] : identityProblems(id)),
      ...wordProblems('status', status, suppressionStatuses),
      ...wordProblems('justification', justification, justifications),
      ...(justification !== undefined && status !== 'not-affected'
        ? ['`justification` needs `status: not-affected`']
        : []),
    ],
  }
  const { decisions, problems } = readDecisions(data, list, dates.today)
  const entries = decisions.map(({ subject, reason, owner, expires, more, number }) => ({
    ...{ id: subject, reason, owner, expires, path, number },
    status: suppressionStatuses.find((known) => known === more['status']),
    justification: justifications.find((known) => known === more['justification']),
  }))
  return { entries, problems }
}

const kinds: readonly RiskKind[] = [
  ...(['vulnerability', 'secret', 'weakness', 'misconfiguration', 'license', 'hygiene'] as const),
]

/** First word of an identity; undefined for a text that is none. */
export function kindOfIdentity(id: string): RiskKind | undefined {
  const [word, ...rest] = id.split(' ')
  return rest.length === 0 ? undefined : kinds.find((kind) => kind === word)
}

/** What a person writes who knows the tools' own ignore files. */
const bareAdvisory = /^(?:CVE|GHSA|PYSEC|OSV|RUSTSEC|GO)-[\w-]+$/i

/** What is wrong with a text as an identity, as clauses. */
export function identityProblems(id: string): readonly string[] {
  if (kindOfIdentity(id) !== undefined) return []
  const example = '`vulnerability pypi/jinja2 CVE-2024-22195`'
  if (bareAdvisory.test(id))
    return [
      `${shownSubject(id)} does not say in which component; the report shows the whole text, such as ${example}`,
    ]
  const near = closest(id.split(' ')[0] ?? '', kinds)
  const hint = near === undefined || near === id ? '' : ` (did you mean \`${near}\`?)`
  return [
    `an identity begins with one of ${kinds.join(', ')}${hint}; the report shows it, such as ${example}`,
  ]
}

function wordProblems(key: string, value: string | undefined, known: readonly string[]): readonly string[] {
  if (value === undefined || known.includes(value)) return []
  const near = closest(value.replaceAll(/[_ ]/g, known[0]?.includes('_') ? '_' : '-'), known)
  const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean \`${near}\`?`
  return [`there is no ${shownSubject(`${key}: ${value}`)} (${hint})`]
}
