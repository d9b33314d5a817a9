/** What is known before a tool runs: the repository, its packages, and the plan. */
import { join } from 'node:path'
import { UserError } from '../action/errors.ts'
import { openRepository } from '../git/repository.ts'
import type { Project } from '../tool/project.ts'
import { filesInScope } from '../tool/project.ts'
import type { CheckContext, CheckDefinition, OpenedCheck } from './definition.ts'
import type { PackageSpec } from './packages.ts'
import { readPackages } from './packages.ts'
import type { Plan } from './plan.ts'
import { gatherProjects } from './projects.ts'
import { planPackage, selectionOf, wishesOf } from './select.ts'
import { refuseUnparsed } from './unparsed.ts'

export interface OpenedPackages extends OpenedCheck {
  readonly packages: readonly PackageSpec[]
}

export interface CheckSetup extends OpenedPackages {
  readonly plan: Plan
}

/** Throws a `UserError` for packages with nothing to look at, and for configuration that hides which tools to run. */
export async function openCheck(context: CheckContext, definition: CheckDefinition): Promise<OpenedPackages> {
  const { host, inputs } = context
  const workingDirectory = inputs['working-directory']
  const { packages } = readPackages(context.policy['packages'], workingDirectory, definition.metrics)
  const folder = join(host.facts.workspace, workingDirectory)
  const repository = await openRepository(host, folder, inputs.token)
  const top = repository?.top ?? host.facts.workspace
  const { paths, exclude } = inputs
  const parts = definition.undivided === true ? [wholeRepository] : packages
  const projects = await gatherProjects(host, repository, { top, packages: parts, paths, exclude })
  refuseEmpty(projects, definition.looksAt ?? 'python')
  refuseUnparsed(projects, wishesOf(inputs).tools)
  return { repository, top, projects, packages }
}

export async function planCheck(
  { inputs }: CheckContext,
  definition: CheckDefinition,
  opened: OpenedPackages,
): Promise<CheckSetup> {
  const settings =
    typeof definition.settings === 'function' ? await definition.settings(opened) : definition.settings
  const selection = selectionOf(definition)
  const wishes = wishesOf(inputs)
  const packages = opened.projects.map((project) => planPackage(project, selection, wishes, settings))
  return { ...opened, plan: { packages, settings, settingsOfRun: definition.settingsOfRun } }
}

const wholeRepository: PackageSpec = { name: '', folder: '', rules: [] }

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
