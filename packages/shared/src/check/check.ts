/**
 * The one way of every action that checks a project: plan, run tools, compare with the base, judge, report.
 * An action brings its tools, metrics and default rules, and what it derives from the results.
 */
import type { ActionOutcome } from '../action/spec.ts'
import type { Finding } from '../finding/finding.ts'
import { stateByLines } from '../finding/lines.ts'
import type { MetricPart } from '../gate/metrics.ts'
import { isProposal } from '../github/event.ts'
import { readResults } from '../history/results.ts'
import type { ToolOutcome } from '../tool/run-tools.ts'
import { runTools } from '../tool/run-tools.ts'
import type { BaseSide } from './base-side.ts'
import { findChanges, nothingOnBase, runOnBase, storedKey } from './base-side.ts'
import { readBaseline } from './baseline-file.ts'
import type { ComparedOutcome } from './comparison.ts'
import type {
  Change,
  CheckContext,
  CheckDefinition,
  CheckResults,
  OpenedCheck,
  Refined,
} from './definition.ts'
import { describeGaps } from './gaps.ts'
import { judge } from './judge.ts'
import { chooseKnowledge } from './knowledge.ts'
import { describeNewSuppressions, findLoosening } from './loosening.ts'
import { planLines } from './plan-log.ts'
import { planReport } from './plan-report.ts'
import type { ToolsRequest } from './prepared-run.ts'
import { prepareRun } from './prepared-run.ts'
import { openRescan } from './rescan.ts'
import type { ResultCache } from './result-cache.ts'
import { keepResults } from './result-cache.ts'
import type { CheckSetup } from './setup.ts'
import { openCheck, planCheck, repositoryPaths } from './setup.ts'
import type { ProjectSize } from './size.ts'
import { addSize } from './size.ts'
import type { SourceScan } from './source-scan.ts'
import { scanSources } from './source-scan.ts'

/** `extra` are measurements that no tool makes. */
export async function checkProject(
  context: CheckContext,
  definition: CheckDefinition,
  extra: readonly MetricPart[] = [],
): Promise<ActionOutcome> {
  const { host, inputs } = context
  const opened = await openCheck(context, definition)
  const early = await survey(context, definition, opened)
  const setup = await planCheck(context, definition, opened)
  for (const line of planLines(setup.plan)) host.runner.debug(line)
  if (inputs.plan) return planReport(setup.plan, context)
  const preparing = prepareRun(context, definition, setup)
  // All may wait for the network, and none needs the others. What is given is read before any tool runs, so that a
  // secret in it is hidden in what they print.
  const [{ base, changes }, { cache, request }, given] = await Promise.all([
    early ?? findChanges(host, setup.repository, inputs),
    preparing,
    definition.given?.(setup, async ({ name }) => (await preparing).request.environments.get(name)) ?? [],
  ])
  host.runner.debug(describeBase(base, changes))
  const { outcomes: ran, scan } = await runOnHead(context, setup, request, definition.looksAt)
  const outcomes = [...ran, ...given]
  const onBase =
    base.kind === 'found' && setup.repository !== undefined
      ? await runOnBase(setup.repository, base.sha, changes, request)
      : nothingOnBase
  const side: BaseSide = { base, changes, ...onBase }
  const remembered = await request.remembered.save()
  const known = await compare(context, setup, cache, side, outcomes)
  const { compared, ...refined } = await refine(definition, known, changeOf(setup, side))
  await definition.repair?.(openRescan(context, setup, request, { compared, ran }))
  const { plan, repository } = setup
  await keepResults(host, cache, { repository, outcomes: ran, plan, remembered, installs: request.installs })
  const suppressions = suppressionsPart(scan.suppressions, side)
  const results = collect(setup, side, compared, scan.size, [...extra, suppressions])
  const notices = [...describeGaps(inputs.paths, setup.projects), ...refined.notices]
  const loosened = [
    ...refined.loosened,
    ...(await findLoosened(context, definition, setup, side)),
    ...describeNewSuppressions(suppressions.findings),
  ]
  const { environments } = request
  const own = refined.parts ?? []
  return judge(context, definition, { results, own, setup, side, environments, notices, loosened })
}

/** Git looks for the base while something is read before anything is planned; undefined where nothing is. */
async function survey({ host, inputs }: CheckContext, definition: CheckDefinition, opened: OpenedCheck) {
  if (definition.survey === undefined) return undefined
  const [found] = await Promise.all([
    inputs.plan ? undefined : findChanges(host, opened.repository, inputs),
    definition.survey(opened),
  ])
  return found
}

function describeBase(base: BaseSide['base'], changes: BaseSide['changes']): string {
  const found = base.kind === 'found'
  return `base: ${found ? `${base.sha}, ${base.message}; files changed: ${changes.length}` : base.why}`
}

/** The sources are read while the tools run, or, where tools change them, afterwards. */
async function runOnHead(
  { host, inputs }: CheckContext,
  { top, projects }: CheckSetup,
  request: ToolsRequest,
  looksAt: CheckDefinition['looksAt'],
): Promise<{ readonly outcomes: readonly ToolOutcome[]; readonly scan: SourceScan }> {
  const paths = projects.flatMap((project) => repositoryPaths(project, looksAt))
  const scanned = () => scanSources(host.files, top, paths)
  const running = runTools({ ...request, workspace: top, role: 'head', fix: inputs.fix })
  if (inputs.fix) return { outcomes: await running, scan: await scanned() }
  const [outcomes, scan] = await Promise.all([running, scanned()])
  return { outcomes, scan }
}

async function compare(
  context: CheckContext,
  setup: CheckSetup,
  cache: ResultCache,
  side: BaseSide,
  outcomes: readonly ToolOutcome[],
): Promise<readonly ComparedOutcome[]> {
  const { host } = context
  const { plan } = setup
  const stored =
    side.base.kind === 'found' ? await readResults(host, cache.results, side.base.sha) : undefined
  const keys = plan.packages.flatMap((planned) =>
    planned.tools.map(
      ({ tool }) => [`${planned.project.name}\0${tool.id}`, storedKey(plan, planned, tool.id)] as const,
    ),
  )
  return chooseKnowledge(outcomes, side, {
    stored: stored ?? [],
    storedKeys: new Map(keys),
    baseline: await readBaseline(context, setup, side.base),
    baselineFirst: !isProposal(host.facts.event),
  })
}

async function refine(
  definition: CheckDefinition,
  compared: readonly ComparedOutcome[],
  change: Change | undefined,
): Promise<Refined> {
  return (await definition.refine?.(compared, change)) ?? { compared, notices: [], loosened: [] }
}

function changeOf({ repository }: CheckSetup, { base, changes }: BaseSide): Change | undefined {
  return repository === undefined || base.kind === 'none'
    ? undefined
    : { repository, baseSha: base.sha, changes }
}

function suppressionsPart(found: readonly Finding[], { base, changes }: BaseSide): MetricPart {
  const known = base.kind === 'found'
  return {
    tool: 'suppressions',
    metrics: ['suppressions'],
    findings: known ? stateByLines(found, changes) : found,
    measurements: [],
    compared: known ? 'lines' : 'none',
  }
}

function collect(
  { projects }: CheckSetup,
  side: BaseSide,
  compared: readonly ComparedOutcome[],
  size: ProjectSize,
  extra: readonly MetricPart[],
): CheckResults {
  const hasBaseline = compared.some(({ knowledge }) => knowledge === 'baseline')
  return {
    compared,
    projects,
    size,
    baseSize: addSize(size, side.growth, -1),
    hasBase: side.base.kind === 'found' || hasBaseline,
    extra,
  }
}

async function findLoosened(
  context: CheckContext,
  definition: CheckDefinition,
  setup: CheckSetup,
  side: BaseSide,
): Promise<readonly string[]> {
  const change = changeOf(setup, side)
  return change ? findLoosening(context, definition, { ...change, projects: setup.projects }) : []
}
