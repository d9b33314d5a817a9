/** What actions import. The host's implementations are apart, in `@ci-actions/shared/host`. */
export { allTogether } from './action/all-problems.ts'
export * from './action/errors.ts'
export { findPolicy, policyAtCommit, policyOfHead } from './action/find-policy.ts'
export { type FoundFile, findFiles } from './action/found-files.ts'
export type { GivenFiles, GivenFilesRequest } from './action/given-files.ts'
export { findGivenFiles } from './action/given-files.ts'
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
export type { PolicySource } from './action/policy-file.ts'
export { policyPaths } from './action/policy-file.ts'
export { reportPermissions } from './action/report-permissions.ts'
export type { RunEnd, RunOptions } from './action/run-action.ts'
export { runAction } from './action/run-action.ts'
export type { Action, ActionContext, ActionDefinition, ActionOutcome, AnyAction } from './action/spec.ts'
export { defineAction } from './action/spec.ts'
export { findChanges } from './check/base-side.ts'
export { checkProject } from './check/check.ts'
export { checkInputs } from './check/check-inputs.ts'
export type { ComparedOutcome } from './check/comparison.ts'
export { isConfigName, parseConfigFile, tableAt } from './check/config-file.ts'
export type {
  Change,
  CheckContext,
  CheckDefinition,
  CheckResults,
  Derived,
  EnvironmentOf,
  OpenedCheck,
  PlannedCheck,
  Refined,
} from './check/definition.ts'
export { checkInputProblems } from './check/input-problems.ts'
export type { OpenedProject } from './check/open-project.ts'
export { environmentOf, openProject } from './check/open-project.ts'
export type { PackageSpec } from './check/packages.ts'
export { readPackages } from './check/packages.ts'
export type { PlannedTool } from './check/plan.ts'
export type { Rescan } from './check/rescan.ts'
export type { SelectionRules } from './check/select.ts'
export type { ProjectSize } from './check/size.ts'
export { addDays, dayOf, isDay } from './decision/day.ts'
export type { Decision, DecisionList, ReadDecisions } from './decision/decisions.ts'
export { isExpired, readDecisions } from './decision/decisions.ts'
export type {
  Dependency,
  Edit,
  Finding,
  Level,
  RawFinding,
  RawLocation,
  RawSecurity,
  RiskKind,
  Security,
  Severity,
  SeverityClaim,
} from './finding/finding.ts'
export { fingerprint } from './finding/fingerprint.ts'
export { normalisePath } from './finding/normalise.ts'
export { oneLine } from './finding/text.ts'
export { builtInMetrics, checkMetrics } from './gate/built-in.ts'
export type { EvaluateOptions, Judgement } from './gate/evaluate.ts'
export { evaluate } from './gate/evaluate.ts'
export { formatValue } from './gate/format-value.ts'
export { mergeRules } from './gate/merge-rules.ts'
export type { Measurement, MetricDeclarations, MetricValue } from './gate/metric.ts'
export type { MetricPart } from './gate/metrics.ts'
export { addUp } from './gate/metrics.ts'
export { parseRules } from './gate/parse-rules.ts'
export { metricName } from './gate/print-rule.ts'
export type { Rule } from './gate/rule.ts'
export { type Commit, headCommit } from './git/commit.ts'
export type { CommitRange } from './git/commit-range.ts'
export { findCommitRange } from './git/commit-range.ts'
export type { FileChange } from './git/diff.ts'
export { listAbsent, listFiles, listLinksOutside } from './git/files.ts'
export { diffFolders } from './git/folder-diff.ts'
export type { Repository } from './git/repository.ts'
export { openRepository } from './git/repository.ts'
export { listAt, readAt } from './git/tree.ts'
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
export type { Clock, Connection, Files, Host, HostFacts, ProcessResult } from './host/ports.ts'
export { environmentOfTool, secretsIn } from './host/tool-environment.ts'
export { inParallel } from './in-parallel.ts'
export { closest } from './parse/closest.ts'
export type { CoverageReport, FileCoverage, LineBranches } from './parse/coverage.ts'
export { branchShare, reportOf } from './parse/coverage.ts'
export type { CoverageSource } from './parse/coverage-file.ts'
export { readCoverageFile } from './parse/coverage-file.ts'
export { CoverageTable } from './parse/coverage-table.ts'
export { decodedText } from './parse/decoded-text.ts'
export { unpacked } from './parse/gzip.ts'
export { isRecord, type JsonRecord, maybeJson, parseJsonText } from './parse/json.ts'
export { type JsonLines, parseJsonLines } from './parse/json-lines.ts'
export { ownCopy } from './parse/own-copy.ts'
export type { PathScope } from './parse/path-patterns.ts'
export { pathMatcher, scopeMatcher } from './parse/path-patterns.ts'
export { comparePythonVersions, poetrySpecifiers, pythonVersionFits } from './parse/python-version.ts'
export type { SarifResult, SarifRun } from './parse/sarif.ts'
export { readSarifRuns, unreadResults } from './parse/sarif.ts'
export { TextTail } from './parse/text-tail.ts'
export { parseToml } from './parse/toml.ts'
export { parseUnifiedDiff } from './parse/unified-diff.ts'
export type { XmlAttributes } from './parse/xml-attributes.ts'
export type { TextSink, XmlHandler } from './parse/xml-handler.ts'
export { XmlReader } from './parse/xml-reader.ts'
export { parseYaml } from './parse/yaml.ts'
export { barHtml } from './report/blocks-html.ts'
export { bar } from './report/blocks-markdown.ts'
export { counted } from './report/figures.ts'
export { escapeHtml, tableHtml } from './report/html.ts'
export { fileAddress } from './report/markdown.ts'
export { renderHtml } from './report/page.ts'
export { pageStyle } from './report/page-style.ts'
export { proseCode, proseText } from './report/prose.ts'
export { shortName } from './report/ranking.ts'
export type { BaseReport, Block, Prose, Report } from './report/report.ts'
export { renderResult } from './report/result.ts'
export { renderSarif } from './report/sarif.ts'
export { renderTerminal } from './report/terminal.ts'
export { shorten } from './report/visible.ts'
export { vectorClaim } from './security/cvss.ts'
export { cweFamily, cweOfRule } from './security/cwe-families.ts'
export { riskIdentities, riskIdentity } from './security/identity.ts'
export { mergeRisks } from './security/merge.ts'
export { canonicalName, packageUrl } from './security/package-url.ts'
export { levelOfSeverity, resolveSeverity, severityOfScore } from './security/severity.ts'
export { tableClaim } from './security/severity-table.ts'
export type {
  AppliedSuppressions,
  StaleSuppression,
  SuppressionSituation,
} from './security/suppressions/apply.ts'
export { applySuppressions, endingSoonNotice, staleFinding } from './security/suppressions/apply.ts'
export { describeLifetimeChange, describeSuppressionChange } from './security/suppressions/change.ts'
export type { SuppressionEntry, SuppressionSource } from './security/suppressions/entry.ts'
export {
  identityProblems,
  justifications,
  readSuppressions,
  suppressionStatuses,
} from './security/suppressions/entry.ts'
export { componentOfPurl, versionOfPurl } from './security/suppressions/ignore-files/fields.ts'
export {
  type ImportedFile,
  isIgnoreFile,
  readIgnoreFile,
} from './security/suppressions/ignore-files/index.ts'
export type { Lifetimes } from './security/suppressions/lifetime.ts'
export { defaultLifetimes, longestLifetime, readLifetimes } from './security/suppressions/lifetime.ts'
export { nearestIdentity } from './security/suppressions/nearest-identity.ts'
export { renderOpenVex } from './security/suppressions/openvex-document.ts'
export type { KnownRisk, Proposal } from './security/suppressions/proposal.ts'
export { proposedIdentities } from './security/suppressions/proposed-identities.ts'
export { readSuppressionsFile, suppressionPaths } from './security/suppressions/suppressions-file.ts'
export type { NewSuppression } from './security/suppressions/write.ts'
export { writeSuppressions } from './security/suppressions/write.ts'
export { hiderFor, secretsIn as foundSecrets } from './tool/found-secrets.ts'
export type { ImportsGraph } from './tool/imports-graph.ts'
export { importsGraphOf } from './tool/imports-run.ts'
export { type InsideRequest, insideFile } from './tool/inside-file.ts'
export { InstallError } from './tool/install/context.ts'
export type { PythonEnvironment } from './tool/install/environment.ts'
export type { LockRequest } from './tool/install/locker.ts'
export { runLocker } from './tool/install/locker.ts'
export type { Requirement } from './tool/install/requirement.ts'
export { parseRequirement, renderRequirement } from './tool/install/requirement.ts'
export { sitePackages } from './tool/install/site-packages.ts'
export type { SuiteLock, SuiteLocks } from './tool/install/suite-lock.ts'
export { uvLock } from './tool/install/uv-lock.ts'
export {
  excerpt,
  listOf,
  maybeNumber,
  maybeText,
  numberOf,
  parseJson,
  recordOf,
  textOf,
} from './tool/json-output.ts'
export { notRunOutcome } from './tool/outcome.ts'
export { lastLines, signalOf } from './tool/process-outcome.ts'
export type { ConfigFile, Project } from './tool/project.ts'
export { filesInScope, isPython } from './tool/project.ts'
export type { ToolOutcome, ToolProgress } from './tool/run-request.ts'
export type { Sources } from './tool/sources.ts'
export { keepLines, openSources } from './tool/sources.ts'
export { sortFindings, toFindings } from './tool/to-findings.ts'
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
  ToolSettings,
  ToolText,
} from './tool/tool.ts'
export { keepRedacted } from './tool/tool-output.ts'
