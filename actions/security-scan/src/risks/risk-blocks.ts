/** What to do about the risks, the most urgent first. Pure. */
import type { Block, Finding, Prose, Tool, ToolRun } from '@ci-actions/shared'
import { counted, proseCode, proseText, shorten } from '@ci-actions/shared'
import { adviceFor } from './advice.ts'
import type { RiskStep } from './risk-step.ts'
import { riskSteps } from './risk-step.ts'
import { upgradeCommand, upgradeOf } from './upgrade.ts'

/** A tool of this run, for "found by 3 of 4". */
export interface RiskFinder {
  readonly id: string
  /** Of the tool; those of one kind look for the same. */
  readonly kind: Tool['kind']
  readonly status: ToolRun['status']
}

const mostNew = 50
/** A longer list is looked for, not read. */
const mostOpen = 10
const mostOld = 100

/** `patchFor`: name in the report folder of the patch that mends a finding. */
export function riskBlocks(
  findings: readonly Finding[],
  finders: readonly RiskFinder[],
  patchFor: (finding: Finding) => string | undefined = () => undefined,
): readonly Block[] {
  const steps = riskSteps(findings).map((step) => ({ ...step, patch: patchFor(step.findings[0]) }))
  const fresh = steps.filter(({ isNew }) => isNew)
  const old = steps.filter(({ isNew }) => !isNew)
  return [
    ...stepsBlock('What to do', fresh, finders, mostNew),
    ...stepsBlock(
      fresh.length === 0 ? 'What to do about what was there before' : 'What was there before',
      old,
      finders,
      mostOld,
    ),
  ]
}

function stepsBlock(
  title: string,
  steps: readonly RiskStep[],
  finders: readonly RiskFinder[],
  most: number,
): readonly Block[] {
  if (steps.length === 0) return []
  const shown = steps.slice(0, most)
  const risks = steps.reduce((sum, { findings }) => sum + findings.length, 0)
  const cells = shown.map((step) => rowOf(step, finders))
  // A column that says nothing takes room on a phone.
  const withFinders = cells.some((row) => row.at(-1) !== '')
  const titles = ['severity', 'risk', 'what to do', 'found by']
  const width = withFinders ? titles.length : titles.length - 1
  return [
    {
      kind: 'details',
      title: `${title}: ${counted(steps.length, 'step')}${risks === steps.length ? '' : ` for ${counted(risks, 'risk')}`}`,
      open: steps.length <= mostOpen && steps.some(({ isNew }) => isNew),
      blocks: [
        {
          kind: 'table',
          columns: titles.slice(0, width).map((each) => ({ title: each })),
          rows: cells.map((row) => row.slice(0, width)),
          more: steps.length - shown.length,
        },
      ],
    },
  ]
}

function rowOf(step: RiskStep, finders: readonly RiskFinder[]): readonly Prose[] {
  return [severityText(step), riskText(step), actionText(step), findersText(step, finders)]
}

function severityText({ severity, findings }: RiskStep): Prose {
  const { score } = findings[0].security ?? {}
  return score === undefined ? severity : `${severity} ${score.toFixed(1)}`
}

function riskText({ findings }: RiskStep): Prose {
  const [first] = findings
  const { security } = first
  const parts = [
    security?.kind === 'vulnerability' ? vulnerabilityText(findings) : ruleText(findings),
    findings.some((each) => each.security?.exploited === true) ? 'attacked already (KEV)' : '',
    epssText(findings),
    security?.verified === true ? 'its service accepts it' : '',
    placeText(findings),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

/** `jinja2` 2.10: CVE-2019-10906 and 2 more */
function vulnerabilityText(findings: RiskStep['findings']): Prose {
  const [first] = findings
  const { dependency } = first.security ?? {}
  const what =
    dependency === undefined
      ? ''
      : `${proseCode(dependency.name)}${dependency.version === undefined ? '' : ` ${proseText(dependency.version)}`}: `
  const ids = [...new Set(findings.map(bestId))]
  const shown = ids.slice(0, 2).map(proseText).join(', ')
  return `${what}${shown}${ids.length > 2 ? ` and ${ids.length - 2} more` : ''}`
}

/** The name that most people know it by. */
function bestId({ rule, security }: Finding): string {
  return security?.ids?.find((id) => /^CVE-/i.test(id)) ?? rule
}

/** What is wrong with dependencies and licences says its message, with what to do; here it has a short name. */
const ownRules: Readonly<Record<string, string>> = {
  conflicts: 'versions exclude each other',
  unpinned: 'versions are not pinned',
  'stale-lock': 'lock file is out of date',
  outdated: 'newer versions exist',
  denied: 'its licence is denied',
  unknown: 'nobody knows its licence',
}

function ruleText(findings: RiskStep['findings']): Prose {
  const [first] = findings
  const { rule, message, security, witnesses = [] } = first
  const times = findings.length === 1 ? '' : ` (${findings.length} times)`
  if (saysWhatToDo(first)) {
    const name = security?.dependency?.name
    const own = Object.hasOwn(ownRules, rule) ? ownRules[rule] : undefined
    return `${name === undefined ? '' : `${proseCode(name)}: `}${own ?? proseCode(rule)}${times}`
  }
  // Of what several tools found, none of their names for it is the right one.
  const name = witnesses.length > 1 || rule === '' ? '' : `${proseCode(rule)} `
  return `${name}${messageProse(shorten(message, 120)).replace(/\.$/, '')}${times}`
}

/** Messages of our own checks end with what mends it. */
function saysWhatToDo({ security, rule }: Finding): boolean {
  return security?.kind === 'hygiene' || security?.kind === 'license' || rule.startsWith('dependabot-')
}

/** Backticks are code, where they come in pairs. */
function messageProse(text: string): Prose {
  return text.split('`').length % 2 === 1 ? text : proseText(text)
}

function epssText(findings: RiskStep['findings']): string {
  const most = Math.max(...findings.map(({ security }) => security?.epss ?? 0))
  if (most === 0) return ''
  return most < 0.01 ? 'EPSS below 1 %' : `EPSS ${Math.round(most * 100)} %`
}

function placeText([{ location }]: RiskStep['findings']): Prose {
  if (location === undefined) return ''
  return proseCode(location.line === undefined ? location.path : `${location.path}:${location.line}`)
}

function actionText(step: RiskStep): Prose {
  const [first] = step.findings
  const { security } = first
  if (security?.kind === 'vulnerability') return upgradeText(step)
  if (saysWhatToDo(first)) return messageProse(shorten(first.message, 300))
  return adviceFor(first) ?? (first.help === undefined ? '' : `See ${proseCode(first.help)}.`)
}

function upgradeText({ findings, patch }: RiskStep): Prose {
  const [first] = findings
  const { dependency } = first.security ?? {}
  const { version, withoutFix } = upgradeOf(findings)
  if (dependency === undefined || version === undefined)
    return `No version without it is known${throughText(first)}: replace it, or suppress it with a reason and a date.`
  const command = upgradeCommand(dependency, version, first.location?.path)
  const left = withoutFix === 0 ? '' : ` ${counted(withoutFix, 'of them has', 'of them have')} no fix yet.`
  const line = isListed(first)
    ? `: write ${proseCode(`${dependency.name}==${version}`)} there${otherListsText(first)}`
    : '.'
  const how = command === undefined ? line : `: ${proseCode(command)}`
  const advice = `Upgrade to ${proseText(version)}${throughText(first)}${how}${left}`
  if (patch === undefined) return advice
  return `${advice}${advice.endsWith('.') ? '' : '.'} Patch in the report folder: ${proseCode(patch)}.`
}

/** Upgraded in one list alone, it is still there in the others. */
function otherListsText({ related = [] }: Finding): Prose {
  const [one, ...more] = related
  if (one === undefined) return ''
  const place = proseCode(one.line === undefined ? one.path : `${one.path}:${one.line}`)
  return ` and in ${place}${more.length === 0 ? '' : ` and ${counted(more.length, 'more place')}`}`
}

/** In a list of requirements that no tool wrote, as far as one can see. */
function isListed({ location, security }: Finding): boolean {
  return /\.(?:txt|in)$/.test(location?.path ?? '') && (security?.dependency?.via ?? []).length < 2
}

/** What has to be upgraded instead, where the project does not ask for it itself. */
function throughText({ security }: Finding): Prose {
  const { direct, via = [] } = security?.dependency ?? {}
  const [top] = via
  if (direct === true || top === undefined || via.length < 2) return ''
  const way = via.length > 3 ? [top, '…', via.at(-2) ?? ''] : via.slice(0, -1)
  return `, which comes through ${way.map((each) => (each === '…' ? each : proseCode(each))).join(' → ')}`
}

/** "2 of 3": of the tools that ran and look for the same kind of thing. */
function findersText({ findings }: RiskStep, finders: readonly RiskFinder[]): Prose {
  const ids = new Set(
    findings.flatMap(({ tool, witnesses = [] }) => [tool, ...witnesses.map((each) => each.tool)]),
  )
  const kinds = new Set(finders.flatMap(({ id, kind }) => (ids.has(id) && kind !== 'given' ? kind : [])))
  const ran = finders.filter(({ status }) => status === 'clean' || status === 'findings')
  const could = new Set([...ids, ...ran.filter(({ kind }) => kinds.has(kind)).map(({ id }) => id)])
  const [only = ''] = ids
  return could.size === 1 ? proseText(only) : `${ids.size} of ${could.size}`
}
