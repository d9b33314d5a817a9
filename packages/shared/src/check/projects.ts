/** Gathers the packages of a repository, or of a plain folder where there is no git. */
import { join } from 'node:path'
import { messageOf, UserError } from '../action/errors.ts'
import { generatedFiles, listTree } from '../git/files.ts'
import type { Repository } from '../git/repository.ts'
import type { Host } from '../host/ports.ts'
import type { Project } from '../tool/project.ts'
import { isPython } from '../tool/project.ts'
import { gatherProject } from './gather.ts'
import type { PackageSpec } from './packages.ts'

export interface ProjectsRequest {
  readonly top: string
  readonly packages: readonly PackageSpec[]
  readonly paths: readonly string[]
  readonly exclude: readonly string[]
}

export async function gatherProjects(
  host: Host,
  repository: Repository | undefined,
  request: ProjectsRequest,
): Promise<readonly Project[]> {
  const { files, links } =
    repository === undefined
      ? { files: await walk(host, request.top), links: undefined }
      : await listTree(repository)
  const python = files.filter(isPython)
  const leftOut = repository === undefined ? new Set<string>() : await generatedFiles(repository, python)
  const { top, paths, exclude } = request
  return Promise.all(
    request.packages.map(({ name, folder, without = [] }) => {
      const others = (file: string) => without.some((each) => file.startsWith(`${each}/`))
      const own = without.length === 0 ? files : files.filter((file) => !others(file))
      return gatherProject(host, { workspace: top, name, folder, files: own, links, leftOut, paths, exclude })
    }),
  )
}

/** Folders that hold no sources of the project; git would ignore them. */
const foreignFolders = new Set([
  'node_modules',
  '__pycache__',
  'site-packages',
  'venv',
  'build',
  'dist',
  'ci-actions-report',
])
/** Folders that begin with a dot are caches and environments, but for that of GitHub. */
function isForeign(name: string): boolean {
  return foreignFolders.has(name) || (name.startsWith('.') && name !== '.github')
}

/** A folder without git that is larger than this is not a project but a mistake. */
const maxWalked = 200_000

async function walk(host: Host, top: string): Promise<readonly string[]> {
  const found: string[] = []
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.length > maxWalked) throw tooMany()
    for (const name of await list(host, top, folder)) {
      const path = folder === '' ? name : `${folder}/${name}`
      const status = await host.files.status(join(top, path))
      if (status?.kind === 'file') found.push(path)
      else if (status?.kind === 'folder' && !isForeign(name)) waiting.push(path)
    }
  }
  return found.sort()
}

/** A folder that cannot be looked into may hold anything. */
async function list(host: Host, top: string, folder: string): Promise<readonly string[]> {
  try {
    return await host.files.list(join(top, folder))
  } catch (error) {
    throw new UserError(
      `The folder \`${folder === '' ? '.' : folder}\` cannot be read (${messageOf(error)}). Let the user that runs this read it.`,
    )
  }
}

function tooMany(): UserError {
  return new UserError(
    `This is no git repository and holds more than ${maxWalked.toLocaleString('en')} files. Run this in the project's folder, or name that in \`working-directory\`.`,
  )
}
