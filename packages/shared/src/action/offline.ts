/** `offline: true`, see docs/offline.md: no network, whatever the other inputs say. */
import type { Cache, Host } from '../host/ports.ts'
import { UserError } from './errors.ts'

/** For git of ours and git that a tool starts, which else would fetch what a partial clone left out. */
const localGit = { GIT_ALLOW_PROTOCOL: 'file' }

const nothingKept: Cache = { restore: async () => undefined, save: async () => false }

/**
 * The same host with nothing of GitHub and no HTTP, so that what forgets to look at `offline` reaches nobody. Sockets
 * stay: they lead to the services that the tests of a project need, and to nothing else.
 */
export function withoutNetwork(host: Host): Host {
  const { facts, cache } = host
  return {
    ...host,
    facts: { ...facts, toolEnvironment: { ...facts.toolEnvironment, ...localGit } },
    http: {
      request: async ({ url }) => {
        throw new UserError(`\`offline\` forbids to ask ${URL.parse(url)?.host ?? 'the network'}.`)
      },
    },
    github: undefined,
    // On a laptop it is a folder.
    cache: facts.kind === 'local' ? cache : nothingKept,
  }
}

export interface OfflineRemarks {
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

/**
 * What `offline` makes of other inputs in a workflow. One that asks for nothing but the network contradicts it, and what
 * would be done by default is said to be left out. On a laptop nothing of this is done anyway.
 */
export function offlineRemarks(
  values: Readonly<Record<string, unknown>>,
  kind: Host['facts']['kind'],
): OfflineRemarks {
  if (values['offline'] !== true || kind === 'local') return { problems: [], notices: [] }
  const contradicting = [
    values['check-run'] === true ? '`check-run` sends annotations to GitHub' : '',
    (values['comment'] ?? 'off') === 'off' ? '' : '`comment` writes to the pull request',
    values['upload-sarif'] === true ? '`upload-sarif` sends findings to GitHub' : '',
    String(values['history']).startsWith('branch:') ? '`history` fetches a branch and pushes it' : '',
  ].filter((what) => what !== '')
  const caches = ['file', 'imports'].includes(String(values['cache'])) || values['history'] === 'cache'
  return {
    problems: contradicting.map((what) => `${what}, which \`offline\` forbids; leave one out.`),
    notices: caches
      ? [
          '`offline`: the cache of GitHub was neither read nor written. What earlier runs left is used where it is on this machine.',
        ]
      : [],
  }
}
