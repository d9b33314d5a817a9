/** Which files a file imports, directly and by what it imports; from `ruff analyze graph`. */
import { ToolOutputError } from '../action/errors.ts'
import { compare, digestOf } from './remembered-key.ts'

/** File to the files that it imports, all relative to the package, `/` as separator. */
export type ImportsGraph = ReadonlyMap<string, readonly string[]>

/** Throws `ToolOutputError` for anything that is not a graph. */
export function parseImportsGraph(text: string): ImportsGraph {
  const data: unknown = parseJson(text)
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new ToolOutputError('not an object of files')
  return new Map(Object.entries(data).map(([file, imports]) => [slashes(file), fileList(file, imports)]))
}

function fileList(file: string, imports: unknown): readonly string[] {
  if (!Array.isArray(imports)) throw new ToolOutputError(`no list of imports for ${file}`)
  return imports.map((each) => slashes(String(each)))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ToolOutputError('not JSON')
  }
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/')
}

/**
 * All that a file sees along imports, itself left out, sorted. Importing a module runs the `__init__.py` of each
 * package above it, so those count too. Undefined for a file that the graph does not have: nothing is known.
 */
export function importClosure(graph: ImportsGraph, file: string): readonly string[] | undefined {
  if (!graph.has(file)) return undefined
  const seen = new Set<string>([file])
  const queue = [file, ...packageInits(graph, file)]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    seen.add(next)
    for (const imported of graph.get(next) ?? []) {
      for (const each of [imported, ...packageInits(graph, imported)]) if (!seen.has(each)) queue.push(each)
    }
  }
  seen.delete(file)
  return [...seen].sort(compare)
}

function packageInits(graph: ImportsGraph, file: string): readonly string[] {
  const folders = file.split('/').slice(0, -1)
  return folders
    .map((_, index) => `${folders.slice(0, index + 1).join('/')}/__init__.py`)
    .filter((init) => graph.has(init))
}

/** Undefined where the digest of any of the files is not known. */
export async function closureDigest(
  graph: ImportsGraph,
  file: string,
  digest: (file: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const closure = importClosure(graph, file)
  if (closure === undefined) return undefined
  const parts: [string, string][] = []
  for (const each of closure) {
    const known = await digest(each)
    if (known === undefined) return undefined
    parts.push([each, known])
  }
  return digestOf(parts)
}
