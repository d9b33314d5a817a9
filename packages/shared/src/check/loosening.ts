/** Calls out what a change loosens: tools that it no longer configures, settings and rules that it edits, comments that silence. */
import { join, posix } from 'node:path'
import { policyPaths } from '../action/policy-file.ts'
import type { Finding } from '../finding/finding.ts'
import type { Repository } from '../git/repository.ts'
import { readAt } from '../git/tree.ts'
import type { Files } from '../host/ports.ts'
import { proseCode } from '../report/prose.ts'
import { shorten, visibleLine } from '../report/visible.ts'
import type { ConfigFile, Project } from '../tool/project.ts'
import type { Tool } from '../tool/tool.ts'
import { describeBaselineChange } from './baseline-file.ts'
import type { FileChange } from './comparison.ts'
import { isConfigName, parseConfigFile } from './config-file.ts'
import type { ConfigChange } from './configuration-change.ts'
import { describeConfigChange } from './configuration-change.ts'
import type { Change, CheckContext, CheckDefinition } from './definition.ts'
import { describePolicyChange } from './policy-change.ts'
import { isScannerFile } from './scanner-settings.ts'
import { selectionOf } from './select.ts'

export interface ChangedTree extends Change {
  readonly projects: readonly Project[]
}

/** Sentences for the report; empty where the change touches nothing that decides the verdict. */
export async function findLoosening(
  context: CheckContext,
  definition: CheckDefinition,
  tree: ChangedTree,
): Promise<readonly string[]> {
  const { repository, baseSha, changes } = tree
  const touches = (paths: readonly string[]) =>
    changes.some(({ path, oldPath }) => paths.includes(path) || paths.includes(oldPath ?? path))
  const { baseline } = context.inputs
  return [
    ...(touches(policyPaths) ? await describePolicyChange(context, definition, repository, baseSha) : []),
    ...(touches([baseline])
      ? await describeBaselineChange(context.host.files, repository, baseSha, baseline)
      : []),
    ...(await configurationLoosening(context.host.files, tree, selectionOf(definition).tools)),
    ...(await hiddenFiles(context.host.files, tree)),
    ...((await definition.loosening?.(tree)) ?? []),
  ]
}

async function configurationLoosening(
  files: Files,
  { repository, baseSha, changes, projects }: ChangedTree,
  tools: readonly Tool[],
): Promise<readonly string[]> {
  const touched = changes.filter(({ path, oldPath }) =>
    [path, oldPath ?? path]
      .map((each) => posix.basename(each))
      .some((name) => isConfigName(name) || isScannerFile(name)),
  )
  if (touched.length === 0) return []
  const sentences: string[] = []
  for (const project of projects) {
    const before = await configurationBefore(repository, baseSha, project, touched)
    sentences.push(...droppedTools({ ...project, configuration: before }, project, tools))
  }
  for (const change of touched) {
    const file = await bothVersions(files, repository, baseSha, change)
    sentences.push(...describeConfigChange(file, tools))
  }
  return sentences
}

async function bothVersions(
  files: Files,
  repository: Repository,
  baseSha: string,
  { path, oldPath, kind }: FileChange,
): Promise<ConfigChange> {
  const old = oldPath ?? path
  const before = kind === 'added' ? undefined : await readAt(repository, baseSha, old)
  const now = kind === 'deleted' ? undefined : await readRegular(files, join(repository.top, path))
  return {
    path,
    before: before === undefined ? undefined : parseConfigFile(old, before),
    now: now === undefined ? undefined : parseConfigFile(path, now),
  }
}

/** Not through a link: what stands elsewhere is not shown in a report. */
async function readRegular(files: Files, path: string): Promise<string | undefined> {
  return (await files.realPath(path)) === path ? files.readText(path) : undefined
}

/** Attributes that take files out of every check. */
const hiding = /\blinguist-(?:generated|vendored)\b/

async function hiddenFiles(
  files: Files,
  { repository, baseSha, changes }: ChangedTree,
): Promise<readonly string[]> {
  const added: string[] = []
  for (const change of changes) {
    if (posix.basename(change.path) !== '.gitattributes' || change.kind === 'deleted') continue
    const before = (await readAt(repository, baseSha, change.oldPath ?? change.path)) ?? ''
    const now = (await readRegular(files, join(repository.top, change.path))) ?? ''
    const known = new Set(before.split('\n'))
    added.push(...now.split('\n').filter((line) => hiding.test(line) && !known.has(line)))
  }
  if (added.length === 0) return []
  const lines = added.slice(0, 5).map((line) => proseCode(shorten(visibleLine(line), 80)))
  const more = added.length > lines.length ? `, and ${added.length - lines.length} more` : ''
  return [`\`.gitattributes\` takes files out of all checks: ${lines.join(', ')}${more}.`]
}

async function configurationBefore(
  repository: Repository,
  baseSha: string,
  project: Project,
  touched: readonly FileChange[],
): Promise<readonly ConfigFile[]> {
  const paths = new Set(touched.map((change) => change.path))
  const before = project.configuration.filter((file) => !paths.has(file.path))
  for (const change of touched) {
    const path = change.oldPath ?? change.path
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    const above = folder === '' || project.folder === folder || project.folder.startsWith(`${folder}/`)
    const text = above && change.kind !== 'added' ? await readAt(repository, baseSha, path) : undefined
    if (text !== undefined) before.push(parseConfigFile(path, text))
  }
  return before
}

export function droppedTools(before: Project, now: Project, tools: readonly Tool[]): readonly string[] {
  const where = now.name === '' ? '' : ` in package \`${now.name}\``
  return tools.flatMap((tool) => {
    const signs = tool.configuredBy(before)
    if (signs.length === 0 || tool.configuredBy(now).length > 0) return []
    return [`${tool.name} is no longer configured${where}; the base configures it in ${signs.join(', ')}.`]
  })
}

/** Lists the first few, and counts the rest. */
export function describeNewSuppressions(findings: readonly Finding[]): readonly string[] {
  const added = findings.filter((finding) => finding.state === 'new')
  if (added.length === 0) return []
  const shown = added
    .slice(0, 5)
    .map(({ location, message }) => `\`${location?.path}:${location?.line}\` \`${message}\``)
  const more = added.length > shown.length ? `, and ${added.length - shown.length} more` : ''
  const noun = added.length === 1 ? 'A comment silences' : `${added.length} comments silence`
  return [`${noun} a tool: ${shown.join(', ')}${more}.`]
}
