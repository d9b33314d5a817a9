/** The way of a scan: facts, scanners and given reports side by side, then one answer. */
import type { ActionOutcome, CommitRange, OpenedCheck } from '@ci-actions/shared'
import { checkProject } from '@ci-actions/shared'
import type { DependencyPaths } from './dependencies/inventory.ts'
import { openDependencyPaths } from './dependencies/inventory.ts'
import { renderSbom, sbomName } from './dependencies/sbom.ts'
import { readExploitation } from './exploitation.ts'
import { gateForAll, gateForNew } from './gate.ts'
import { ignoreFileNotices } from './ignore-files.ts'
import { metrics } from './metrics.ts'
import { owaspBlocks } from './owasp/owasp-blocks.ts'
import type { Dependencies } from './own-checks.ts'
import { ownChecks, surveyProjects } from './own-checks.ts'
import { refineRisks } from './refine.ts'
import { readGivenReports } from './reports/given-reports.ts'
import { riskParts } from './risk-parts.ts'
import { riskBlocks } from './risks/risk-blocks.ts'
import type { ScanContext } from './scan-context.ts'
import { commitsOfRun, scanSettings } from './scan-settings.ts'
import { nothingToRun, selection } from './selection.ts'
import { suppressionBlocks } from './suppressed-outcomes.ts'
import { suppressionLoosening } from './suppression-change.ts'
import { loadSuppressions } from './suppression-list.ts'
import { locks } from './tools/locks.ts'
import { version } from './version.ts'
import { vexFile } from './vex-file.ts'

/** What is found out on the way, by steps that come one after another. */
interface Facts {
  range: CommitRange | undefined
  dependencies: readonly Dependencies[]
  notices: readonly string[]
}

export async function scan(context: ScanContext): Promise<ActionOutcome> {
  const { host, inputs } = context
  const exploitation = await readExploitation(host, inputs)
  const suppressions = await loadSuppressions(context)
  const secretKey = host.clock.random(32)
  const facts: Facts = { range: undefined, dependencies: [], notices: [] }
  const outcome = await checkProject(context, {
    ...{ action: 'security-scan', version, metrics, locks, secretKey, looksAt: 'files' },
    gate: { all: gateForAll, new: gateForNew },
    selection: inputs.mode === 'report' ? nothingToRun : selection,
    settings: async (opened) => {
      facts.range = await commitsOfRun(context, opened)
      return scanSettings(context, facts.range)
    },
    given: (opened) => givenOutcomes(context, opened, facts, secretKey),
    refine: (compared) =>
      refineRisks(compared, {
        paths: pathsOf(facts.dependencies),
        exploitation,
        suppressions,
        scope: {
          narrowed: isNarrowed(inputs),
          wholeHistory: facts.range?.kind === 'all',
        },
      }),
    loosening: (change) => suppressionLoosening(context, change),
    derive: ({ compared }) => {
      const findings = compared.flatMap(({ part }) => part.findings)
      const runs = compared.map(({ outcome: { run } }) => run)
      return {
        parts: riskParts(compared, { knowsExploited: exploitation.exploited !== undefined }),
        blocks: [
          ...riskBlocks(
            findings,
            compared.map(({ outcome: { tool, run } }) => ({
              id: tool.id,
              kind: tool.kind,
              status: run.status,
            })),
          ),
          ...suppressionBlocks(findings),
          ...owaspBlocks(findings, runs),
        ],
        notices: [...rangeNotices(facts.range), ...facts.notices],
      }
    },
  })
  const vex = vexFile(outcome.report.findings, {
    projects: facts.dependencies.map(({ project }) => project),
    facts: host.facts,
    today: suppressions.today,
  })
  return { ...outcome, files: { ...outcome.files, ...sboms(host.facts.event?.repository, facts), ...vex } }
}

/** Another use of the action may see what this one does not. */
function isNarrowed({ mode, tools, paths, 'working-directory': folder }: ScanContext['inputs']): boolean {
  return mode === 'report' || tools.length > 0 || paths.length > 0 || folder !== '.'
}

async function givenOutcomes(context: ScanContext, opened: OpenedCheck, facts: Facts, secretKey: string) {
  const { host, inputs, reportFolder } = context
  const { top, projects } = opened
  const read = await readGivenReports({
    ...{ host, top, projects, reportFolder, secretKey },
    reports: inputs.reports,
    allowEmpty: inputs['allow-empty'],
    deniedLicenses: inputs['denied-licenses'],
  })
  if (inputs.mode === 'report') return read
  facts.dependencies = await surveyProjects(context, opened)
  facts.notices = await ignoreFileNotices(host, projects, new Set(selection.tools.map(({ id }) => id)))
  return [...(await ownChecks(context, opened, facts)), ...read]
}

function pathsOf(dependencies: readonly Dependencies[]): ReadonlyMap<string, DependencyPaths> {
  return new Map(
    dependencies.map(({ project, survey }) => [project.name, openDependencyPaths(survey.inventory)]),
  )
}

function rangeNotices(range: CommitRange | undefined): readonly string[] {
  return range === undefined || range.kind === 'unknown' ? [] : [`Secrets: ${range.message}`]
}

/** One for each package of a monorepo. */
function sboms(repository: string | undefined, { dependencies }: Facts): Readonly<Record<string, string>> {
  const withSets = dependencies.filter(({ survey }) => survey.inventory.sets.length > 0)
  return Object.fromEntries(
    withSets.map(({ project, survey, installed }) => [
      project.name === '' ? sbomName : `${project.name.replaceAll(/[^\w-]/g, '_')}/${sbomName}`,
      renderSbom({
        inventory: survey.inventory,
        installed,
        name: project.name || (repository?.split('/').at(-1) ?? 'project'),
        version,
      }),
    ]),
  )
}
