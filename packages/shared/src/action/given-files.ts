/** Files that an input names by patterns, as the user may expect: an empty pattern is no success. */
import { basename, join, relative } from 'node:path'
import type { Files } from '../host/ports.ts'
import type { FoundFile } from './found-files.ts'
import { findFiles } from './found-files.ts'

export interface GivenFilesRequest {
  readonly files: Files
  /** Absolute path that patterns are relative to. */
  readonly top: string
  /** Absolute path of what this action writes. */
  readonly reportFolder: string
  /** Name of the input, for messages. */
  readonly input: string
  readonly patterns: readonly string[]
  /** A pattern that fits nothing is no problem. */
  readonly allowEmpty: boolean
  /** What these actions wrote is what is wanted, and not passed over. */
  readonly ownReports?: boolean | undefined
  /** Of the names of such files, for advice: `xml`. */
  readonly extension: string
}

export interface GivenFiles {
  /** Relative to `top`, sorted, each once. */
  readonly files: readonly FoundFile[]
  /** Patterns that leave the repository or fit nothing, each with what to do. */
  readonly problems: readonly string[]
  /** What fits and is not read. */
  readonly notices: readonly string[]
}

/** Of this action and the others; a later step that reads `**` must not count the same results again. */
const reportFolders = 'ci-actions-report'

export async function findGivenFiles(request: GivenFilesRequest): Promise<GivenFiles> {
  const { input } = request
  const found = new Map<string, FoundFile>()
  const links = new Set<string>()
  const own = new Set<string>()
  const problems: string[] = []
  for (const pattern of request.patterns) {
    if (/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(pattern)) {
      problems.push(`\`${input}\`: \`${pattern}\` leaves the repository.`)
      continue
    }
    const matched: FoundFile[] = []
    const linked: string[] = []
    const owned: string[] = []
    const files = await findFiles(request.files, request.top, [pattern], (path) => linked.push(path))
    for (const file of files) {
      if (isOwnReport(request, file.path, pattern)) owned.push(file.path)
      else matched.push(file)
    }
    if (matched.length === 0 && !request.allowEmpty)
      problems.push(`\`${input}\`: \`${pattern}\` ${await whyNothing(request, pattern, { linked, owned })}`)
    for (const file of matched) found.set(file.path, file)
    for (const path of linked) links.add(path)
    for (const path of owned) own.add(path)
  }
  const notices = [
    ...passedOver(links, 'links, which are not followed'),
    ...passedOver(own, 'reports of these actions, which count where they were made'),
  ]
  return {
    files: [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems,
    notices: notices.map((each) => `\`${input}\`: ${each}`),
  }
}

/** Whoever names the folder of such reports means them. */
function isOwnReport(
  { ownReports, top, reportFolder }: GivenFilesRequest,
  path: string,
  pattern: string,
): boolean {
  if (ownReports === true || pattern.includes(reportFolders)) return false
  const here = relative(top, reportFolder).split('\\').join('/')
  return path.split('/').includes(reportFolders) || path.startsWith(`${here}/`)
}

async function whyNothing(
  { files, top, extension }: GivenFilesRequest,
  pattern: string,
  { linked, owned }: { readonly linked: readonly string[]; readonly owned: readonly string[] },
): Promise<string> {
  if ((await files.status(join(top, pattern)))?.kind === 'folder')
    return `is a folder; write \`${pattern.replace(/\/+$/, '')}/**\`.`
  if (owned.length > 0)
    return `fits only reports of these actions; name their folder, such as \`${reportFolders}/**/*.${extension}\`.`
  const [link] = linked
  if (link !== undefined)
    return `fits only links (\`${basename(link)}\`), which are not followed; copy the files.`
  return 'fits no file. Check that the step before wrote it, or set `allow-empty: true`.'
}

function passedOver(paths: ReadonlySet<string>, what: string): readonly string[] {
  if (paths.size === 0) return []
  const shown = [...paths].sort().slice(0, 3)
  const more = paths.size > shown.length ? ` and ${paths.size - shown.length} more` : ''
  return [`not read, ${what}: ${shown.map((path) => `\`${path.replaceAll('`', "'")}\``).join(', ')}${more}.`]
}
