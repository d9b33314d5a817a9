/**
 * The security scan of the example's pull request, with its planted risks. Advisories are invented and come from a server
 * on loopback and a database of files; the same scan without that server must not be green.
 */
import { mkdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { DemoFinding, DemoResult } from './demo-record.ts'
import { keep } from './demo-record.ts'
import type { ExampleRepository } from './example-repository.ts'
import { pullRequestPayload, shallowCheckout } from './example-repository.ts'
import { goToolFolders } from './go-tools.ts'
import { writeOsvDatabase } from './osv-database.ts'
import { startOsvServer } from './osv-server.ts'
import type { PlantedRisk } from './planted-risks.ts'
import { exampleAdvisories, plantedRisks } from './planted-risks.ts'
import type { BundleResult } from './runner.ts'
import { inheritedEnvironment, runBundle } from './runner.ts'

const bundle = resolve(import.meta.dirname, '../actions/security-scan/dist/index.js')

/** Those that the example uses; the last three are programs that scripts/go-tools.ts builds. */
const pythonTools = ['pip-audit', 'bandit', 'semgrep', 'detect-secrets', 'zizmor', 'hadolint']
const goTools = ['osv-scanner', 'gitleaks', 'actionlint']

/** The rules that the planted risks break, if all tools are there. */
const broken = ['new.findings.high == 0', 'new.secrets == 0']

/** What is not as planted, as sentences. */
export function unexpectedRisks(
  { verdict, rules, findings }: DemoResult,
  missing: readonly string[] = [],
): readonly string[] {
  const failed = rules.flatMap(({ rule, outcome }) => (outcome === 'failed' ? rule : [])).toSorted()
  return [
    ...(verdict === 'failed' ? [] : [`the verdict is ${verdict}, not failed`]),
    ...(failed.join() === broken.join() ? [] : [`broken are ${failed.join(', ') || 'no rules'}`]),
    ...plantedRisks.flatMap((risk) => unexpectedRisk(risk, findings, missing)),
  ]
}

function unexpectedRisk(
  { what, path, rules, state, tools, judge, ...planted }: PlantedRisk,
  findings: readonly DemoFinding[],
  missing: readonly string[],
): readonly string[] {
  const expected = tools.filter((tool) => !missing.includes(tool))
  if (expected.length === 0) return []
  const found = findings.filter(
    (finding) =>
      [finding.location, ...(finding.related ?? [])].some((place) => place?.path === path) &&
      rulesOf(finding).some((rule) => rules.includes(rule)),
  )
  const [first] = found
  if (first === undefined) return [`${what}: not reported`]
  if (found.length > 1) return [`${what}: reported ${found.length} times`]
  const severity = judge !== undefined && missing.includes(judge) ? 'unknown' : planted.severity
  const seen = (first.witnesses ?? [first]).map(({ tool }) => tool).toSorted()
  return [
    ...(first.security?.severity === severity
      ? []
      : [`${what}: ${first.security?.severity}, not ${severity}`]),
    ...(first.state === state ? [] : [`${what}: ${first.state}, not ${state}`]),
    ...(seen.join() === expected.join() ? [] : [`${what}: found by ${seen.join(', ')}`]),
  ]
}

function rulesOf({ rule, witnesses = [] }: DemoFinding): readonly string[] {
  return [rule, ...witnesses.map((each) => each.rule)]
}

/** Red, and the reader is told which tool could not reach what. */
export function unexpectedWithoutServer({ verdict, rules, tools }: DemoResult): readonly string[] {
  const failed = rules.filter(({ outcome }) => outcome === 'failed').map(({ rule }) => rule)
  const audit = tools.find(({ id }) => id === 'pip-audit')
  return [
    ...(verdict === 'passed' ? ['the verdict is passed'] : []),
    ...(failed.includes('tools-failed == 0') ? [] : ['`tools-failed == 0` did not fail']),
    ...(audit?.status === 'failed' && /\bunavailable\b/.test(audit.why ?? '')
      ? []
      : [`pip-audit: ${audit?.status}, ${audit?.why ?? 'without a reason'}`]),
  ]
}

/** Built where Go is there; takes minutes, once. */
function builtPrograms() {
  const programs = goToolFolders({ build: true })
  const { tools, missing } = scannersThere(programs)
  if (missing.length > 0)
    console.log(`Security scan without ${missing.join(', ')}: there is no Go to build them.`)
  return { programs, tools, missing }
}

/** Of the scanners that the example uses, those that can run here. */
export function scannersThere(programs: ReadonlyMap<string, string>): {
  readonly tools: readonly string[]
  readonly missing: readonly string[]
} {
  return {
    tools: [...pythonTools, ...goTools.filter((tool) => programs.has(tool))],
    missing: goTools.filter((tool) => !programs.has(tool)),
  }
}

/** Scans the example as on its pull request, with the server and without; gives what is not as planted. */
export async function demoSecurityScan(
  repository: ExampleRepository,
  scratch: string,
): Promise<readonly string[]> {
  const workspace = join(scratch, 'security-checkout')
  mkdirSync(scratch, { recursive: true })
  shallowCheckout(repository.folder, repository.merge, workspace)
  writeOsvDatabase(join(workspace, '.osv'), exampleAdvisories)
  const { programs, tools, missing } = builtPrograms()
  const server = await startOsvServer(exampleAdvisories)
  const run = (name: string) =>
    runBundle({
      bundle,
      workspace,
      runnerFolder: join(scratch, `${name}-runner`),
      inputs: {
        'osv-url': server.url,
        'osv-database': '.osv',
        tools: tools.join('\n'),
      },
      event: {
        name: 'pull_request',
        payload: pullRequestPayload(repository),
        sha: repository.merge,
        ref: 'refs/pull/7/merge',
      },
      env: {
        PATH: [...programs.values(), inheritedEnvironment()['PATH'] ?? ''].join(delimiter),
        GITHUB_JOB: 'security-scan',
        GITHUB_ACTION: 'security',
      },
    })
  try {
    const first = await run('security')
    const scanned = judge('security', 'Security scan', workspace, first, (result) =>
      unexpectedRisks(result, missing),
    )
    await server.close()
    const second = await run('security-unavailable')
    const title = 'Security scan without the advisory service'
    return [...scanned, ...judge('security-unavailable', title, workspace, second, unexpectedWithoutServer)]
  } finally {
    await server.close().catch(() => {})
  }
}

function judge(
  name: string,
  title: string,
  workspace: string,
  run: BundleResult,
  unexpected: (result: DemoResult) => readonly string[],
): readonly string[] {
  const result = keep(name, title, workspace, run)
  const problems = [
    ...unexpected(result),
    ...(run.exitCode === 1 ? [] : [`the step ended with exit code ${run.exitCode}, not 1`]),
  ]
  const remark = problems.length === 0 ? ', as planted' : ''
  console.log(`${title}: ${result.verdict} in ${run.seconds.toFixed(1)} s${remark}`)
  return problems.map((problem) => `${title}: ${problem}`)
}
