/** Reads SARIF 2.1.0 of any tool, with what makes a security finding of a result. Pure. */
import type { Notice, RawFinding, RawSecurity, RiskKind, SarifResult, SarifRun } from '@ci-actions/shared'
import { readSarifRuns, ToolOutputError, unreadResults } from '@ci-actions/shared'
import { passwordFinding } from '../tools/bandit-report.ts'
import { inCommit } from '../tools/gitleaks-report.ts'
import { isSecretWeakness, nameSome, riskFinding, secretMessage } from '../tools/risk-finding.ts'
import { recordIn, records } from './loose-lists.ts'
import type { SuppressedRaw, ToolReport } from './read-report.ts'
import { advisoryIn, componentIn } from './sarif-component.ts'
import type { SarifFacts } from './sarif-facts.ts'
import { factsReader } from './sarif-facts.ts'
import { secretIn } from './sarif-secret.ts'
import { claimsOf } from './sarif-severity.ts'
import { isRiskRule, kindOfTool, toolIdOf } from './sarif-tools.ts'

/** One report for each run. Throws a `ToolOutputError` for what is not SARIF 2.1.0, and for a log without runs. */
export function readSarifReport(log: unknown): readonly ToolReport[] {
  const runs = readSarifRuns(log)
  if (runs.length === 0) throw new ToolOutputError('is SARIF without runs: no tool scanned anything.')
  return runs.map(toReport)
}

function toReport(run: SarifRun): ToolReport {
  const id = toolIdOf(run.tool)
  const factsOf = factsReader(id)
  const read = run.results.map((result) => ({ result, facts: factsOf(result) }))
  const risks = read.filter(({ facts }) => isRisk(facts))
  const found = risks.map(({ result, facts }) => ({ result, raw: toRisk(result, facts) }))
  const failures = [run.failure, unreadResults(run)].filter((why) => why !== undefined)
  const notices: readonly Notice[] = [
    ...failures.map((why): Notice => ({ level: 'failed', message: `${why}.` })),
    ...errorNotice(run),
    ...leftOutNotice(run, read.length - risks.length),
  ]
  return {
    tool: {
      id,
      name: run.tool,
      homepage: '',
      ...metricsOf(
        id,
        found.map(({ raw }) => raw),
      ),
    },
    ...(run.version !== undefined && { version: run.version }),
    findings: found.filter(({ result }) => !result.suppressed).map(({ raw }) => raw),
    suppressed: found.flatMap(({ result, raw }) => (result.suppressed ? [suppressedRaw(result, raw)] : [])),
    notices,
  }
}

/** A scanner for secrets that found none has measured that there are none. */
function metricsOf(
  tool: string,
  findings: readonly RawFinding[],
): Pick<ToolReport['tool'], 'metrics' | 'inPassing'> {
  const own = kindOfTool(tool) === 'secret' ? 'secrets' : 'findings'
  const metrics = [...new Set([own, ...findings.flatMap(({ metric }) => metric ?? [])])]
  return { metrics, inPassing: metrics.filter((metric) => metric !== own) }
}

/** What a tool calls an error of its own run, such as a file that it could not read, it did not look at. */
function errorNotice({ tool, errors, failure }: SarifRun): readonly Notice[] {
  if (errors.length === 0 || failure !== undefined) return []
  const shown = nameSome(errors.map((each) => each.trim().slice(0, 300)))
  const advice = 'Let it leave out what it cannot read, or name it in `optional-tools`.'
  return [
    {
      level: 'failed',
      message: `${tool} did not do all of its work: ${shown.replace(/\.$/, '')}. ${advice}`,
    },
  ]
}

function leftOutNotice({ tool }: SarifRun, count: number): readonly Notice[] {
  if (count === 0) return []
  const message = `${count} ${count === 1 ? 'result' : 'results'} of ${tool} left out: they are about the quality of code, or about licences, which only the JSON of Trivy lets \`denied-licenses\` judge.`
  return [{ level: 'notice', message }]
}

function suppressedRaw({ record }: SarifResult, finding: RawFinding): SuppressedRaw {
  const reasons = records(record['suppressions']).flatMap(({ justification, kind }) =>
    typeof justification === 'string' && justification.trim() !== ''
      ? [justification.trim()]
      : [`no reason given (${kind === 'inSource' ? 'in the source' : 'outside of the source'})`],
  )
  return { finding, reason: [...new Set(reasons)].join('; ') }
}

/** Results of rules that are tagged, and not with `security`, are about quality, as CodeQL's and SonarQube's. */
function isRisk({ tool, rule, tags, cwe, properties, ruleProperties }: SarifFacts): boolean {
  if (!isRiskRule(tool, rule) || isLicense(tags)) return false
  if (kindOfTool(tool) !== undefined || tags.length === 0 || cwe.length > 0) return true
  if ('security-severity' in properties || 'security-severity' in ruleProperties) return true
  return (
    !tags.some((tag) => qualityTags.test(tag)) ||
    tags.some((tag) => /security|vulnerab|secret|owasp/i.test(tag))
  )
}

/** Trivy's classes of licences are about duties of those who pass code on; `denied-licenses` judges those in its JSON. */
function isLicense(tags: readonly string[]): boolean {
  return tags.some((tag) => /^license$/i.test(tag))
}

const qualityTags =
  /^(?:quality|maintainability|reliability|readability|useless-code|correctness|performance|style|efficiency|testability|documentation|convention|statistical|language-features|error-handling)$/i

function isOfSecretScanner({ tool, tags }: SarifFacts): boolean {
  return tags.some((tag) => /^secrets?$/i.test(tag)) || kindOfTool(tool) === 'secret'
}

/** Bandit's, and the same of others; the messages of some end with the password. */
function isPasswordRule({ tool, rule }: SarifFacts): boolean {
  return /^(?:bandit|ruff|flake8)$/.test(tool) && /^[BS]10[5-7]$/.test(rule)
}

function kindOf(facts: SarifFacts): RiskKind {
  const { tool, rule, tags, properties, ruleProperties } = facts
  const tagged = (pattern: RegExp) => tags.some((tag) => pattern.test(tag))
  if (isOfSecretScanner(facts)) return 'secret'
  const ofTool = kindOfTool(tool)
  if (ofTool !== undefined) return ofTool
  if (advisoryIn(rule) !== undefined || tagged(/^vulnerability$/i)) return 'vulnerability'
  if ([properties, ruleProperties].some((each) => 'purl' in each || 'purls' in each)) return 'vulnerability'
  if (tagged(/^(?:misconfiguration|iac|infrastructure)$/i)) return 'misconfiguration'
  return isSecretWeakness(facts.cwe) ? 'secret' : 'weakness'
}

/** Author, address and message of a commit, which some put into `partialFingerprints`, are never read. */
function toRisk(result: SarifResult, facts: SarifFacts): RawFinding {
  const kind = kindOf(facts)
  const claims = claimsOf(facts)
  const common = { kind, claims, ...(facts.cwe.length > 0 && { cwe: facts.cwe }) } satisfies RawSecurity
  const { level: _, metric: __, security: ___, ...finding } = result.finding
  if (isPasswordRule(facts)) {
    const { message, ...about } = finding
    return passwordFinding(common, about, message)
  }
  if (kind === 'secret') return secretFinding(result, facts, common)
  if (kind !== 'vulnerability')
    return riskFinding(common, { ...finding, message: messageOf(result, undefined) })
  const { ids, dependency, fixedVersions } = componentIn(result, facts)
  const rule = ids[0] ?? finding.rule
  return riskFinding(
    {
      ...common,
      ids,
      ...(dependency && { dependency }),
      ...(fixedVersions.length > 0 && { fixedVersions }),
    },
    { ...finding, rule, message: messageOf(result, dependency?.name) },
  )
}

/** Trivy and Docker Scout write a table into the message; what the rule says in one sentence reads better. */
function messageOf({ finding, rule }: SarifResult, component: string | undefined): string {
  if (!finding.message.includes('\n')) return finding.message
  const said = /^Message: (\S.*)$/m.exec(finding.message)?.[1]
  const sentence = said ?? rule.description ?? rule.id ?? ''
  return component === undefined || sentence.includes(component) ? sentence : `${component}: ${sentence}`
}

/** The tool's own message may repeat the secret, and so may what the rule was told to say. */
function secretFinding(result: SarifResult, facts: SarifFacts, common: RawSecurity): RawFinding {
  const { verified, rule } = facts
  const { location, help } = result.finding
  // What others point at has other text in it as well.
  const value = isOfSecretScanner(facts) ? secretIn(result.record) : undefined
  const commit = recordIn(result.record, 'partialFingerprints')['commitSha']
  const path = location?.path
  const about =
    typeof commit === 'string' &&
    /^[0-9a-f]{7,64}$/.test(commit) &&
    !/^0+$/.test(commit) &&
    path !== undefined
      ? inCommit({ rule, path, commit, line: location?.line })
      : { message: secretMessage(rule), ...(location && { location }) }
  return riskFinding(
    {
      ...common,
      cwe: [...new Set([...(common.cwe ?? []), 798])],
      secret: { verified, ...(value !== undefined && { value }) },
    },
    { rule, ...about, ...(help !== undefined && { help }) },
  )
}
