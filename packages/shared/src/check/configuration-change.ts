/** Which settings of tools a change edits. Pure. */
import type { ConfigFile } from '../tool/project.ts'
import type { Tool } from '../tool/tool.ts'
import { describeScannerFile, isScannerFile } from './scanner-settings.ts'
import type { SettingChange } from './setting-changes.ts'
import { changedSettings, describeSettings } from './setting-changes.ts'

/** One file of configuration, before and after; undefined where it does not exist. */
export interface ConfigChange {
  readonly path: string
  readonly before: ConfigFile | undefined
  readonly now: ConfigFile | undefined
}

/** Files that many programs share; of all others every setting is a tool's. */
const shared: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.cfg', 'tox.ini'])
/** They say what is installed or which versions run, which the report shows for each tool. */
const noSettings =
  /^(?:uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|\.pre-commit-config\.ya?ml|.*\.(?:txt|in))$/

export function describeConfigChange(change: ConfigChange, tools: readonly Tool[]): readonly string[] {
  const name = (change.now ?? change.before)?.name ?? ''
  if (noSettings.test(name)) return []
  if (isScannerFile(name)) return describeScannerFile(change, tools)
  const settings = changedSettings(change.before?.data, change.now?.data)
  const ours = shared.has(name) ? settings.filter((setting) => isOfTool(setting, tools)) : settings
  if (ours.length === 0) return []
  return [`Settings of tools in \`${change.path}\`: ${describeSettings(ours)}.`]
}

/** `tool.ruff.…` of TOML; `mypy.…`, `mypy-package.…`, `pylint.main.…`, `tool:isort.…` of INI files. */
function isOfTool({ name }: SettingChange, tools: readonly Tool[]): boolean {
  const owner = /^(?:tool[.:])?([A-Za-z0-9_]+)/.exec(name)?.[1]?.toLowerCase()
  return tools.some((tool) => owner === tool.id || owner === tool.name.toLowerCase())
}
