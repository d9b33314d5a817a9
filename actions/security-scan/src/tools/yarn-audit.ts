import type { Tool, ToolOutput, ToolResult } from '@ci-actions/shared'
import { ToolOutputError } from '@ci-actions/shared'
import { withProbe } from './audit-probe.ts'
import type { AuditRegistry } from './audit-registry.ts'
import { auditRegistry, unanswered } from './audit-registry.ts'
import { aboutLocked, auditIn, auditResult, lockOf, refuseOffline } from './audit-run.ts'
import { parseNodeAuditReport } from './node-audit-report.ts'
import type { NodeLock } from './node-lock.ts'
import { locksNamed, othersNotice, readNodeLock, readsLocks } from './node-lock.ts'
import { unusedSettings } from './own-audit-settings.ts'
import { onLocks } from './scope.ts'

const lockNames = ['yarn.lock']
const registryNames = ['.yarnrc.yml', '.yarnrc', '.npmrc']
const who = 'yarn npm audit'
const settingsName = 'audit.yarnrc.yml'

/**
 * Started in the project it would run `yarnPath` and plugins, and read no lock of another format than its own. So it
 * gets names and versions, as a lock of its own, whichever Yarn wrote the project's: that of version 1 asks an address
 * which the registry has given up.
 */
export const yarnAudit: Tool = {
  id: 'yarn-audit',
  name: who,
  homepage: 'https://yarnpkg.com/cli/npm/audit',
  scope: 'project',
  kind: 'dependencies',
  metrics: ['findings'],
  install: { kind: 'npm', package: '@yarnpkg/cli-dist', executable: 'yarn' },
  configuredBy: () => [],
  reads: readsLocks(lockNames),
  applies: (project) => onLocks(locksNamed(project, lockNames), 'Yarn'),
  invocations: (request) => {
    refuseOffline(who, request.settings)
    return request.files.map((path, index) => {
      const files = {
        ...lockFor(readNodeLock(request.project, path)),
        [settingsName]: settingsFor(auditRegistry(request, path, registryNames)),
      }
      const { cwd, inputs } = auditIn(request, index, files)
      return {
        ...{ cwd, inputs },
        args: [
          'npm',
          'audit',
          '--recursive',
          '--environment=all',
          '--no-deprecations',
          '--json',
          ...request.args,
        ],
        // By another name, it reads no settings of folders above.
        env: {
          YARN_RC_FILENAME: settingsName,
          YARN_IGNORE_PATH: '1',
          YARN_GLOBAL_FOLDER: request.cacheFolder,
        },
        exitCodes: [0, 1],
      }
    })
  },
  parse,
}

/** JSON is YAML too. */
function lockFor(lock: NodeLock): Readonly<Record<string, string>> {
  const versions = withProbe(lock)
  const dependencies = Object.fromEntries(
    versions.map(({ name, version }, index) => [`p${index}`, `npm:${name}@${version}`]),
  )
  const common = { languageName: 'node', linkType: 'hard' }
  const entries = versions.map(({ name, version }, index) => [
    `p${index}@npm:${name}@${version}`,
    { version, resolution: `${name}@npm:${version}`, ...common },
  ])
  const resolution = 'audit@workspace:.'
  const own = {
    // Older ones are not taken for complete.
    __metadata: { version: 10, cacheKey: '10c0' },
    ...Object.fromEntries(entries),
    [resolution]: {
      version: '0.0.0-use.local',
      resolution,
      dependencies,
      languageName: 'unknown',
      linkType: 'soft',
    },
  }
  return {
    'yarn.lock': JSON.stringify(own),
    'package.json': JSON.stringify({ name: 'audit', private: true, dependencies }),
  }
}

/** It knows no proxy of the environment by itself. */
function settingsFor({ url }: AuditRegistry): string {
  const registry = url && {
    npmRegistryServer: url.replace(/\/$/, ''),
    unsafeHttpWhitelist: [new URL(url).hostname],
  }
  return JSON.stringify({
    ...registry,
    ...{ enableTelemetry: false, enableColors: false, enableHyperlinks: false, httpRetry: 2 },
    httpProxy: '${HTTP_PROXY:-${http_proxy:-}}',
    httpsProxy: '${HTTPS_PROXY:-${https_proxy:-}}',
  })
}

/** 1: findings, and any error, which is no JSON. */
async function parse(output: ToolOutput): Promise<ToolResult> {
  const { request, stdout, stderr } = output
  const about = lockOf(output, { who, locks: request.files, registryNames })
  const text = (await stdout.text()).trim()
  if (!/^(?:\{|$)/.test(text)) throw failureOf(about.registry, text)
  const said = (await stderr.text()).trim()
  if (text === '' && output.exitCode !== 0) throw failureOf(about.registry, said)
  // It prints nothing where it finds nothing, which nobody can tell from an answer that was empty.
  const { findings } = text === '' ? { findings: [] } : parseNodeAuditReport(text, aboutLocked(about))
  const unused = unusedSettings(request, about.lock, ['.yarnrc.yml'])
  const notices = [...othersNotice(about.lock, request.project), ...unused]
  return auditResult(about, request, { findings, notices })
}

function failureOf(registry: AuditRegistry, text: string): Error {
  if (/YN0035|YN0041|RequestError|HTTPError|ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|\.filter is not a/.test(text))
    return unanswered(registry, text)
  return new ToolOutputError(`${who} did not audit anything: ${(text.split('\n')[0] ?? '').slice(0, 300)}`)
}
