/** Adds up, judges and assembles the report of a check. */
import { join } from 'node:path'
import type { ActionOutcome } from '../action/spec.ts'
import type { Finding } from '../finding/finding.ts'
import type { EvaluateOptions, Judgement } from '../gate/evaluate.ts'
import { evaluate } from '../gate/evaluate.ts'
import type { MetricPart } from '../gate/metrics.ts'
import { addUp } from '../gate/metrics.ts'
import { baseBranchOf, sourceLink } from '../github/event.ts'
import type { Prose } from '../report/report.ts'
import { visibleJson } from '../report/visible.ts'
import type { PythonEnvironment } from '../tool/install/environment.ts'
import type { ToolRun } from '../tool/tool.ts'
import type { BaseSide } from './base-side.ts'
import { countStale, renderBaseline } from './baseline.ts'
import type { ComparedOutcome } from './comparison.ts'
import type { CheckContext, CheckDefinition, CheckResults } from './definition.ts'
import { describeComparison } from './describe.ts'
import { renderPatches } from './patches.ts'
import { rulesOf } from './rules.ts'
import type { CheckSetup } from './setup.ts'

export interface JudgeRequest {
  readonly results: CheckResults
  /** What no tool found. */
  readonly own: readonly MetricPart[]
  readonly setup: CheckSetup
  readonly side: BaseSide
  readonly environments: ReadonlyMap<string, PythonEnvironment>
  readonly notices: readonly string[]
  /** What the change edits of its own judgement. */
  readonly loosened: readonly string[]
}

export async function judge(
  context: CheckContext,
  definition: CheckDefinition,
  request: JudgeRequest,
): Promise<ActionOutcome> {
  const { inputs } = context
  const { results, own, side } = request
  const derived = definition.derive(results)
  const parts = [...results.compared.map(({ part }) => part), ...results.extra, ...own, ...derived.parts]
  const metrics = addUp(definition.metrics, [
    ...parts,
    ...failures(results.compared, inputs['optional-tools']),
  ])
  const rules = rulesOf(definition, inputs, request.setup.packages)
  const base = results.hasBase
    ? 'known'
    : side.base.kind === 'none' && side.base.firstRun === true
      ? 'first-run'
      : 'none'
  const gate = evaluate(rules, metrics, {
    declarations: definition.metrics,
    ...expectedMetrics(results.compared, [...own, ...derived.parts]),
    base,
    ...(side.base.kind === 'none' && { baseWhy: side.base.why }),
  })
  const findings = [...results.compared.map(({ part }) => part), ...own].flatMap((part) => part.findings)
  const linkTemplate = sourceLink(context.host.facts.event)
  return {
    report: {
      ...endOf(gate, results.compared),
      rules: gate.outcomes,
      metrics,
      tools: results.compared.map(toolRun),
      exempts: true,
      findings,
      blocks: derived.blocks,
      loosened: request.loosened,
      notices: await noticesOf(context, request, findings, derived.notices),
      degraded: [],
      base: describeComparison(side.base, results.compared, side.changes),
      scope: inputs.scope,
      laptop: laptopCommand(context, definition),
      ...(linkTemplate !== undefined && { linkTemplate }),
    },
    files: {
      ...(await renderPatches(context.host, request.setup.top, findings)),
      'commands.json': `${visibleJson(results.compared.map(commandsOf), 2)}\n`,
    },
  }
}

/**
 * Where nothing failed but tools, and those only because something was not reached, the project has no verdict
 * yet: the run could not finish. Where every tool failed, there is none either, even if all of them are optional.
 */
function endOf(
  gate: Judgement,
  compared: readonly ComparedOutcome[],
): Pick<ActionOutcome['report'], 'verdict' | 'reasons'> {
  const failedTools = compared.flatMap(({ outcome }) => (outcome.run.status === 'failed' ? [outcome] : []))
  const idle = whyNothingRan(compared.map(({ outcome: { run } }) => run))
  if (idle !== undefined && gate.verdict !== 'failed') {
    const others = gate.verdict === 'passed' ? [] : gate.reasons
    return { verdict: 'incomplete', reasons: [{ code: 'nothing-ran', message: idle }, ...others] }
  }
  if (gate.verdict === 'passed') {
    const ran = compared.some(({ outcome: { run } }) => run.status === 'clean' || run.status === 'findings')
    if (ran) return { verdict: 'passed', reasons: [] }
    const message = 'No tool gave a result, so nothing was judged.'
    return { verdict: 'incomplete', reasons: [{ code: 'nothing-ran', message }] }
  }
  const unreached = new Set(failedTools.flatMap(({ unavailable }) => unavailable ?? []))
  const others = gate.outcomes.filter(
    ({ outcome, decides, rule }) => decides && outcome === 'failed' && rule.metric !== 'tools-failed',
  )
  if (
    unreached.size === 0 ||
    others.length > 0 ||
    failedTools.some(({ unavailable }) => unavailable === undefined)
  ) {
    return { verdict: gate.verdict, reasons: gate.reasons }
  }
  const message = `${[...unreached].sort().join(', ')} could not be reached. Running it again may help.`
  return { verdict: 'incomplete', reasons: [{ code: 'unavailable', message }, ...gate.reasons] }
}

/** Undefined where a tool was started. Of many nobody asked for each, so that their reasons would tell nothing. */
function whyNothingRan(runs: readonly Pick<ToolRun, 'status' | 'why'>[]): Prose | undefined {
  if (runs.some(({ status }) => status !== 'skipped' && status !== 'not-applicable')) return undefined
  const left = runs.flatMap(({ status, why }) =>
    status === 'not-applicable' && why !== undefined ? [why] : [],
  )
  const reasons = left.length > mostReasons ? [] : [...new Set(left)]
  const advice = 'Check `tools`, `paths`, `exclude` and `working-directory`.'
  return ['No tool had anything to look at, so nothing was judged.', ...reasons, advice].join(' ')
}

const mostReasons = 3

/** `tools-failed`, by tool. One that the user exempts counts 0, also where its result was given and it did not run here. */
function failures(compared: readonly ComparedOutcome[], exempt: readonly string[]): readonly MetricPart[] {
  const ran = compared.filter(({ outcome }) => !['skipped', 'not-applicable'].includes(outcome.run.status))
  return ran.map(({ outcome }) => {
    const value = outcome.run.status === 'failed' && !exempt.includes(outcome.tool.id) ? 1 : 0
    return {
      tool: outcome.tool.id,
      ...(outcome.project.name !== '' && { package: outcome.project.name }),
      metrics: ['tools-failed'],
      findings: [],
      measurements: [{ metric: 'tools-failed', value }],
      compared: 'none',
    }
  })
}

/** Of tools that failed too: what they should have fed is not measured. */
function expectedMetrics(
  compared: readonly ComparedOutcome[],
  derived: readonly MetricPart[],
): Pick<EvaluateOptions, 'expected' | 'inPassing'> {
  const ran = compared.filter(({ outcome }) => !['skipped', 'not-applicable'].includes(outcome.run.status))
  const fed = ran.flatMap(({ outcome: { tool } }) =>
    tool.metrics.filter((metric) => tool.inPassing?.includes(metric) !== true),
  )
  const seen = ran.flatMap(({ outcome: { tool } }) =>
    (tool.inPassing ?? []).map((metric) => ({ metric, name: tool.name })),
  )
  return {
    expected: new Set(['tools-failed', ...fed, ...derived.flatMap(({ metrics }) => metrics)]),
    inPassing: new Map(
      [...Map.groupBy(seen, ({ metric }) => metric)].map(([metric, tools]) => [
        metric,
        [...new Set(tools.map(({ name }) => name))],
      ]),
    ),
  }
}

function toolRun({ outcome, part }: ComparedOutcome): ToolRun {
  const fresh = part.findings.filter((finding) => finding.state === 'new').length
  return { ...outcome.run, ...(part.compared !== 'none' && { new: fresh }) }
}

/** How each tool was run, so that anybody can run it again. */
function commandsOf({ outcome: { run } }: ComparedOutcome): object {
  return { tool: run.id, package: run.package, version: run.version, commands: run.commands }
}

/** Names that no list of tools can check beforehand, since results of any tool may be given. */
function absentTools(exempt: readonly string[], { results, setup }: JudgeRequest): readonly string[] {
  const planned = setup.plan.packages.flatMap(({ tools }) => tools.map(({ tool }) => tool.id))
  const known = new Set([...planned, ...results.compared.map(({ outcome }) => outcome.tool.id)])
  return exempt
    .filter((name) => !known.has(name))
    .map((name) => `\`optional-tools\` names \`${name}\`, and no result is of a tool with that name.`)
}

async function noticesOf(
  context: CheckContext,
  request: JudgeRequest,
  findings: readonly Finding[],
  derived: readonly string[],
): Promise<readonly string[]> {
  const { host, inputs } = context
  const notices = [...request.notices, ...derived, ...absentTools(inputs['optional-tools'], request)]
  for (const environment of request.environments.values()) notices.push(environment.message)
  if (inputs['update-baseline']) {
    await host.files.write(join(request.setup.top, inputs.baseline), renderBaseline(findings))
    notices.push(
      `\`${inputs.baseline}\` was written. Commit it, and \`scope: new\` counts only what comes on top.`,
    )
  } else {
    const known = request.results.compared.filter(({ knowledge }) => knowledge === 'baseline')
    const stale = countStale(known.flatMap(({ part }) => part.findings))
    if (stale > 0) {
      notices.push(
        `${stale} ${stale === 1 ? 'entry' : 'entries'} of the baseline \`${inputs.baseline}\` ${stale === 1 ? 'matches' : 'match'} nothing any more. \`--update-baseline\` removes them.`,
      )
    }
  }
  return [...new Set(notices)]
}

/** The same check on a laptop, against the same base; empty where it is one. */
function laptopCommand({ inputs, host }: CheckContext, definition: CheckDefinition): string {
  if (host.facts.kind === 'local') return ''
  const { event } = host.facts
  const branch = event && baseBranchOf(event)
  const safe = branch !== undefined && /^[\w./-]+$/.test(branch) ? ` --base ${branch}` : ''
  const folder =
    inputs['working-directory'] === '.' ? '' : ` --working-directory ${inputs['working-directory']}`
  return `ci-actions ${definition.action}${inputs.scope === 'new' ? ' --scope new' : ''}${folder}${safe}`
}
