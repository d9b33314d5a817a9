/** Which variables tools get to see: a list of what is allowed, so that no token of the runner gets through. */

type Environment = Readonly<Record<string, string | undefined>>

export interface ToolEnvironment {
  readonly variables: Readonly<Record<string, string>>
  /** Credentials inside them, to be masked. */
  readonly secrets: readonly string[]
}

const everywhere = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'GIT_SSL_CAINFO',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'CONDA_DEFAULT_ENV',
  // A Python of actions/setup-python on a self-hosted runner finds its own library by it.
  'LD_LIBRARY_PATH',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  // Credentials of pip, uv and git by host; HOME has the usual one.
  'NETRC',
  // Mirrors of Trivy's databases and checks.
  'TRIVY_DB_REPOSITORY',
  'TRIVY_JAVA_DB_REPOSITORY',
  'TRIVY_CHECKS_BUNDLE_REPOSITORY',
]

/** Where the project's own modules and settings are, for tools that look into them. */
const ofProject = ['PYTHONPATH', 'MYPYPATH', 'DJANGO_SETTINGS_MODULE']

const onWindows = [
  'USERPROFILE',
  'USERNAME',
  'HOMEDRIVE',
  'HOMEPATH',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PROGRAMW6432',
  'ALLUSERSPROFILE',
  'COMMONPROGRAMFILES',
  'COMMONPROGRAMFILES(X86)',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
  'OS',
]

const prefixes = /^(LC_|PIP_|UV_|PYENV_|npm_config_|NPM_CONFIG_)/
/** Never needed to check code, whatever the prefix. */
const publishing = /^UV_PUBLISH_/
const secretName = /token|password|passwd|secret|_auth\b|authtoken/i

/** `further` are names that are allowed beside the list. */
export function toolEnvironment(
  env: Environment,
  platform: string,
  further: readonly string[] = [],
): ToolEnvironment {
  const names = new Set([...everywhere, ...ofProject, ...further])
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue
    const known = names.has(name) || (platform === 'win32' && isWindowsName(name))
    if ((known || prefixes.test(name)) && !publishing.test(name)) variables[name] = value
  }
  return { variables, secrets: Object.entries(variables).flatMap(([name, value]) => secretsIn(name, value)) }
}

/**
 * What belongs to the runner and not to the project: tokens of its services, our own inputs, and the files by which
 * a step sets outputs, variables and paths of the job. The other `GITHUB_` and `RUNNER_` variables say nothing secret.
 */
const ofRunner =
  /^(ACTIONS_(?!STEP_DEBUG$|RUNNER_DEBUG$)|INPUT_|STATE_|GITHUB_(TOKEN|ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/i

/** For the project's own commands: everything but what belongs to the runner. */
export function projectEnvironment(env: Environment): Variables {
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ofRunner.test(entry[0]),
  )
  return Object.fromEntries(given)
}

/**
 * For a tool: without settings that hold a credential of a package index, which a plugin or the code of a pull
 * request could read; and only where it looks into the project with the paths of its modules, since a module of the
 * project would else take the place of one of the tool's own.
 */
export function environmentOfTool(variables: Variables, seesProject: boolean): Variables {
  return withoutNames(
    variables,
    (name, value) =>
      (!seesProject && ofProject.includes(name)) ||
      (prefixes.test(name) && secretsIn(name, value).length > 0),
  )
}

/** For pip, uv and npm: without paths in which pip would take a module of the project for one that is installed. */
export function environmentOfInstaller(variables: Variables): Variables {
  return withoutNames(variables, (name) => ofProject.includes(name))
}

/** What a result of a tool that looks into the project depends on beside files. */
export function environmentThatCounts(variables: Variables): Variables {
  return withoutNames(variables, (name) => !ofProject.includes(name))
}

type Variables = Readonly<Record<string, string>>

function withoutNames(variables: Variables, drop: (name: string, value: string) => boolean): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name, value]) => !drop(name, value)))
}

/** Passwords of a netrc file. */
export function netrcSecrets(text: string): readonly string[] {
  const found = text.matchAll(/(?:^|\s)password\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)
  return [...found].map(([, quoted, plain]) => plain ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '')
}

/** Names have no case there. */
function isWindowsName(name: string): boolean {
  const upper = name.toUpperCase()
  return onWindows.includes(upper) || everywhere.includes(upper)
}

/** Below that, an address's user without password is a name and no token. */
const shortestToken = 16

/** Values of variables that are named like a secret, and the passwords and tokens in the addresses of the others. */
export function secretsIn(name: string, value: string): string[] {
  if (secretName.test(name)) return [value]
  const found: string[] = []
  for (const match of value.matchAll(/\w:\/\/([^\s/@]+)@/g)) {
    const user = match[1] ?? ''
    const colon = user.indexOf(':')
    const secret = user.slice(colon + 1)
    if (colon !== -1 || secret.length >= shortestToken) found.push(secret, decoded(secret))
  }
  return [...new Set(found)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
