/** What actions import. The host's implementations are apart, in `@ci-actions/shared/host`. */
export * from './action/errors.ts'
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
export { checkProject } from './check/check.ts'
export { checkInputs } from './check/check-inputs.ts'
export type { ComparedOutcome } from './check/comparison.ts'
export { tableAt } from './check/config-file.ts'
export type { CheckContext, CheckDefinition, CheckResults, Derived } from './check/definition.ts'
export { checkInputProblems } from './check/input-problems.ts'
export type { SelectionRules } from './check/select.ts'
export type { ProjectSize } from './check/size.ts'
export type { Edit, Finding, Level, RawFinding, RawLocation, Security, Severity } from './finding/finding.ts'
export { builtInMetrics, checkMetrics } from './gate/built-in.ts'
export { formatValue } from './gate/format-value.ts'
export type { Measurement, MetricDeclarations, MetricValue } from './gate/metric.ts'
export type { MetricPart } from './gate/metrics.ts'
export type { Host } from './host/ports.ts'
export { closest } from './parse/closest.ts'
export { parseCobertura } from './parse/cobertura.ts'
export { parseCoverageJson } from './parse/coverage-json.ts'
export { parseJsonLines } from './parse/json-lines.ts'
export { parseUnifiedDiff } from './parse/unified-diff.ts'
export { renderHtml } from './report/page.ts'
export { shortName } from './report/ranking.ts'
export type { Block, Prose, Report } from './report/report.ts'
export { renderResult } from './report/result.ts'
export { renderSarif } from './report/sarif.ts'
export { renderTerminal } from './report/terminal.ts'
export type { SuiteLock, SuiteLocks } from './tool/install/suite-lock.ts'
export type { ConfigFile, Project } from './tool/project.ts'
export type { ToolProgress } from './tool/run-request.ts'
export type {
  Applicability,
  Install,
  Invocation,
  Notice,
  Tool,
  ToolOutput,
  ToolRequest,
  ToolResult,
  ToolScope,
  ToolText,
} from './tool/tool.ts'
