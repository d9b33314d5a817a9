/** Adds up what tools measured and found to the values that rules speak about. */
import type { Finding } from '../finding/finding.ts'
import { labelValuesOf } from './label-values.ts'
import type { Measurement, MetricDeclaration, MetricDeclarations, MetricValue } from './metric.ts'
import { printLabels } from './print-rule.ts'
import { totalOf } from './total.ts'

/** What one tool's run on one package gave. */
export interface MetricPart {
  readonly tool: string
  readonly package?: string | undefined
  /** Metrics that it feeds; each that is counted from findings is then at least 0. Empty for a failed run. */
  readonly metrics: readonly string[]
  /** See `Tool`: where nothing else feeds such a metric, 0 is no total. */
  readonly inPassing?: readonly string[] | undefined
  /** Where a metric is counted by rule: those that were looked for. Default: all that it declares. */
  readonly rules?: readonly string[] | undefined
  /** With states where `compared` is not `none`, and with the fixed ones where it is `exact`. */
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  /** The same measurements at the base; absent where they are not known. */
  readonly baseMeasurements?: readonly Measurement[] | undefined
  readonly compared: 'exact' | 'lines' | 'none'
}

/** What one part says about one metric and one set of labels. */
export interface Share {
  readonly tool: string
  readonly labels: Readonly<Record<string, string>>
  readonly now: readonly Measurement[]
  /** Absent where the base is not known. */
  readonly base?: readonly Measurement[] | undefined
  readonly new?: number | undefined
}

/**
 * Values of all metrics that something was measured of: the total (no labels), by tool, by package, by both,
 * and by the labels of measurements; in the order of declarations, then by number of labels. Suppressed findings do
 * not count. `base` is known where every part that feeds the value was compared exactly, `new` where every
 * one was compared at all. Does not depend on the order of parts.
 */
export function addUp(
  declarations: MetricDeclarations,
  parts: readonly MetricPart[],
): readonly MetricValue[] {
  return Object.entries(declarations).flatMap(([name, declaration]) => valuesOf(name, declaration, parts))
}

function valuesOf(name: string, declaration: MetricDeclaration, parts: readonly MetricPart[]): MetricValue[] {
  // A derived figure of the whole is not one more part beside those of the packages.
  const hasWhole = declaration.adds === 'only' && parts.some((part) => isWhole(part, name))
  const groups = new Map<string, Group>()
  for (const part of parts) {
    for (const share of sharesOf(name, declaration, part)) {
      if (hasWhole && part.package !== undefined && share.labels['package'] === undefined) continue
      const key = printLabels(share.labels)
      const group = groups.get(key) ?? { labels: share.labels, shares: [], looked: false }
      group.shares.push(share)
      group.looked ||= part.inPassing?.includes(name) !== true
      groups.set(key, group)
    }
  }
  const names = (labels: Readonly<Record<string, string>>) => Object.keys(labels).length
  const sorted = [...groups].toSorted(
    ([a, one], [b, other]) => names(one.labels) - names(other.labels) || (a < b ? -1 : 1),
  )
  return sorted.flatMap(([, { labels, shares, looked }]) => {
    const total = totalOf(name, declaration, labels, shares)
    const isKnown = looked || labels['tool'] !== undefined || total?.value !== 0
    return total === undefined || !isKnown ? [] : [total]
  })
}

interface Group {
  readonly labels: Readonly<Record<string, string>>
  readonly shares: Share[]
  /** Whether any of them is of a tool that looks for it, and does not only come upon it. */
  looked: boolean
}

function isWhole(part: MetricPart, name: string): boolean {
  return part.package === undefined && part.measurements.some((each) => each.metric === name)
}

function sharesOf(name: string, declaration: MetricDeclaration, part: MetricPart): readonly Share[] {
  const measured = part.measurements.filter((each) => each.metric === name)
  const base =
    part.compared === 'exact' ? part.baseMeasurements?.filter((each) => each.metric === name) : undefined
  const counted = declaration.counts === undefined ? [] : countedFindings(name, part)
  const feeds = part.metrics.includes(name)
  const counts =
    declaration.counts !== undefined && (feeds || counted.some((finding) => finding.state !== 'fixed'))
  // A run that failed feeds nothing; what it had at the base must not look like an improvement.
  if (!counts && measured.length === 0 && !(feeds && base !== undefined && base.length > 0)) return []
  const shares = ownLabels(part).map((labels) => {
    const share = { tool: part.tool, labels }
    if (!counts) return { ...share, now: forTotal(measured), base: base && forTotal(base) }
    return withCounts(share, declaration, part, counted, forTotal(measured), base && forTotal(base))
  })
  const labelled = labelledMeasurements(part.tool, measured, base).map((share) =>
    counts
      ? withCounts(share, declaration, part, ofLabels(counted, share.labels), share.now, share.base)
      : share,
  )
  return counts
    ? [...shares, ...labelled, ...byPrimaryLabel(declaration, part, counted)]
    : [...shares, ...labelled]
}

/** One for each instance. */
function countedFindings(name: string, part: MetricPart): readonly Finding[] {
  return part.findings
    .filter((finding) => finding.metric === name && !finding.suppression)
    .flatMap(
      (finding) => finding.instances?.map((labels) => ({ ...finding, instances: [labels] })) ?? [finding],
    )
}

/** A tool that measures a count by labels says with it which labels its findings count by, be it with 0. */
function ofLabels(counted: readonly Finding[], labels: Readonly<Record<string, string>>): readonly Finding[] {
  const wanted = Object.entries(labels)
  return counted.filter(({ instances: [own] = [] }) => wanted.every(([name, value]) => own?.[name] === value))
}

function ownLabels(part: MetricPart): readonly Readonly<Record<string, string>>[] {
  const byTool = [{}, { tool: part.tool }]
  if (part.package === undefined) return byTool
  return [...byTool, { package: part.package }, { tool: part.tool, package: part.package }]
}

/** Where a tool gives a figure for the whole beside labelled ones, the labelled ones are not added to it. */
function forTotal(measured: readonly Measurement[]): readonly Measurement[] {
  const whole = measured.filter((each) => !hasLabels(each))
  return whole.length > 0 ? whole : measured
}

function hasLabels(measurement: Measurement): boolean {
  return Object.keys(measurement.labels ?? {}).length > 0
}

function labelledMeasurements(
  tool: string,
  measured: readonly Measurement[],
  base: readonly Measurement[] | undefined,
): readonly Share[] {
  const byLabels = Map.groupBy(measured.filter(hasLabels), (each) => printLabels(each.labels ?? {}))
  return [...byLabels].map(([key, now]) => ({
    tool,
    labels: now[0]?.labels ?? {},
    now,
    base: base?.filter((each) => printLabels(each.labels ?? {}) === key),
  }))
}

/**
 * A count of findings is a measurement like any other; counts that a tool measures itself are added. What a
 * new version of a tool brings was there at the base, though not seen.
 */
function withCounts(
  share: Pick<Share, 'tool' | 'labels'>,
  declaration: MetricDeclaration,
  part: MetricPart,
  findings: readonly Finding[],
  measured: readonly Measurement[] = [],
  base: readonly Measurement[] | undefined = part.compared === 'exact' ? [] : undefined,
): Share {
  const metric = ''
  const count = (counted: readonly Finding[]) =>
    declaration.counts === 'files' ? countFiles(counted) : counted.length
  const now = count(findings.filter((finding) => finding.state !== 'fixed'))
  const before = count(findings.filter((finding) => finding.state !== 'new' && finding.state !== 'unknown'))
  return {
    ...share,
    now: [...measured, { metric, value: now }],
    ...(part.compared === 'exact' && { base: [...(base ?? []), { metric, value: before }] }),
    // Which of the ones that the tool only counts are new, nobody knows.
    ...(part.compared !== 'none' &&
      measured.every(({ value }) => value === 0) && {
        new: count(findings.filter((finding) => finding.state === 'new')),
      }),
  }
}

/** Findings without a place count one each: nothing says that they are the same. */
function countFiles(findings: readonly Finding[]): number {
  const paths = new Set<string>()
  let placeless = 0
  for (const { location } of findings) {
    if (location === undefined) placeless += 1
    else paths.add(location.path)
  }
  return paths.size + placeless
}

/** Counts by level, severity or rule, where that is what `metric.label` means; by each value, so that none is 0. */
function byPrimaryLabel(
  declaration: MetricDeclaration,
  part: MetricPart,
  findings: readonly Finding[],
): readonly Share[] {
  const label = declaration.primaryLabel
  if (label !== 'level' && label !== 'severity' && label !== 'rule') return []
  const values = (label === 'rule' ? part.rules : undefined) ?? labelValuesOf(declaration) ?? []
  return values.flatMap((value) => {
    const own = findings.filter((finding) => labelOf(finding, label) === value)
    return ownLabels(part).map((labels) =>
      withCounts({ tool: part.tool, labels: { ...labels, [label]: value } }, declaration, part, own),
    )
  })
}

function labelOf(finding: Finding, label: 'level' | 'severity' | 'rule'): string {
  if (label === 'severity') return finding.security?.severity ?? 'unknown'
  return finding[label]
}
