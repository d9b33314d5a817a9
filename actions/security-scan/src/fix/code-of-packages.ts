/** Where uv would run code of a project or of a package to learn what it needs, also with `--no-build`. Pure. */
import { parseConfigFile, tableAt } from '@ci-actions/shared'
import { declaredIn } from '../dependencies/python-declared.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import type { FixFiles } from './fix-plan.ts'

/** The first of the files, or of those that they take in, that makes it do so. */
export function fileThatRunsCode(paths: readonly string[], files: FixFiles): string | undefined {
  const waiting = [...paths]
  const seen = new Set(waiting)
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const text = files.get(path)
    if (text === undefined) continue
    if (path.endsWith('.toml') ? isBuilt(path, text) : namesSources(path, text)) return path
    if (path.endsWith('.toml')) continue
    const more = readRequirements(path, text).includes.filter((each) => !seen.has(each))
    for (const each of more) seen.add(each)
    waiting.push(...more)
  }
  return undefined
}

/** Metadata that is not written down is made by a build, and so is that of a package from git, an address or a folder. */
function isBuilt(path: string, text: string): boolean {
  const file = parseConfigFile(path, text)
  const dynamic = tableAt(file, 'project')?.['dynamic']
  if (file.error !== undefined || (Array.isArray(dynamic) && dynamic.length > 0)) return true
  return (declaredIn(file) ?? []).some(({ elsewhere }) => elsewhere)
}

function namesSources(path: string, text: string): boolean {
  return readRequirements(path, text).requirements.some(({ elsewhere }) => elsewhere)
}
