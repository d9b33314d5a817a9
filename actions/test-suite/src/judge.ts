/** Judges what was gathered, and assembles the report. */
import type {
  ActionOutcome,
  FailureComparison,
  Finding,
  Judgement,
  MetricPart,
  ToolRun,
} from '@ci-actions/shared'
import { addUp, evaluate, mergeRules, parseRules, sourceLink } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import { coverageFiles } from './coverage-files.ts'
import type { TestPlaces } from './failed-tests.ts'
import { failedTest, flakyTest, quarantinedTest, staleEntry, uncoveredLines } from './failed-tests.ts'
import { gate } from './gate.ts'
import type { GatheredTests } from './gathered.ts'
import { metrics } from './metrics.ts'
import type { QuarantineJudgement } from './quarantine-judgement.ts'
import { judgeQuarantine } from './quarantine-judgement.ts'
import type { TestResult } from './results/test-result.ts'
import type { Suite } from './suite.ts'
import { suiteBlocks } from './suite-blocks.ts'
import type { SuiteChange } from './suite-change.ts'
import { findChange } from './suite-change.ts'
import type { ComparedFailures } from './suite-history.ts'
import { compareWithHistory, rememberRun } from './suite-history.ts'
import { coveragePart, testPart } from './suite-metrics.ts'

export async function judgeSuite(suite: Suite, gathered: GatheredTests): Promise<ActionOutcome> {
  const { inputs } = suite.context
  const quarantine = judgeTests(suite, gathered)
  const change = await findChange(suite, gathered.coverage)
  const before = await compareWithHistory(suite, gathered, change.sha)
  const ofPatch = inputs.gate.some(({ metric }) => metric === 'patch-coverage')
  const explains = ofPatch ? 'patch-coverage' : 'coverage'
  const places = placesOf(suite, gathered)
  const findings = findingsOf(gathered, quarantine, change.patch, places, explains).map((each) =>
    withState(each, before.failures),
  )
  const globs = inputs.gate.flatMap(({ labels }) => labels['path'] ?? [])
  const parts = partsOf({ gathered, findings, quarantine, change, before, globs })
  const all = addUp(metrics, parts)
  const kept = await rememberRun(suite, gathered, all.find(({ name }) => name === 'coverage')?.value)
  const defaults = parseRules(gate, metrics, 'default').rules.filter(
    ({ metric }) => metric !== 'tests' || !gathered.nothingToRun,
  )
  const judged = evaluate(mergeRules(defaults, inputs.gate, inputs['default-gate']), all, {
    declarations: metrics,
    expected: expectedMetrics(parts, gathered),
    base: before.failures.base === undefined ? 'first-run' : 'known',
  })
  return {
    files: { ...gathered.evidence, ...coverageFiles(gathered.coverage) },
    report: {
      ...endOf(judged, gathered),
      rules: judged.outcomes,
      metrics: all,
      tools: [toolRun(gathered, findings)],
      findings,
      blocks: suiteBlocks(gathered, quarantine.counted, change),
      loosened: [],
      notices: [...noticesOf(gathered, quarantine), ...change.notices, ...before.notices, ...kept],
      degraded: [],
      scope: 'all',
      facts: factsOf(gathered),
      linkTemplate: sourceLink(suite.context.host.facts.event),
      laptop: '',
    },
  }
}

function factsOf({ tally, tries }: GatheredTests): readonly string[] {
  const { tests, passed, skipped, flaky } = tally
  return [
    `${tests} ${tests === 1 ? 'test' : 'tests'}`,
    `${passed} passed`,
    skipped > 0 ? `${skipped} skipped` : '',
    flaky > 0 ? `${flaky} flaky` : '',
    tries > 1 ? `${tries} tries` : '',
  ]
}

function placesOf({ top, project, files }: Suite, { runner }: GatheredTests): TestPlaces {
  return { tool: runner.id, top, cwd: project.root, files: new Set(files) }
}

function noticesOf(
  { notices, coverageNotices, tally }: GatheredTests,
  { passing }: QuarantineJudgement<TestResult>,
): readonly string[] {
  return [
    ...notices,
    ...coverageNotices,
    ...passing.map(
      ({ test }) => `All that the quarantine of \`${test}\` fits has passed: perhaps it is mended.`,
    ),
    ...(tally.duplicates.length > 0 ? [duplicatesNotice(tally.duplicates)] : []),
  ]
}

function judgeTests(suite: Suite, { tally, complete }: GatheredTests): QuarantineJudgement<TestResult> {
  const { today, quarantine } = suite
  const failed = judgeQuarantine(quarantine, tally.failed, { today, complete: false })
  if (quarantine.length === 0) return failed
  // Whether an entry is still of use, all tests know; the failed ones alone have their texts.
  const all = judgeQuarantine(quarantine, tally.ids(), { today, complete })
  return { ...failed, stale: all.stale, passing: all.passing }
}

function findingsOf(
  { tally }: GatheredTests,
  { counted, quarantined, stale }: QuarantineJudgement<TestResult>,
  patch: PatchCoverage | undefined,
  places: TestPlaces,
  explains: 'coverage' | 'patch-coverage',
): readonly Finding[] {
  return [
    ...counted.map((test) => failedTest(test, places)),
    ...quarantined.map((each) => quarantinedTest(each, places)),
    ...tally.flakyTests.map((test) => flakyTest(test, places)),
    ...stale.map((each) => staleEntry(each, places)),
    ...(patch === undefined ? [] : uncoveredLines(patch, places, explains)),
  ]
}

/** What failed on the base as well is not this change's doing. */
function withState(finding: Finding, { failures, base }: FailureComparison): Finding {
  const before = failures.get(finding.symbol ?? '')
  if (base === undefined || before === undefined) return finding
  return { ...finding, state: before.state === 'before' ? 'unchanged' : 'new' }
}

interface Measured {
  readonly gathered: GatheredTests
  readonly findings: readonly Finding[]
  readonly quarantine: QuarantineJudgement<TestResult>
  readonly change: SuiteChange
  readonly before: ComparedFailures
  /** Of the rules that are about a part of the files. */
  readonly globs: readonly string[]
}

function partsOf({ gathered, findings, quarantine, change, before, globs }: Measured): readonly MetricPart[] {
  const { runner, tally, problems, coverage } = gathered
  const about = {
    quarantined: quarantine.quarantined.length,
    failed: problems.length > 0,
    changed: before.changed,
  }
  const tests = testPart(runner.id, tally, findings, about)
  return [
    before.failures.base === undefined ? tests : { ...tests, compared: 'lines' },
    ...(coverage === undefined ? [] : [coveragePart(coverage, change.patch, globs)]),
  ]
}

/** What was asked for and is absent is not measured, which no gate passes. */
function expectedMetrics(
  parts: readonly MetricPart[],
  { coverageWanted }: GatheredTests,
): ReadonlySet<string> {
  return new Set([...parts.flatMap((part) => part.metrics), ...(coverageWanted ? ['coverage'] : [])])
}

/** Where nothing failed but the run itself, there is no verdict about the tests yet. */
function endOf(
  gate: Judgement,
  { problems }: GatheredTests,
): Pick<ActionOutcome['report'], 'verdict' | 'reasons'> {
  const others = gate.outcomes.filter(
    ({ outcome, decides, rule }) =>
      decides && outcome === 'failed' && !['tools-failed', 'tests'].includes(rule.metric),
  )
  if (problems.length === 0 || others.length > 0) return { verdict: gate.verdict, reasons: gate.reasons }
  return {
    verdict: 'incomplete',
    reasons: [...problems.map(({ code, message }) => ({ code, message })), ...gate.reasons],
  }
}

function toolRun(
  { runner, problems, tally, commands, files, seconds }: GatheredTests,
  findings: readonly Finding[],
): ToolRun {
  const failed = problems.length > 0
  const why = problems
    .map(({ message, output }) => (output === undefined ? message : `${message}\n${output}`))
    .join('\n')
  const status = failed ? 'failed' : tally.failed.length > 0 ? 'findings' : 'clean'
  return {
    ...runner,
    status,
    ...(failed && { why }),
    seconds,
    findings: findings.filter(({ level }) => level === 'error').length,
    files,
    remembered: 0,
    notices: [],
    commands,
  }
}

function duplicatesNotice(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => `\`${id.replaceAll('`', "'")}\``)
  return `${ids.length} tests come more than once, such as ${shown.join(', ')}: each time counts.`
}
