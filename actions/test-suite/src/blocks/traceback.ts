/** The lines of stack traces, as Python, pytest, Node, Java, .NET and Go print them. Pure. */
import { normalisePath } from '@ci-actions/shared'

export interface StackFrame {
  /** As printed; of Java the package and the file, of Go perhaps the file alone. */
  readonly path: string
  /** 1-based. */
  readonly line: number
  /** Name of the function, where it is printed. */
  readonly inside?: string | undefined
}

export interface ProjectFrame extends StackFrame {
  /** Repository-relative. */
  readonly path: string
}

/** Where printed paths belong. */
export interface SourcePlaces {
  /** Absolute path of the repository. */
  readonly top: string
  /** Absolute path that printed paths are relative to. */
  readonly cwd: string
  /** Repository-relative. */
  readonly files: ReadonlySet<string>
}

/** Longer lines are data, not places. */
const longestLine = 600

/** Deepest first: where it went wrong, then who called. */
export function stackFrames(text: string): readonly StackFrame[] {
  const python: StackFrame[] = []
  const others: StackFrame[] = []
  for (const line of text.split('\n')) {
    if (line.length > longestLine) continue
    const frame = pythonFrame(line)
    if (frame !== undefined) python.push(frame)
    else others.push(...otherFrame(line))
  }
  // Python prints the deepest last, the others print it first.
  return python.length > 0 ? python.reverse() : others
}

/** Whether what matters stands at the beginning of the text. */
export function isDeepestFirst(text: string): boolean {
  return /^\s*at \S/m.test(text) && !/^\s*(?:File "|E {3})/m.test(text)
}

/** Of the frames those in files of the repository, deepest first, each place once. */
export function projectFrames(text: string, places: SourcePlaces): readonly ProjectFrame[] {
  const found = new Map<string, ProjectFrame>()
  for (const frame of stackFrames(text)) {
    const path = repositoryPath(frame.path, places)
    const key = `${path}:${frame.line}`
    if (path !== undefined && !found.has(key)) found.set(key, { ...frame, path })
  }
  return [...found.values()]
}

function repositoryPath(printed: string, { top, cwd, files }: SourcePlaces): string | undefined {
  const { path, outside } = normalisePath(printed, { workspace: top, cwd })
  if (!outside && files.has(path)) return path
  return /\.(?:java|kt|scala|groovy|go)$/.test(printed) ? uniqueEnding(printed, files) : undefined
}

/** Java names packages and Go's tests files of their folder: the one file with that ending, if it is one. */
function uniqueEnding(printed: string, files: ReadonlySet<string>): string | undefined {
  if (printed.startsWith('/') || /^[a-z]:/i.test(printed)) return undefined
  let only: string | undefined
  for (const file of files) {
    if (file !== printed && !file.endsWith(`/${printed}`)) continue
    if (only !== undefined) return undefined
    only = file
  }
  return only
}

/** `File "src/x.py", line 3, in f`. */
const nativePython = /^\s*File "([^"]+)", line (\d{1,9})(?:, in (.+))?$/
/** `src/x.py:41: AssertionError`, `src/x.py:41: in f`, `src/x.py:41: `. */
const pytestLine = /^(?![E>] )((?:[A-Za-z]:[\\/])?[^\s:][^:]*\.\w+):(\d{1,9}):(?: in (.+)| \S*)?$/

function pythonFrame(line: string): StackFrame | undefined {
  const [, path, number, inside] = nativePython.exec(line) ?? pytestLine.exec(line) ?? []
  return path === undefined ? undefined : frameOf(path, number, inside)
}

/** `at com.acme.Orders.price(Orders.java:42)`, perhaps behind a class loader or module. */
const java = /^\s*at (?:[^\s()/]*\/)*([\w.$<>]+)\(([\w$-]+\.(?:java|kt|scala|groovy)):(\d{1,9})\)$/
/** `at Acme.Orders.Price(Int32 n) in /src/Orders.cs:line 42`. */
const dotnet = /^\s*at ([^()]+)\([^()]*\) in (.+):line (\d{1,9})$/
/** `at price (/src/orders.ts:4:17)`, `at async file:///src/orders.ts:4:17`. */
const node =
  /^\s*at (?:async )?(?:([^()]+) \()?((?:file:\/\/|[A-Za-z]:[\\/])?[^\s():][^():]*):(\d{1,9}):\d{1,9}\)?$/
/** `	/src/orders.go:42 +0x1d`, `    orders_test.go:12: got 3`. */
const go = /^\s+(?:Error Trace:\s*)?([^\s:]+\.go|[A-Za-z]:[^\s:]+\.go):(\d{1,9})(?:: .*| \+0x[0-9a-f]+)?$/

function otherFrame(line: string): readonly StackFrame[] {
  const inJava = java.exec(line)
  if (inJava !== null) {
    const [, symbol = '', file = '', number] = inJava
    const folders = symbol.split('.').slice(0, -2)
    return [frameOf([...folders, file].join('/'), number, symbol.split('.').slice(-2).join('.'))]
  }
  const [, symbol, path, number] = dotnet.exec(line) ?? node.exec(line) ?? []
  if (path !== undefined) return [frameOf(path, number, symbol)]
  const [, goPath, goLine] = go.exec(line) ?? []
  return goPath === undefined ? [] : [frameOf(goPath, goLine, undefined)]
}

function frameOf(path: string, line: string | undefined, inside: string | undefined): StackFrame {
  return { path, line: Number(line), ...(inside !== undefined && { inside }) }
}
