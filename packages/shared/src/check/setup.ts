/** What is known before a tool runs: the repository, its packages, and the plan. */
import { join } from 'node:path'
import { UserError } from '../action/errors.ts'
import { openRepository } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import { tokensIn } from '../tool/found-secrets.ts'
import type { Project } from '../tool/project.ts'
import { filesInScope } from '../tool/project.ts'
import type { CheckContext, CheckDefinition, OpenedCheck, PlannedCheck } from './definition.ts'
import type { PackageSpec } from './packages.ts'
import { readPackages } from './packages.ts'
import { gatherProjects } from './projects.ts'
import { withScripts } from './scripts.ts'
import { planPackage, selectionOf, wishesOf } from './select.ts'
import { withTexts } from './tool-texts.ts'
import { refuseUnparsed } from './unparsed.ts'

export interface OpenedPackages extends OpenedCheck {
  readonly packages: readonly PackageSpec[]
}

export interface CheckSetup extends OpenedPackages, PlannedCheck {}

/** Throws a `UserError` for packages with nothing to look at, and for configuration that hides which tools to run. */
export async function openCheck(context: CheckContext, definition: CheckDefinition): Promise<OpenedPackages> {
  const { host, inputs } = context
  const workingDirectory = inputs['working-directory']
  const { packages } = readPackages(context.policy['packages'], workingDirectory, definition.metrics)
  const folder = join(host.facts.workspace, workingDirectory)
  const repository = await openRepository(host, folder, inputs.token)
  const top = repository?.top ?? host.facts.workspace
  const { paths, exclude } = inputs
  const isWhole = definition.looksAt === 'files' && workingDirectory === '.'
  const parts = definition.undivided === true ? [wholeRepository] : isWhole ? withRest(packages) : packages
  const gathered = await gatherProjects(host, repository, { top, packages: parts, paths, exclude })
  const projects = gathered.filter(
    (project) => project.name !== '' || parts.length === 1 || filesInScope(project).length > 0,
  )
  if (definition.secretKey !== undefined) hideTokens(host, projects)
  refuseEmpty(projects, definition.looksAt ?? 'python')
  refuseUnparsed(projects, wishesOf(inputs).tools)
  if (definition.looksAt !== 'files') return { repository, top, projects, packages }
  const known = await Promise.all(projects.map((project) => withScripts(host, project)))
  return { repository, top, projects: known, packages }
}

export async function planCheck(
  { host, inputs }: CheckContext,
  definition: CheckDefinition,
  opened: OpenedPackages,
): Promise<CheckSetup> {
  const settings =
    typeof definition.settings === 'function' ? await definition.settings(opened) : definition.settings
  const selection = selectionOf(definition)
  const wishes = wishesOf(inputs)
  const known = await Promise.all(
    opened.projects.map((project) => withTexts(host, opened.top, project, selection.tools)),
  )
  const packages = known.map((project) => planPackage(project, selection, wishes, settings))
  const { paths, exclude } = inputs
  const { settingsOfRun } = definition
  return { ...opened, plan: { packages, settings, scope: { paths, exclude }, settingsOfRun } }
}

/** Names of files stand in messages, commands and notices, from the first line of the log on. */
function hideTokens({ runner }: Host, projects: readonly Project[]): void {
  for (const { files } of projects)
    for (const path of files) for (const token of tokensIn(path)) runner.hide(token)
}

const wholeRepository: PackageSpec = { name: '', folder: '', rules: [] }

/**
 * What is in no package has risks too: workflows, images, locks of all packages together. A risk in a package below another
 * one is that of the inner one, and counts once.
 */
function withRest(packages: readonly PackageSpec[]): readonly PackageSpec[] {
  const folders = packages.map(({ folder }) => folder)
  const all = folders.includes('') ? packages : [...packages, wholeRepository]
  return all.map((each) => {
    const prefix = each.folder === '' ? '' : `${each.folder}/`
    const without = folders.filter((folder) => folder !== each.folder && folder.startsWith(prefix))
    return { ...each, without }
  })
}

/** Nothing to look at is not the same as nothing found. */
function refuseEmpty(projects: readonly Project[], looksAt: 'python' | 'files'): void {
  const python = looksAt === 'python'
  const empty = projects.filter(({ pythonFiles, files }) => (python ? pythonFiles : files).length === 0)
  if (empty.length === 0) return
  throw new UserError(
    empty.map((project) => {
      const name = project.name === '' ? '' : ` of package \`${project.name}\``
      const where = project.folder === '' ? 'the repository' : `\`${project.folder}\``
      return `There are no ${python ? 'Python ' : ''}files in ${where}${name}. Check \`working-directory\`, \`paths\` and \`exclude\`, and that the repository was checked out before this step.`
    }),
  )
}

/** Of the files that are looked at, repository-relative. */
export function repositoryPaths(
  project: Project,
  looksAt: CheckDefinition['looksAt'] = 'python',
): readonly string[] {
  const files = looksAt === 'python' ? project.pythonFiles : filesInScope(project)
  return files.map((file) => (project.folder === '' ? file : `${project.folder}/${file}`))
}
