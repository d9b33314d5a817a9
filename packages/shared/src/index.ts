/** What actions import. The host's implementations are apart, in `@ci-actions/shared/host`. */
export * from './action/errors.ts'
export { type FoundFile, findFiles } from './action/found-files.ts'
export type { InputSpec, InputSpecs, InputValues } from './action/input.ts'
export {
  bytes,
  duration,
  flag,
  fromGithub,
  integer,
  isGiven,
  lines,
  map,
  number,
  oneOf,
  path,
  percent,
  rules,
  secret,
  text,
} from './action/input.ts'
export { inputKinds, isRepeatable } from './action/input-kinds.ts'
export { type InputSection, inputSections } from './action/input-sections.ts'
export type { RunEnd, RunOptions } from './action/run-action.ts'
export { runAction } from './action/run-action.ts'
export type { Action, ActionContext, ActionDefinition, ActionOutcome, AnyAction } from './action/spec.ts'
export { defineAction } from './action/spec.ts'
export { findChanges } from './check/base-side.ts'
export { checkProject } from './check/check.ts'
export { checkInputs } from './check/check-inputs.ts'
export type { ComparedOutcome } from './check/comparison.ts'
export { tableAt } from './check/config-file.ts'
export type { CheckContext, CheckDefinition, CheckResults, Derived } from './check/definition.ts'
export { checkInputProblems } from './check/input-problems.ts'
export type { OpenedProject } from './check/open-project.ts'
export { environmentOf, openProject } from './check/open-project.ts'
export type { SelectionRules } from './check/select.ts'
export type { ProjectSize } from './check/size.ts'
export type { Edit, Finding, Level, RawFinding, RawLocation, Security, Severity } from './finding/finding.ts'
export { fingerprint } from './finding/fingerprint.ts'
export { normalisePath } from './finding/normalise.ts'
export { oneLine } from './finding/text.ts'
export { builtInMetrics, checkMetrics } from './gate/built-in.ts'
export type { Judgement } from './gate/evaluate.ts'
export { evaluate } from './gate/evaluate.ts'
export { formatValue } from './gate/format-value.ts'
export { mergeRules } from './gate/merge-rules.ts'
export type { Measurement, MetricDeclarations, MetricValue } from './gate/metric.ts'
export type { MetricPart } from './gate/metrics.ts'
export { addUp } from './gate/metrics.ts'
export { parseRules } from './gate/parse-rules.ts'
export type { FileChange } from './git/diff.ts'
export type { Repository } from './git/repository.ts'
export { baseBranchOf, sourceLink } from './github/event.ts'
export type { FailureComparison, FailureHistory, FailureState } from './history/failures-before.ts'
export { compareFailures } from './history/failures-before.ts'
export type { History, HistoryRun, RememberedTest, RunFacts, TestOutcome } from './history/history.ts'
export { emptyHistory, mergeHistories, recordRun } from './history/history.ts'
export type { HistoryPlace } from './history/place.ts'
export { historySeries, parseHistoryPlace, runIdentity } from './history/place.ts'
export type { TestStatistics } from './history/statistics.ts'
export { confidenceFloor, countedRuns, durationsOf, testStatistics } from './history/statistics.ts'
export type { HistoryStore } from './history/store.ts'
export { openHistoryStore } from './history/store.ts'
export type { Clock, Connection, Host, ProcessResult } from './host/ports.ts'
export { environmentOfTool, secretsIn } from './host/tool-environment.ts'
export { inParallel } from './in-parallel.ts'
export { closest } from './parse/closest.ts'
export type { CoverageReport, FileCoverage, LineBranches } from './parse/coverage.ts'
export { branchShare, reportOf } from './parse/coverage.ts'
export type { CoverageSource } from './parse/coverage-file.ts'
export { readCoverageFile } from './parse/coverage-file.ts'
export { CoverageTable } from './parse/coverage-table.ts'
export { isRecord, type JsonRecord } from './parse/json.ts'
export { parseJsonLines } from './parse/json-lines.ts'
export { pathMatcher } from './parse/path-patterns.ts'
export { parseUnifiedDiff } from './parse/unified-diff.ts'
export { barHtml } from './report/blocks-html.ts'
export { escapeHtml, tableHtml } from './report/html.ts'
export { renderHtml } from './report/page.ts'
export { pageStyle } from './report/page-style.ts'
export { shortName } from './report/ranking.ts'
export type { Block, Prose, Report } from './report/report.ts'
export { renderResult } from './report/result.ts'
export { renderSarif } from './report/sarif.ts'
export { renderTerminal } from './report/terminal.ts'
export type { ImportsGraph } from './tool/imports-graph.ts'
export { importsGraphOf } from './tool/imports-run.ts'
export type { PythonEnvironment } from './tool/install/environment.ts'
export type { SuiteLock, SuiteLocks } from './tool/install/suite-lock.ts'
export { lastLines, signalOf } from './tool/process-outcome.ts'
export type { ConfigFile, Project } from './tool/project.ts'
export type { ToolProgress } from './tool/run-request.ts'
export type {
  Applicability,
  CommandRun,
  Install,
  Invocation,
  Notice,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
  ToolRun,
  ToolScope,
  ToolText,
} from './tool/tool.ts'
export { keepRedacted } from './tool/tool-output.ts'
