/** The way of a scan: facts, scanners and given reports side by side, then one answer. */
import type {
  ActionOutcome,
  Change,
  CheckDefinition,
  CheckResults,
  CommitRange,
  OpenedCheck,
  ToolOutcome,
} from '@ci-actions/shared'
import { checkProject, dayOf, headCommit } from '@ci-actions/shared'
import { absenceNotices } from './absent-files.ts'
import { commitNotices } from './commit-notices.ts'
import { withDependabotStates } from './dependabot/dependabot-states.ts'
import type { BaseComponents } from './dependencies/base-components.ts'
import { readBaseComponents } from './dependencies/base-components.ts'
import type { DependencyPaths } from './dependencies/inventory.ts'
import { openDependencyPaths } from './dependencies/inventory.ts'
import { renderSbom, sbomName } from './dependencies/sbom.ts'
import type { Repair } from './fix/repair.ts'
import { repairDependencies } from './fix/repair.ts'
import { repairNotices } from './fix/repair-blocks.ts'
import { gatesFor } from './gate.ts'
import { readGivenInputs } from './given-inputs.ts'
import { ignoreFileNotices } from './ignore-files.ts'
import { metrics } from './metrics.ts'
import { linkNotices, linksOutside } from './outside-links.ts'
import type { Dependencies } from './own-checks.ts'
import { ownChecks, surveyProjects } from './own-checks.ts'
import { refineRisks } from './refine.ts'
import { readGivenReports } from './reports/given-reports.ts'
import { reportRisks } from './risk-report.ts'
import type { Sbom } from './sboms/sbom-file.ts'
import type { ScanContext } from './scan-context.ts'
import { commitsOfRun, scanSettings } from './scan-settings.ts'
import { selection, selectionFor } from './selection.ts'
import { suppressionLoosening } from './suppression-change.ts'
import { scannerLocks } from './tools/scanner-locks.ts'
import { trivyMirrors } from './tools/trivy.ts'
import { unreadCodeNotices } from './unread-code.ts'
import { version } from './version.ts'
import { vexFile } from './vex-file.ts'

/** What is found out on the way, by steps that come one after another. */
interface Facts {
  range: CommitRange | undefined
  dependencies: readonly Dependencies[]
  notices: readonly string[]
  repair: Repair | undefined
  /** Given ones that nobody looked up. */
  sboms: readonly Sbom[]
}

export async function scan(context: ScanContext): Promise<ActionOutcome> {
  const { outcome, repair } = await scanOnce(context)
  if (repair === undefined || repair.written.length === 0) return outcome
  context.host.runner.log(
    `Upgrades were written to ${repair.written.join(', ')}. Everything is scanned again.`,
  )
  // The verdict of who mends his files is about those that he has now, and upgrades may bring more than was looked for.
  return (await scanOnce({ ...context, inputs: { ...context.inputs, fix: false } }, repair)).outcome
}

interface Scanned {
  readonly outcome: ActionOutcome
  readonly repair: Repair | undefined
}

const settingsOfRun = [
  'secret-commits',
  'secret-range',
  'osv-database-age',
  'safety-database-age',
  ...trivyMirrors,
]

/** `repair`: what was written before. */
async function scanOnce(context: ScanContext, repair?: Repair): Promise<Scanned> {
  const { host, inputs } = context
  const { exploitation, suppressions, databases } = await readGivenInputs(context)
  const secretKey = host.clock.random(32)
  const facts: Facts = { range: undefined, dependencies: [], notices: [], repair, sboms: [] }
  const outcome = await checkProject(context, {
    ...{ action: 'security-scan', version, metrics, secretKey, looksAt: 'files' },
    locks: scannerLocks,
    gate: gatesFor(suppressions.entries.length),
    ...readingOf(context, facts, secretKey),
    selection: () => selectionFor(inputs, facts.sboms),
    settingsOfRun,
    settings: async (opened) => {
      facts.range = await commitsOfRun(context, opened)
      return scanSettings(context, { ...facts, databases })
    },
    refine: async (compared, change) =>
      refineRisks(await withDependabotStates(compared, change), {
        base: await componentsAtBase(facts, change),
        paths: pathsOf(facts.dependencies),
        exploitation,
        suppressions,
        commitsAreNew: facts.range?.kind === 'commits',
        scope: {
          narrowed: isNarrowed(inputs),
          wholeHistory: facts.range?.kind === 'all',
        },
      }),
    repair: async (rescan) => {
      if (inputs.fix) facts.repair = await repairDependencies(context, rescan, facts.dependencies)
    },
    loosening: (change) => suppressionLoosening(context, change),
    derive: (results) => {
      const knowsExploited = exploitation.exploited !== undefined
      const report = reportRisks(results, { knowsExploited }, facts.repair)
      return { ...report, notices: noticesOf(context, results, facts) }
    },
  })
  return { outcome: { ...outcome, files: documents(context, outcome, facts) }, repair: facts.repair }
}

/** In `mode: report` there is nothing but reports, and what runs depends on what they hold. */
function readingOf(
  context: ScanContext,
  facts: Facts,
  secretKey: string,
): Pick<CheckDefinition, 'undivided' | 'survey' | 'given'> {
  if (context.inputs.mode !== 'report')
    return { given: (...opened) => givenOutcomes(context, opened, facts, secretKey) }
  let reports: readonly ToolOutcome[] = []
  return {
    undivided: true,
    survey: async (opened) => {
      reports = await readReports(context, opened, facts, secretKey)
    },
    given: () => Promise.resolve(reports),
  }
}

/** All files of the report folder, some of them for other programs. */
function documents(
  { host }: ScanContext,
  { report, files }: ActionOutcome,
  facts: Facts,
): Readonly<Record<string, string>> {
  const projects = facts.dependencies.map(({ project }) => project)
  return {
    ...files,
    ...facts.repair?.patches,
    ...sboms(host.facts.event?.repository, facts),
    ...vexFile(report.findings, { projects, facts: host.facts, today: dayOf(host.clock.now()) }),
  }
}

/** Another use of the action may see what this one does not. */
function isNarrowed({ mode, tools, paths, 'working-directory': folder }: ScanContext['inputs']): boolean {
  return mode === 'report' || tools.length > 0 || paths.length > 0 || folder !== '.'
}

function readReports(
  { host, inputs, reportFolder }: ScanContext,
  { top, projects, repository }: OpenedCheck,
  facts: Facts,
  secretKey: string,
): Promise<readonly ToolOutcome[]> {
  const onSbom = (sbom: Sbom) => {
    facts.sboms = [...facts.sboms, sbom]
  }
  return readGivenReports({
    ...{ host, top, projects, reportFolder, secretKey },
    reports: inputs.reports,
    allowEmpty: inputs['allow-empty'],
    deniedLicenses: inputs['denied-licenses'],
    ...(repository && { head: () => headCommit(repository) }),
    ...(inputs.mode === 'report' && { onSbom }),
  })
}

async function givenOutcomes(
  context: ScanContext,
  [opened, environmentOf]: Parameters<NonNullable<CheckDefinition['given']>>,
  facts: Facts,
  secretKey: string,
) {
  const { host } = context
  const { projects } = opened
  const read = await readReports(context, opened, facts, secretKey)
  facts.dependencies = await surveyProjects(host, opened, environmentOf)
  const links = await linksOutside(opened, context.inputs)
  facts.notices = [
    ...linkNotices(links),
    ...(await ignoreFileNotices(host, projects, new Set(selection.tools.map(({ id }) => id)))),
    ...(await absenceNotices(opened, context.inputs)),
  ]
  return [...(await ownChecks(context, opened, { ...facts, links })), ...read]
}

async function componentsAtBase({ dependencies }: Facts, change: Change | undefined) {
  const base = new Map<string, BaseComponents>()
  if (change === undefined) return base
  for (const each of dependencies) base.set(each.project.name, await readBaseComponents(each, change))
  return base
}

function pathsOf(dependencies: readonly Dependencies[]): ReadonlyMap<string, DependencyPaths> {
  return new Map(
    dependencies.map(({ project, survey }) => [project.name, openDependencyPaths(survey.inventory)]),
  )
}

function noticesOf(context: ScanContext, results: CheckResults, facts: Facts): readonly string[] {
  // Not of reports that other steps wrote.
  const own = results.compared.filter(({ outcome }) => outcome.tool.kind !== 'given')
  return [
    ...commitNotices(
      facts.range,
      own.map(({ outcome }) => outcome.run),
    ),
    ...facts.notices,
    ...unreadCode(context, results),
    ...repairNotices(facts.repair),
  ]
}

function unreadCode({ inputs }: ScanContext, { projects, compared }: CheckResults): readonly string[] {
  if (inputs.mode === 'report') return []
  const ran = compared.map(({ outcome }) => outcome)
  return unreadCodeNotices(projects, ran, { 'semgrep-rules': inputs['semgrep-rules'].join('\n') })
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
