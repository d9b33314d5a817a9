/** The pytest of the project's environment: asked of the interpreter without running any of the project's code. */
import { dirname, join } from 'node:path'
import type { Host } from '@ci-actions/shared'
import { ToolOutputError, UserError } from '@ci-actions/shared'

export interface PytestInstallation {
  /** Program and first arguments. */
  readonly command: readonly string[]
  /** Such as `9.2.0`. */
  readonly version: string
  /** Versions of what is installed, by normalised name. */
  readonly distributions: ReadonlyMap<string, string>
}

/** `-I` keeps the project's folder and `PYTHON…` variables out. */
const question = `
import importlib.metadata as metadata, json, os, re, sysconfig
found = {}
for distribution in metadata.distributions():
    name = distribution.metadata["Name"]
    if name:
        found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), distribution.version)
folder = sysconfig.get_path("scripts")
script = os.path.join(folder, "pytest.exe" if os.name == "nt" else "pytest")
print(json.dumps({"distributions": found, "script": script if os.path.isfile(script) else None}))
`

/** Throws `UserError` where there is no Python or no pytest that we can work with. */
export async function findPytest(
  host: Host,
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<PytestInstallation> {
  if (python === '')
    throw new UserError('No Python was found in PATH: add `actions/setup-python` before this step.')
  const result = await host.processes.run({
    command: python,
    args: ['-I', '-X', 'utf8', '-c', question],
    cwd: host.facts.temporary,
    env,
    timeoutMs: 60_000,
    maxBytes: 4_000_000,
  })
  if (result.ended !== 'exited' || result.exitCode !== 0)
    throw new UserError(`${python} does not answer: ${result.startError ?? result.stderr.slice(-500)}`)
  return installationFrom(result.stdout, python, host.facts.platform)
}

/** Reads the interpreter's answer. */
export function installationFrom(answer: string, python: string, platform: string): PytestInstallation {
  const { distributions, script } = parseAnswer(answer)
  const version = distributions.get('pytest')
  if (version === undefined)
    throw new UserError(
      `pytest is not installed in the project's environment (${python}). Name what has it in \`install\`, such as \`requirements-dev.txt\` or \`.[test]\`.`,
    )
  if (Number.parseInt(version, 10) < 7)
    throw new UserError(`pytest ${version} is too old: 7.0 is the oldest that \`test-suite\` can run.`)
  return { command: commandOf(python, script, platform), version, distributions }
}

/**
 * The script as people call it, and not `python -m pytest`, which puts the project's folder before what is installed:
 * then a package's sources would be tested where its build is meant.
 */
function commandOf(python: string, script: string | undefined, platform: string): readonly string[] {
  if (script === undefined) return [python, '-m', 'pytest']
  return platform === 'win32' ? [script] : [python, script]
}

function parseAnswer(answer: string) {
  try {
    const { distributions, script }: Record<string, unknown> = JSON.parse(answer)
    const entries = Object.entries(Object(distributions)).map(
      ([name, version]) => [name, String(version)] as const,
    )
    return { distributions: new Map(entries), script: typeof script === 'string' ? script : undefined }
  } catch {
    throw new ToolOutputError(`Python did not say what is installed; it said: ${answer.slice(0, 200)}`)
  }
}

/** The environment of commands that are meant for the project's environment: its programs come first in PATH. */
export function environmentOfProject(
  env: Readonly<Record<string, string>>,
  about: { readonly python: string; readonly kind: string; readonly platform: string },
): Readonly<Record<string, string>> {
  if (about.kind === 'none' || about.python === '') return env
  const name = Object.keys(env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH'
  const programs = dirname(about.python)
  const separator = about.platform === 'win32' ? ';' : ':'
  const path = env[name] ? `${programs}${separator}${env[name]}` : programs
  return { ...env, [name]: path, VIRTUAL_ENV: join(programs, '..') }
}
