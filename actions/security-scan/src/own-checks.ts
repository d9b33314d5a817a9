/** What this action looks at itself, without starting a scanner. */
import { join, posix } from 'node:path'
import type {
  CommitRange,
  EnvironmentOf,
  Host,
  OpenedCheck,
  PlannedCheck,
  Project,
  PythonEnvironment,
  ToolOutcome,
} from '@ci-actions/shared'
import { readsCommits } from './commit-notices.ts'
import { checkDependabot, dependabotPaths } from './dependabot/check-dependabot.ts'
import { dependabotCheck } from './dependabot/dependabot-finding.ts'
import { checkHygiene, dependencyHygiene } from './dependencies/hygiene.ts'
import { readManifests } from './dependencies/manifest-files.ts'
import type { Survey } from './dependencies/survey.ts'
import { surveyOf } from './dependencies/survey.ts'
import { unauditedNotices } from './dependencies/unaudited.ts'
import { checkLicenses, licenseCheck } from './licenses/check-licenses.ts'
import type { InstalledLicense } from './licenses/installed-licenses.ts'
import { installedLicenses } from './licenses/installed-licenses.ts'
import type { OwnPlace, OwnTool } from './own-outcome.ts'
import { ownNotApplicable, ownOutcome } from './own-outcome.ts'
import type { ScanContext } from './scan-context.ts'

/** What a project depends on. */
export interface Dependencies {
  readonly project: Project
  readonly survey: Survey
  /** By normalised name; undefined where there is no environment to look into. */
  readonly installed: ReadonlyMap<string, InstalledLicense> | undefined
}

export async function surveyProjects(
  host: Host,
  { top, projects }: OpenedCheck,
  environmentOf: EnvironmentOf,
): Promise<readonly Dependencies[]> {
  const surveyed: Dependencies[] = []
  for (const project of projects) {
    const survey = surveyOf(await readManifests(host, top, project))
    surveyed.push({ project, survey, installed: await licensesIn(host, await environmentOf(project)) })
  }
  return surveyed
}

/** Of what `install` names, and else of the environment that is there. */
async function licensesIn(host: Host, environment: PythonEnvironment | undefined) {
  if (environment === undefined || environment.kind === 'none') return undefined
  return installedLicenses(host, join(environment.python, '../..'))
}

export async function ownChecks(
  context: ScanContext,
  opened: PlannedCheck,
  about: {
    readonly dependencies: readonly Dependencies[]
    readonly range: CommitRange | undefined
    /** See `linksOutside`. */
    readonly links: readonly string[]
  },
): Promise<readonly ToolOutcome[]> {
  const place = (tool: OwnTool, project: Project): OwnPlace => ({
    ...{ host: context.host, tool, project, top: opened.top },
  })
  const outcomes: ToolOutcome[] = []
  for (const { project, survey, installed } of about.dependencies) {
    const { inventory } = survey
    const hygiene = place(dependencyHygiene, project)
    const found = checkHygiene(
      survey,
      unauditedNotices(project, { survey, packages: opened.plan.packages, links: about.links }),
    )
    outcomes.push(
      found === undefined
        ? ownNotApplicable(hygiene, 'Nothing here says what the project depends on.')
        : await ownOutcome(hygiene, found),
    )
    const licenses = checkLicenses({ inventory, installed }, context.inputs['denied-licenses'])
    if (licenses !== undefined) outcomes.push(await ownOutcome(place(licenseCheck, project), licenses))
  }
  return [
    ...outcomes,
    ...(await updates(context, opened, place)),
    ...(await commits(opened, about.range, place)),
  ]
}

type Place = (tool: OwnTool, project: Project) => OwnPlace

async function updates(
  { host }: ScanContext,
  { top, projects }: OpenedCheck,
  place: Place,
): Promise<readonly ToolOutcome[]> {
  const whole = projects.find(({ folder }) => folder === '')
  if (whole === undefined) return []
  const path = dependabotPaths.find((each) => whole.files.includes(each))
  const text = path === undefined ? undefined : await host.files.readText(join(top, path))
  const configuration = path === undefined || text === undefined ? undefined : { path, text }
  const files = projects.flatMap((each) => each.files.map((file) => posix.join(each.folder, file)))
  const result = checkDependabot(files, configuration)
  return result === undefined ? [] : [await ownOutcome(place(dependabotCheck, whole), result)]
}

/** The files as they are say nothing about a secret that a commit brought and another one removed. */
async function commits(
  { projects, plan }: PlannedCheck,
  range: CommitRange | undefined,
  place: Place,
): Promise<readonly ToolOutcome[]> {
  const [project] = projects
  const wanted = plan.packages.some(({ tools }) =>
    tools.some((each) => each.runs && readsCommits.has(each.tool.id)),
  )
  if (range?.kind !== 'unknown' || project === undefined || !wanted) return []
  const message = `${range.why} Or leave the commits out with \`history: off\`.`
  return [
    await ownOutcome(place(commitCheck, project), {
      findings: [],
      notices: [{ level: 'failed', message }],
      files: 0,
    }),
  ]
}

const commitCheck: OwnTool = {
  id: 'commits',
  name: 'Commits of the change',
  homepage: 'https://git-scm.com/',
  scope: 'project',
  kind: 'secrets',
  metrics: [],
}
