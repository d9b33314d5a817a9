/** What git is told on top of its arguments, so that it behaves the same on every machine. Pure. */

/** Options before the command of every call. They win over what the repository's own configuration says. */
export const fixedOptions: readonly string[] = [
  ['core.quotepath', 'off'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.longpaths', 'true'],
  ['submodule.recurse', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** English messages, no prompts, no lock on the user's index, pathspecs taken literally. */
export const fixedEnvironment: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  LANGUAGE: '',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  GCM_INTERACTIVE: 'never',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
}

/**
 * Text of a global configuration that trusts `folders` whoever owns them, and is otherwise the user's own.
 *
 * A file named by `GIT_CONFIG_GLOBAL`, because git before 2.38 (Debian's and Ubuntu's patched 2.30 and 2.34
 * too) ignores `safe.directory` from `-c` and from `GIT_CONFIG_COUNT`.
 */
export function globalConfiguration(
  folders: readonly string[],
  environment: Readonly<Record<string, string>>,
): string {
  const includes = userConfigurations(environment).map((path) => `\tpath = ${quoted(path)}`)
  const trusted = folders.map((path) => `\tdirectory = ${quoted(path)}`)
  return ['[include]', ...includes, '[safe]', ...trusted, ''].join('\n')
}

function userConfigurations(environment: Readonly<Record<string, string>>): readonly string[] {
  const own = environment['GIT_CONFIG_GLOBAL']
  if (own !== undefined) return own === '' ? [] : [own]
  const home = environment['HOME'] ?? environment['USERPROFILE']
  const settings = environment['XDG_CONFIG_HOME'] || (home && `${home}/.config`)
  return [settings && `${settings}/git/config`, home && `${home}/.gitconfig`].filter(
    (path) => !!path,
  ) as string[]
}

function quoted(path: string): string {
  return `"${path.replaceAll('\\', '/').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

/** One `GIT_CONFIG_KEY_n`, `GIT_CONFIG_VALUE_n` pair an entry; unlike arguments, nobody else can list them. */
export function configurationEnvironment(
  entries: readonly (readonly [name: string, value: string])[],
): Record<string, string> {
  const pairs = entries.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ])
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(pairs) }
}

/** The value of the header with which GitHub takes a token over HTTPS, without `AUTHORIZATION: basic `. */
export function basicCredentials(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64')
}

/**
 * Configuration that sends `token` to `serverUrl` and nowhere else. The empty value first takes away a header
 * that `actions/checkout` left in the repository: GitHub refuses two. SSH remotes of the server are read over
 * HTTPS, since the token is of no use to SSH.
 */
export function tokenConfiguration(
  serverUrl: string,
  token: string,
): readonly (readonly [name: string, value: string])[] {
  const server = serverUrl.replace(/\/+$/, '')
  const host = server.replace(/^https?:\/\//, '')
  return [
    [`http.${server}/.extraheader`, ''],
    [`http.${server}/.extraheader`, `AUTHORIZATION: basic ${basicCredentials(token)}`],
    [`url.${server}/.insteadOf`, `git@${host}:`],
    [`url.${server}/.insteadOf`, `ssh://git@${host}/`],
  ]
}
