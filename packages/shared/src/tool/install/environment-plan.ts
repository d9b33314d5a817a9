/** From the lines of the input `install:` to what uv is to do, and all that the result depends on. */
import { join, posix } from 'node:path'
import { messageOf, UserError } from '../../action/errors.ts'
import type { Files } from '../../host/ports.ts'
import { insideFile } from '../inside-file.ts'
import type { Project } from '../project.ts'
import type { InstallContext } from './context.ts'
import { lockedEverything } from './lock-closure.ts'
import { lockFileNames, parseLockFile } from './lock-file.ts'
import { parseRequirement, requirementLines } from './requirement.ts'

export interface InstallStep {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>> | undefined
}

export interface InstallPlan {
  /** Everything that decides the result: part of the environment's key. */
  readonly parts: readonly unknown[]
  /** Whether they name every version that will be installed. */
  readonly locked: boolean
  /** Files to put into the environment's folder first. */
  readonly files: Readonly<Record<string, string>>
  steps(python: string, folder: string): readonly InstallStep[]
}

/** `.` or `.[dev,test]`. */
const projectPattern = /^\.(?:\[([\w., -]+)\])?$/
const maxIncludes = 50

/** Throws one `UserError` that names all lines that cannot be installed. */
export async function planInstall(
  context: InstallContext,
  project: Project,
  lines: readonly string[],
): Promise<InstallPlan> {
  const plans: InstallPlan[] = []
  const problems: string[] = []
  for (const line of lines) {
    try {
      plans.push(await planLine(context, project, line))
    } catch (error) {
      problems.push(`\`install\`: ${line}: ${messageOf(error)}`)
    }
  }
  if (problems.length > 0) throw new UserError(problems)
  return {
    parts: plans.flatMap((plan) => plan.parts),
    locked: plans.every((plan) => plan.locked),
    files: Object.assign({}, ...plans.map((plan) => plan.files)),
    steps: (python, folder) => plans.flatMap((plan) => plan.steps(python, folder)),
  }
}

async function planLine(context: InstallContext, project: Project, line: string): Promise<InstallPlan> {
  const { files } = context.host
  const extras = projectPattern.exec(line)
  if (extras !== null)
    return planProject(
      files,
      project,
      line,
      (extras[1] ?? '')
        .split(',')
        .map((extra) => extra.trim())
        .filter(Boolean),
    )
  const text = await readInside(files, project, line)
  const name = posix.basename(line)
  if (name === 'uv.lock') return planUvLock(files, project, line, text)
  if (lockFileNames.includes(name)) return planLock(line, text)
  if (/\.(txt|in)$/.test(name)) return planRequirements(context, project, line, text)
  throw new Error(
    `is not known; give a lock file (${lockFileNames.join(', ')}), a requirements file (.txt), \`.\` or \`.[extra]\`.`,
  )
}

/** The dependencies alone, where they are listed; else the project is built and installed with them. */
async function planProject(
  files: Files,
  project: Project,
  line: string,
  extras: readonly string[],
): Promise<InstallPlan> {
  const texts: unknown[] = []
  for (const name of ['pyproject.toml', 'setup.cfg', 'setup.py'])
    texts.push(await files.readText(join(project.root, name)))
  const pyproject = project.configuration.find(
    ({ name, path }) => name === 'pyproject.toml' && path === posix.join(project.folder, name),
  )
  const table = pyproject?.data?.['project']
  const listed = typeof table === 'object' && table !== null && 'dependencies' in table
  if (texts.every((text) => text === undefined))
    throw new Error('there is no pyproject.toml, setup.cfg or setup.py to install from.')
  const args = listed ? ['-r', 'pyproject.toml', ...extras.flatMap((extra) => ['--extra', extra])] : [line]
  return {
    parts: [line, texts],
    locked: false,
    files: {},
    steps: (python) => [{ args: ['pip', 'install', '--python', python, ...args] }],
  }
}

/** All groups and extras: what tests and types need is in one or the other. */
async function planUvLock(files: Files, project: Project, line: string, text: string): Promise<InstallPlan> {
  const pyproject = await files.readText(join(project.root, posix.dirname(line), 'pyproject.toml'))
  if (pyproject === undefined) throw new Error('has no pyproject.toml beside it.')
  const options = [
    '--frozen',
    '--no-install-project',
    '--no-install-workspace',
    '--all-groups',
    '--all-extras',
    '--no-editable',
  ]
  return {
    parts: [line, text, pyproject],
    locked: true,
    files: {},
    steps: (python, folder) => [
      {
        args: ['sync', ...options, '--python', python, '--project', posix.dirname(line)],
        env: { UV_PROJECT_ENVIRONMENT: folder },
      },
    ],
  }
}

function planLock(line: string, text: string): InstallPlan {
  const requirements = lockedEverything(parseLockFile(line, text))
  if (requirements === undefined) {
    throw new Error(
      'names packages without hashes (from git, a path, or in several versions); export it to a requirements file and give that.',
    )
  }
  const file = `${line.replaceAll(/[^\w.-]/g, '_')}.txt`
  return {
    parts: [line, requirements],
    locked: true,
    files: { [file]: `${requirements}\n` },
    steps: (python, folder) => [
      {
        args: [
          'pip',
          'install',
          '--python',
          python,
          '--require-hashes',
          '--no-deps',
          '-r',
          join(folder, file),
        ],
      },
    ],
  }
}

async function planRequirements(
  context: InstallContext,
  project: Project,
  line: string,
  text: string,
): Promise<InstallPlan> {
  const texts = new Map([[line, text]])
  for (const [path, content] of texts) {
    for (const included of includedFiles(path, content)) {
      if (texts.size > maxIncludes) throw new Error(`includes more than ${maxIncludes} files.`)
      if (!texts.has(included)) texts.set(included, await readInside(context.host.files, project, included))
    }
  }
  const hashes = context.lockedOnly ? ['--require-hashes'] : []
  return {
    parts: [[...texts]],
    // Files with hashes come out of a lock, whole.
    locked: text.includes('--hash='),
    files: {},
    steps: (python) => [{ args: ['pip', 'install', '--python', python, ...hashes, '-r', line] }],
  }
}

/** Files that `-r` and `-c` lines name; none for lines that are requirements or other options. */
function includedFiles(path: string, text: string): readonly string[] {
  return requirementLines(text)
    .filter((line) => parseRequirement(line) === undefined)
    .flatMap((line) => /^(?:-r|--requirement|-c|--constraint)[=\s]*(\S+)$/.exec(line)?.[1] ?? [])
    .filter((included) => !included.includes('://'))
    .map((included) => posix.join(posix.dirname(path), included))
}

/** Of one file that another includes. */
const mostBytes = 32 * 1024 * 1024

/** A file of the package's folder, or of the repository around it. */
async function readInside(files: Files, { folder, root }: Project, path: string): Promise<string> {
  const depth = folder === '' ? 0 : folder.split('/').length
  const top = await files.realPath(join(root, '../'.repeat(depth)))
  const found = await insideFile(files, { folder: root, path, top, maxBytes: mostBytes })
  if ('why' in found) throw new Error(`\`${path}\` cannot be included: ${found.why}.`)
  return (await files.readText(found.path)) ?? ''
}
