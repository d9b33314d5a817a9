/** The project's own Python environment, which type checkers and Pylint look into. */
import { join, posix } from 'node:path'
import { UserError } from '../../action/errors.ts'
import type { Host } from '../../host/ports.ts'
import type { Project } from '../project.ts'
import { digestOf } from '../remembered-key.ts'
import type { InstallContext } from './context.ts'
import { openInstallContext } from './context.ts'
import { planInstall } from './environment-plan.ts'
import { askInterpreter, findInterpreter } from './interpreter.ts'
import { environmentDigest, madeEnvironment } from './python-environment.ts'
import { distributionsIn, installedIn, pythonOf } from './site-packages.ts'

export interface PythonEnvironment {
  /** Absolute path of its interpreter; of the one on PATH where the project has no environment. */
  readonly python: string
  /** `none`: tools see what the Python on PATH has, which may be nothing. */
  readonly kind: 'installed' | 'active' | 'venv' | 'none'
  /** Short name for reports: `.venv`, `VIRTUAL_ENV`, the input. */
  readonly name: string
  /** Of what is installed in it, without paths. */
  readonly digest: string
  /** One sentence for the report. */
  readonly message: string
}

export interface EnvironmentRequest {
  readonly host: Host
  readonly project: Project
  /** Lines of the input `install`; empty for what is already there. */
  readonly install: readonly string[]
  readonly offline: boolean
  readonly lockedOnly?: boolean | undefined
  readonly python?: string | undefined
  /** Shares work with the installation of tools. */
  readonly context?: InstallContext | undefined
}

/**
 * Installs what `install` names, or finds the active environment or `.venv`. Throws `UserError` for lines that
 * cannot be installed, `InstallError` or `UnavailableError` where installing fails.
 */
export async function prepareEnvironment(request: EnvironmentRequest): Promise<PythonEnvironment> {
  const { host, project, offline, lockedOnly = false, python } = request
  const context = request.context ?? openInstallContext({ host, offline, lockedOnly, python })
  if (request.install.length > 0) return installEnvironment(context, project, request.install)
  const active = host.facts.toolEnvironment['VIRTUAL_ENV']
  return (
    (active && (await existing(context, active, 'active', 'VIRTUAL_ENV'))) ||
    (await existing(context, join(project.root, '.venv'), 'venv', posix.join(project.folder, '.venv'))) ||
    (await onPath(context))
  )
}

async function installEnvironment(
  context: InstallContext,
  project: Project,
  lines: readonly string[],
): Promise<PythonEnvironment> {
  const { host } = context
  const plan = await planInstall(context, project, lines)
  const what = `The environment for ${project.name === '' ? 'the project' : `package \`${project.name}\``}`
  const made = await madeEnvironment(context, {
    what,
    parts: ['project', plan.parts],
    locked: plan.locked,
    install: async (uv, python, folder) => {
      for (const [name, text] of Object.entries(plan.files)) await host.files.write(join(folder, name), text)
      for (const step of plan.steps(python, folder))
        await uv.run(what, step.args, { cwd: project.root, env: step.env })
    },
  })
  return {
    python: pythonOf(host, made.folder),
    kind: 'installed',
    name: `install: ${lines.join(', ')}`,
    digest: environmentDigest(made.distributions, made.interpreter),
    message: `Tools see an environment made from ${lines.map((line) => `\`${line}\``).join(', ')}: ${count(made.distributions.size)}, Python ${made.interpreter.version}.`,
  }
}

/** Undefined where the folder is no environment whose interpreter answers. */
async function existing(
  context: InstallContext,
  folder: string,
  kind: 'active' | 'venv',
  name: string,
): Promise<PythonEnvironment | undefined> {
  const { host } = context
  const distributions = await installedIn(host, folder)
  if (distributions === undefined) return undefined
  const python = pythonOf(host, folder)
  const interpreter = await askInterpreter(context, python)
  if (interpreter === undefined) {
    host.runner.log(`${folder} is a Python environment, but its interpreter does not answer; it is not used.`)
    return undefined
  }
  const called = kind === 'active' ? 'the active environment' : `\`${name}\``
  return {
    python,
    kind,
    name,
    digest: environmentDigest(distributions, interpreter),
    message: `Tools see ${called}: ${count(distributions.size)}, Python ${interpreter.version}.`,
  }
}

/** A Python of a runner, into which a step before this one may have installed the project's dependencies. */
async function onPath(context: InstallContext): Promise<PythonEnvironment> {
  const { host } = context
  try {
    const interpreter = await findInterpreter(context)
    const distributions = await distributionsIn(host, interpreter.sitePackages)
    return {
      python: interpreter.path,
      kind: 'none',
      name: 'PATH',
      digest: environmentDigest(distributions, interpreter),
      message: `The project has no environment of its own here (\`install\` makes one); tools see the Python ${interpreter.version} on PATH with ${count(distributions.size)}.`,
    }
  } catch (error) {
    if (!(error instanceof UserError) || context.python !== undefined) throw error
    return {
      python: '',
      kind: 'none',
      name: 'PATH',
      digest: digestOf([]),
      message: 'There is no Python in PATH.',
    }
  }
}

function count(packages: number): string {
  return packages === 1 ? '1 package' : `${packages} packages`
}
