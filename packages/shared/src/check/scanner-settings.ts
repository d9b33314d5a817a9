/**
 * What a change does to the files that tell scanners what to pass over. Some of them hold secrets or digests of them:
 * of those only the names of settings are told. Pure.
 */
import { parseToml } from '../parse/toml.ts'
import { parseYaml } from '../parse/yaml.ts'
import { proseCode } from '../report/prose.ts'
import { visibleLine } from '../report/visible.ts'
import type { Tool } from '../tool/tool.ts'
import type { ConfigChange } from './configuration-change.ts'
import { auditedSince } from './secret-audits.ts'
import { changedSettings, describeSettings, namesOfSettings } from './setting-changes.ts'

interface ScannerFile {
  /** Id of the tool that reads it. */
  readonly tool: string
  readonly files: RegExp
  /** What has changed; undefined for nothing that matters. */
  readonly describe: (before: string, now: string) => string | undefined
}

const scannerFiles: readonly ScannerFile[] = [
  { tool: 'gitleaks', files: /^\.gitleaks\.toml$/, describe: namesIn(parseToml) },
  { tool: 'trivy', files: /^trivy(?:-secret)?\.ya?ml$/, describe: namesIn(parseYaml) },
  { tool: 'actionlint', files: /^actionlint\.ya?ml$/, describe: settingsOf },
  { tool: 'detect-secrets', files: /^\.secrets\.baseline$/, describe: auditedSince },
]

/** `name`: of a file, without its folder. */
export function isScannerFile(name: string): boolean {
  return scannerFiles.some(({ files }) => files.test(name))
}

/** Sentences; empty where none of `tools` reads it. */
export function describeScannerFile(
  { path, before, now }: ConfigChange,
  tools: readonly Tool[],
): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const old = before?.path.slice(before.path.lastIndexOf('/') + 1)
  return scannerFiles.flatMap(({ tool, files, describe }) => {
    const reader = tools.find(({ id }) => id === tool)
    const text = (file: ConfigChange['now'], own: string | undefined) =>
      file !== undefined && own !== undefined && files.test(own) ? file.text : ''
    const said = reader && describe(text(before, old), text(now, name))
    return said === undefined
      ? []
      : [`Settings of ${reader?.name} in ${proseCode(visibleLine(path))}: ${said}.`]
  })
}

function namesIn(parse: (text: string) => unknown): ScannerFile['describe'] {
  return (before, now) => {
    const changes = changedSettings(parsed(before, parse), parsed(now, parse))
    if (changes.length === 0) return undefined
    return `${namesOfSettings(changes)}; values are not shown, since they can be secrets`
  }
}

function settingsOf(before: string, now: string): string | undefined {
  const changes = changedSettings(parsed(before, parseYaml), parsed(now, parseYaml))
  return changes.length === 0 ? undefined : describeSettings(changes)
}

/** The scanner itself says what is wrong with its file. */
function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return text === '' ? {} : parse(text)
  } catch {
    return {}
  }
}
