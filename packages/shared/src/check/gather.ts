/** Gathers what is known about a package before any tool runs. */
import { join, posix } from 'node:path'
import { UserError } from '../action/errors.ts'
import { readNeeded } from '../action/needed-file.ts'
import type { Host } from '../host/ports.ts'
import { scopeMatcher } from '../parse/path-patterns.ts'
import type { ConfigFile, Project } from '../tool/project.ts'
import { isPython } from '../tool/project.ts'
import { isConfigName, maxConfigBytes, parseConfigFile, tableAt } from './config-file.ts'

export interface GatherRequest {
  /** Absolute path that the repository-relative paths are relative to. */
  readonly workspace: string
  /** Name in the policy file; empty for the only package. */
  readonly name: string
  /** Repository-relative folder; empty for the top. */
  readonly folder: string
  /** All files of the repository, repository-relative. */
  readonly files: readonly string[]
  /** Where those of `files` end that are links; both repository-relative. */
  readonly links?: ReadonlyMap<string, string> | undefined
  /** Generated and vendored ones, repository-relative. */
  readonly leftOut: ReadonlySet<string>
  /** Globs or folders, relative to `folder`. */
  readonly paths: readonly string[]
  readonly exclude: readonly string[]
}

export async function gatherProject(host: Host, request: GatherRequest): Promise<Project> {
  const files = filesBelow(request.files, request.folder)
  const wanted = scopeMatcher(request)
  const inScope = files.filter(
    (file) => wanted(file) && !request.leftOut.has(posix.join(request.folder, file)),
  )
  const pythonFiles = inScope.filter(isPython)
  refuseLineBreaks(pythonFiles)
  const configuration = await readConfiguration(host, request)
  const requiresPython = oldestPython(configuration)
  return {
    name: request.name,
    root: request.folder === '' ? request.workspace : join(request.workspace, ...request.folder.split('/')),
    folder: request.folder,
    pythonFiles,
    files,
    inScope,
    links: linksBelow(request),
    configuration,
    firstParty: firstPartyNames(files),
    ...(requiresPython !== undefined && { requiresPython }),
  }
}

/** Most tools print one line a finding, so that a name of two lines would be two findings, or none. */
function refuseLineBreaks(files: readonly string[]): void {
  const odd = files.filter((file) => /[\r\n]/.test(file))
  if (odd.length === 0) return
  throw new UserError(
    odd.map(
      (file) =>
        `The name of ${JSON.stringify(file)} has a line break, which no tool's output can be read with. Rename the file, or leave it out with \`exclude\`.`,
    ),
  )
}

export function filesBelow(files: readonly string[], folder: string): readonly string[] {
  if (folder === '') return [...files].sort()
  const prefix = `${folder}/`
  return files
    .filter((file) => file.startsWith(prefix))
    .map((file) => file.slice(prefix.length))
    .sort()
}

function linksBelow({ links = new Map(), folder }: GatherRequest): ReadonlyMap<string, string> {
  const below = [...links].filter(([path]) => folder === '' || path.startsWith(`${folder}/`))
  return new Map(below.map(([path, end]) => [posix.relative(folder, path), posix.relative(folder, end)]))
}

/** Configuration at the package's folder and above it, nearest first, and of the same name only the nearest. */
async function readConfiguration(host: Host, request: GatherRequest): Promise<readonly ConfigFile[]> {
  const known = new Set(request.files)
  const found: ConfigFile[] = []
  for (let folder = request.folder; ; folder = posix.dirname(folder) === '.' ? '' : posix.dirname(folder)) {
    const prefix = folder === '' ? '' : `${folder}/`
    const here = [...known].filter(
      (file) => file.startsWith(prefix) && isConfigName(file.slice(prefix.length)),
    )
    for (const path of here.sort()) {
      const text = await readConfigFile(host, join(request.workspace, ...path.split('/')), path)
      if (text !== undefined) found.push(parseConfigFile(path, text))
    }
    if (folder === '') return found
  }
}

/** The file may be a link: those that are listed lead to a file of the working tree. */
async function readConfigFile({ files }: Host, absolute: string, path: string): Promise<string | undefined> {
  const real = await files.realPath(absolute)
  const status = real === undefined ? undefined : await files.status(real)
  if (status?.kind !== 'file' || status.bytes > maxConfigBytes) return undefined
  return readNeeded(files, absolute, path)
}

/** Top-level modules and packages, of the folder itself and of `src/`. */
export function firstPartyNames(files: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (const file of files) {
    if (!isPython(file)) continue
    const parts = (file.startsWith('src/') ? file.slice(4) : file).split('/')
    const first = parts[0] ?? ''
    names.add(parts.length === 1 ? first.replace(/\.pyi?$/, '') : first)
  }
  return [...names].sort()
}

function oldestPython(configuration: readonly ConfigFile[]): string | undefined {
  for (const file of configuration) {
    const required = tableAt(file, 'project')?.['requires-python']
    const match = typeof required === 'string' ? /(?:>=|==|~=)\s*(\d+\.\d+)/.exec(required) : null
    if (match?.[1] !== undefined) return match[1]
  }
  return undefined
}
