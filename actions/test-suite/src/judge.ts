/** Judges what was gathered, and assembles the report. */
import type {
  ActionOutcome,
  FailureComparison,
  Finding,
  Judgement,
  MetricPart,
  ToolRun,
} from '@ci-actions/shared'
import { addUp, sourceLink } from '@ci-actions/shared'
import type { PatchCoverage } from './coverage/patch.ts'
import { coverageFiles } from './coverage-files.ts'
import type { TestPlaces } from './failed-tests.ts'
import { failedTest, flakyTest, quarantinedTest, staleEntry, uncoveredLines } from './failed-tests.ts'
import type { GatheredTests } from './gathered.ts'
import type { JudgedTests } from './judged-tests.ts'
import { judgeTests, resultsOf } from './judged-tests.ts'
import { metrics } from './metrics.ts'
import type { Suite } from './suite.ts'
import { suiteBlocks } from './suite-blocks.ts'
import type { SuiteChange } from './suite-change.ts'
import { findChange } from './suite-change.ts'
import { judgeValues } from './suite-gate.ts'
import type { ComparedFailures } from './suite-history.ts'
import { compareWithHistory, recordOf, rememberRun } from './suite-history.ts'
import { coveragePart, testPart } from './suite-metrics.ts'

export async function judgeSuite(suite: Suite, gathered: GatheredTests): Promise<ActionOutcome> {
  const { context, today } = suite
  const quarantine = judgeTests(suite, gathered)
  const change = await findChange(suite, gathered.coverage)
  const before = await compareWithHistory(suite, gathered, change.sha)
  const ofPatch = context.inputs.gate.some(({ metric }) => metric === 'patch-coverage')
  const explains = ofPatch ? 'patch-coverage' : 'coverage'
  const places = placesOf(suite, gathered)
  const findings = findingsOf(quarantine, change.patch, places, explains).map((each) =>
    withState(each, before.failures),
  )
  const parts = partsOf(suite, { gathered, findings, quarantine, change, before })
  const measured = addUp(metrics, parts)
  const run = recordOf(suite, gathered, measured)
  const kept = await rememberRun(suite, run)
  const expected = expectedMetrics(parts, gathered)
  const { all, judged, notices } = judgeValues(suite, gathered, before, { measured, expected })
  const written = coverageFiles(gathered.coverage)
  return {
    files: { ...gathered.evidence, ...written.files },
    report: {
      ...endOf(judged, gathered),
      rules: judged.outcomes,
      metrics: all,
      tools: [toolRun(gathered, findings)],
      findings,
      blocks: suiteBlocks({ gathered, quarantine, today, places, change, before, run }),
      loosened: [],
      notices: [
        noticesOf(gathered, quarantine),
        change.notices,
        before.notices,
        kept,
        [...written.notices, ...notices],
      ].flat(),
      degraded: [],
      base: before.base,
      scope: 'all',
      facts: factsOf(gathered),
      linkTemplate: places.linkTemplate,
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

function placesOf({ top, project, files, context }: Suite, { runner }: GatheredTests): TestPlaces {
  const linkTemplate = sourceLink(context.host.facts.event)
  return { tool: runner.id, top, cwd: project.root, files: new Set(files), linkTemplate }
}

function noticesOf(
  { notices, coverageNotices, tally }: GatheredTests,
  { passing }: JudgedTests,
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

function findingsOf(
  { counted, quarantined, flaky, stale }: JudgedTests,
  patch: PatchCoverage | undefined,
  places: TestPlaces,
  explains: 'coverage' | 'patch-coverage',
): readonly Finding[] {
  return [
    ...counted.map((test) => failedTest(test, places)),
    ...quarantined.map((each) => quarantinedTest(each, places)),
    ...flaky.map((test) => flakyTest(test, places)),
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
  readonly quarantine: JudgedTests
  readonly change: SuiteChange
  readonly before: ComparedFailures
}

function partsOf(
  { context, packages }: Suite,
  { gathered, findings, quarantine, change, before }: Measured,
): readonly MetricPart[] {
  const globs = context.inputs.gate.flatMap(({ labels }) => labels['path'] ?? [])
  const { runner, tally, problems, coverage } = gathered
  const about = {
    quarantined: resultsOf(quarantine.quarantined.map(({ test }) => test)),
    failed: problems.length > 0,
    changed: before.changed,
    orderKnown: gathered.orderKnown,
  }
  const tests = testPart(runner.id, tally, findings, about)
  return [
    before.failures.base === undefined ? tests : { ...tests, compared: 'lines' },
    ...(coverage === undefined ? [] : [coveragePart(coverage, change.patch, { globs, packages })]),
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
  return `${ids.length === 1 ? '1 test comes' : `${ids.length} tests come`} more than once, such as ${shown.join(', ')}: each time counts.`
}
