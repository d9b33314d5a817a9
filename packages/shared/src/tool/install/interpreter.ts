/** The Python that tools' environments are made with. */
import { isAbsolute } from 'node:path'
import { UserError } from '../../action/errors.ts'
import type { InstallContext } from './context.ts'

export interface Interpreter {
  /** Absolute path of the interpreter itself, behind shims and virtual environments. */
  readonly path: string
  /** Such as `3.12.4`. */
  readonly version: string
  /** Implementation, version, platform and libc: what decides which wheels fit. */
  readonly identity: string
  /** Environment folder in which the Python on PATH stands, if it does. */
  readonly virtual?: string | undefined
  readonly sitePackages: string
}

/**
 * `-I` keeps the folder it runs in and PYTHON variables out. `_base_executable` is the interpreter below a
 * virtual environment.
 */
const question = `
import json, platform, sys, sysconfig
print(json.dumps({
  "path": getattr(sys, "_base_executable", None) or sys.executable,
  "version": platform.python_version(),
  "identity": " ".join([platform.python_implementation(), platform.python_version(), sysconfig.get_platform(), *platform.libc_ver()]),
  "virtual": sys.prefix if sys.prefix != sys.base_prefix else None,
  "sitePackages": sysconfig.get_path("purelib"),
}))
`

/** The first Python 3 on PATH that answers: a shim that points nowhere and the Windows store's stub do not. */
export function findInterpreter(context: InstallContext): Promise<Interpreter> {
  return context.once('interpreter', async () => {
    const { host } = context
    const usual = host.facts.platform === 'win32' ? ['python', 'python3', 'py'] : ['python3', 'python']
    for (const name of context.python === undefined ? usual : [context.python]) {
      const command = isAbsolute(name) ? name : await host.processes.find(name, host.facts.toolEnvironment)
      const found = command && (await askInterpreter(context, command))
      if (found) return found
    }
    if (context.python !== undefined)
      throw new UserError(
        `\`python\`: ${context.python} does not answer; give the path of a Python 3, or leave it out.`,
      )
    throw new UserError(
      'No Python was found in PATH, and the tools need one: add `actions/setup-python` before this step.',
    )
  })
}

/**
 * The interpreter below a project's environment, else that on PATH: tools that parse with Python's own parser must
 * run on the Python that the project is written for.
 */
export async function interpreterFor(
  context: InstallContext,
  python: string | undefined,
): Promise<Interpreter> {
  const own =
    python === undefined
      ? undefined
      : await context.once(`interpreter ${python}`, () => askInterpreter(context, python))
  return own ?? findInterpreter(context)
}

/** Undefined where it does not answer. */
export async function askInterpreter(
  context: InstallContext,
  command: string,
): Promise<Interpreter | undefined> {
  const { host } = context
  const result = await host.processes.run({
    command,
    args: ['-I', '-c', question],
    cwd: host.facts.temporary,
    env: host.facts.toolEnvironment,
    timeoutMs: 30_000,
    maxBytes: 100_000,
  })
  if (result.ended !== 'exited' || result.exitCode !== 0) return undefined
  try {
    const { path, version, identity, virtual, sitePackages } = JSON.parse(result.stdout)
    const texts = [path, version, identity, sitePackages].map(String)
    const [a = '', b = '', c = '', d = ''] = texts
    return {
      path: a,
      version: b,
      identity: c,
      sitePackages: d,
      ...(typeof virtual === 'string' && { virtual }),
    }
  } catch {
    return undefined
  }
}
