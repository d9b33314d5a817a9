/** Which registry answers an audit, and what is said about it. Pure. */
import { posix } from 'node:path'
import type { Notice, ToolRequest } from '@ci-actions/shared'
import { isRecord, parseYaml, UnavailableError, UserError } from '@ci-actions/shared'

export interface AuditRegistry {
  /** Undefined for the one that the program asks by itself. */
  readonly url?: string | undefined
  /** The project's file that names it, repository-relative; undefined where the project has no say. */
  readonly from?: string | undefined
}

/** Files in which a project names its registry; nothing else of them counts. */
export const registryFiles: ReadonlySet<string> = new Set([
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  'pnpm-workspace.yaml',
])

/**
 * What the step says (`npm_config_registry`) comes before what the project says, which a pull request can change. A mirror
 * that a project names is asked all the same: names of private packages are not for the public registry.
 */
export function auditRegistry(
  { project, settings }: Pick<ToolRequest, 'project' | 'settings'>,
  lock: string,
  names: readonly string[],
): AuditRegistry {
  const given = settings['npm-registry']
  if (typeof given === 'string' && given !== '') return { url: given }
  for (const name of names) {
    const path = posix.join(posix.dirname(lock), name)
    const value = registryIn(name, project.texts?.get(path) ?? '')
    if (value !== undefined) return named(value, posix.join(project.folder, path))
  }
  return {}
}

function registryIn(name: string, text: string): string | undefined {
  if (name.endsWith('.yml') || name.endsWith('.yaml')) return inYaml(text)
  // What stands in a section is no setting.
  const [settings = ''] = text.split(/^\s*\[/m)
  const [, value = ''] =
    [...settings.matchAll(/^[ \t]*"?registry"?[ \t]*[=\s][ \t]*(\S.*?)\s*$/gm)].at(-1) ?? []
  return value.replace(/^(["'])(.*)\1$/, '$2') || undefined
}

function inYaml(text: string): string | undefined {
  let data: unknown
  try {
    data = parseYaml(text)
  } catch {
    return undefined
  }
  if (!isRecord(data)) return undefined
  const { npmAuditRegistry, npmRegistryServer, registry, registries } = data
  const all = isRecord(registries) ? registries['default'] : undefined
  return [npmAuditRegistry, npmRegistryServer, all, registry].find(
    (each): each is string => typeof each === 'string' && each !== '',
  )
}

function named(value: string, from: string): AuditRegistry {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol) || value.includes('${'))
    throw new UserError(
      `${from} names a registry that cannot be asked without the environment that it was written for. Set \`npm_config_registry\` for this step.`,
    )
  if (/^https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\/?$/.test(url.href)) return {}
  url.username = ''
  url.password = ''
  return { url: url.href, from }
}

/** Who names it decides what it says: that is never silent. */
export function registryNotices({ url, from }: AuditRegistry, who: string): readonly Notice[] {
  if (url === undefined || from === undefined) return []
  const message = `${from} names the registry ${url}, so that one answers for ${who}, and whoever changes the file chooses it. Set \`npm_config_registry\` for this step to choose it yourself.`
  return [{ level: 'warning', message }]
}

/** `said` is what the program printed; what the registry answered is not repeated. */
export function unanswered({ url, from }: AuditRegistry, said: string): UnavailableError {
  const what = `the advisories of the npm registry${url === undefined ? '' : ` ${url}`}${from === undefined ? '' : `, which ${from} names`}`
  return new UnavailableError(what, reasonIn(said))
}

function reasonIn(said: string): string {
  const status = /(?:responded with |Response Code: |(?:^|[\s"])(?=[45]\d\d [A-Z]))([45]\d\d)\b/.exec(
    said,
  )?.[1]
  if (status !== undefined && /40[45]|410|501/.test(status))
    return `it answered ${status}, so it knows no audits. OSV-Scanner reads the same lock files.`
  if (status !== undefined) return `it answered ${status}.`
  if (/AUDIT_ENDPOINT_NOT_EXISTS/.test(said))
    return 'it knows no audits. OSV-Scanner reads the same lock files.'
  if (/YN0041/.test(said)) return 'it asks for a login.'
  if (/not valid JSON|invalid json|Unexpected (?:token|end)/i.test(said)) return 'its answer is no JSON.'
  if (/unexpected body|is not a function|Cannot create property/.test(said))
    return 'its answer is no list of advisories.'
  return `it was not reached (${(said.trim().split('\n')[0] ?? '').slice(0, 200)}).`
}
