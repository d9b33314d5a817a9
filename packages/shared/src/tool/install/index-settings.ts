/**
 * Where packages come from. Most people set pip up (variables, `pip config set`, a login command of their registry),
 * some uv; each knows nothing of the other, and we use both. What is set for one is therefore told to the other,
 * where that has no setting of its own.
 */
import { environmentOfInstaller, secretsIn } from '../../host/tool-environment.ts'
import type { InstallContext } from './context.ts'

type Variables = Readonly<Record<string, string>>

/** pip's option, and uv's variable for the same. */
const ofUv = {
  'index-url': 'UV_DEFAULT_INDEX',
  'extra-index-url': 'UV_INDEX',
  'find-links': 'UV_FIND_LINKS',
  'no-index': 'UV_NO_INDEX',
  'trusted-host': 'UV_INSECURE_HOST',
  cert: 'SSL_CERT_FILE',
  'client-cert': 'SSL_CLIENT_CERT',
} as const

/** Older names that uv still reads. */
const olderNames: Variables = { UV_DEFAULT_INDEX: 'UV_INDEX_URL', UV_INDEX: 'UV_EXTRA_INDEX_URL' }

/** Variables that make uv look where pip would. A project's own settings in `pyproject.toml` still come first. */
export async function uvIndexSettings(context: InstallContext, python: string): Promise<Variables> {
  const { host } = context
  const environment = host.facts.toolEnvironment
  const settings = { ...(await pipSettings(context, python)), ...fromVariables(environment) }
  const found: Record<string, string> = {}
  for (const [option, variable] of Object.entries(ofUv)) {
    const value = settings[option]
    const older = olderNames[variable]
    if (!value || isOff(value) || environment[variable] || (older !== undefined && environment[older]))
      continue
    // uv takes `true` alone; it separates links by commas where pip has spaces.
    found[variable] =
      option === 'no-index' ? 'true' : option === 'find-links' ? value.split(/\s+/).join(',') : value
    for (const secret of secretsIn(option, value)) host.runner.mask(secret)
  }
  return found
}

/** `PIP_NO_INDEX=0` is no wish. */
function isOff(value: string): boolean {
  return ['0', 'false', 'no', 'off'].includes(value.toLowerCase())
}

/** Variables that make pip look where uv would: it installs uv itself. */
export function pipIndexSettings(environment: Variables): Variables {
  const main = environment['UV_DEFAULT_INDEX'] || environment['UV_INDEX_URL']
  const more = environment['UV_INDEX'] || environment['UV_EXTRA_INDEX_URL']
  return {
    ...(main && !environment['PIP_INDEX_URL'] && { PIP_INDEX_URL: asOfPip(main, environment) }),
    ...(more &&
      !environment['PIP_EXTRA_INDEX_URL'] && {
        PIP_EXTRA_INDEX_URL: more
          .split(/\s+/)
          .map((index) => asOfPip(index, environment))
          .join(' '),
      }),
  }
}

/** uv may give an index a name, `corp=https://…`, and take its credentials from variables of that name. */
function asOfPip(index: string, environment: Variables): string {
  const [, name, address] = /^([\w.-]+)=(\w+:.*)$/.exec(index) ?? []
  const url = URL.parse(address ?? index)
  if (name === undefined || url === null) return index
  const variable = `UV_INDEX_${name.toUpperCase().replaceAll(/[.-]/g, '_')}`
  url.username ||= encodeURIComponent(environment[`${variable}_USERNAME`] ?? '')
  url.password ||= encodeURIComponent(environment[`${variable}_PASSWORD`] ?? '')
  return url.href
}

function fromVariables(environment: Variables): Variables {
  const options = Object.keys(ofUv).map((option) => {
    const value = environment[`PIP_${option.toUpperCase().replaceAll('-', '_')}`]
    return [option, value] as const
  })
  return Object.fromEntries(options.flatMap(([option, value]) => (value ? [[option, value]] : [])))
}

/** What pip reads from its files; nothing where there is no pip. */
async function pipSettings(context: InstallContext, python: string): Promise<Variables> {
  const { host } = context
  const result = await host.processes.run({
    command: python,
    args: ['-m', 'pip', 'config', 'list', '--disable-pip-version-check'],
    cwd: host.facts.temporary,
    env: environmentOfInstaller(host.facts.toolEnvironment),
    timeoutMs: 30_000,
    maxBytes: 100_000,
  })
  return result.exitCode === 0 ? parsePipConfig(result.stdout) : {}
}

/** Lines like `global.index-url='https://…'`; those of a command win over `global`. */
export function parsePipConfig(text: string): Variables {
  const found: Record<string, string> = {}
  for (const wanted of ['global', 'install']) {
    for (const [, section, option = '', quoted = ''] of text.matchAll(/^([\w:]+)\.([\w-]+)=(.*)$/gm)) {
      if (section !== wanted) continue
      const value = quoted.trim().replace(/^(['"])(.*)\1$/, '$2')
      found[option] = value.replaceAll(/\\n/g, ' ').replaceAll(/\\(.)/g, '$1').trim()
    }
  }
  return found
}
