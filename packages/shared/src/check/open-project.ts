/** A project as actions see it that do not check it with tools: its repository, its files, its environment. */
import { join } from 'node:path'
import { UserError } from '../action/errors.ts'
import type { Repository } from '../git/repository.ts'
import { openRepository } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import { InstallError } from '../tool/install/context.ts'
import type { EnvironmentRequest, PythonEnvironment } from '../tool/install/environment.ts'
import { prepareEnvironment } from '../tool/install/environment.ts'
import type { Project } from '../tool/project.ts'
import { gatherProjects } from './projects.ts'

export interface OpenedProject {
  /** Absent where there is no git. */
  readonly repository: Repository | undefined
  /** Absolute path that repository-relative paths are relative to. */
  readonly top: string
  readonly project: Project
}

/** The one project in `workingDirectory`, with all its files. */
export async function openProject(
  host: Host,
  { workingDirectory, token }: { readonly workingDirectory: string; readonly token: string | undefined },
): Promise<OpenedProject> {
  const repository = await openRepository(host, join(host.facts.workspace, workingDirectory), token)
  const top = repository?.top ?? host.facts.workspace
  const folder = workingDirectory === '.' ? '' : workingDirectory
  const packages = [{ name: '', folder, rules: [] }]
  const [project] = await gatherProjects(host, repository, { top, packages, paths: [], exclude: [] })
  if (project === undefined) throw new Error('one package makes one project')
  return { repository, top, project }
}

/** What cannot be installed is the project's matter, so a `UserError`; what cannot be reached is not. */
export async function environmentOf(request: EnvironmentRequest): Promise<PythonEnvironment> {
  try {
    return await prepareEnvironment(request)
  } catch (error) {
    if (error instanceof InstallError) throw new UserError(`\`install\`: ${error.message}`)
    throw error
  }
}
