/** Small Python programs that run over a list of files and print one line of JSON for each. */
import type { JsonRecord } from '@ci-actions/shared'
import { excerpt, isRecord, parseJson, recordOf, ToolOutputError, textOf } from '@ci-actions/shared'

/**
 * `-I` keeps the project's folder and `PYTHON…` variables out, so that a module of the project named like one of
 * the standard library is not run.
 */
export const isolated = ['-I', '-X', 'utf8'] as const

/**
 * The frame of a program. `body` defines `measure(path, tree)` that gives a dict, and may define `skips(path)`.
 * Files that do not parse give the `error` with its place. The last line has the number of files, so that output
 * that was cut off shows.
 */
export function scriptOverFiles(body: string): string {
  return `import ast, json, sys, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(10000)
def skips(path):
    return False
${body.trim()}
def look(path):
    if skips(path):
        return {"skipped": True}
    try:
        with open(path, "rb") as file:
            tree = ast.parse(file.read(), path)
        return measure(path, tree)
    except SyntaxError as error:
        return {"error": error.msg or "invalid syntax", "line": error.lineno, "column": error.offset}
    except (OSError, ValueError, RecursionError, MemoryError) as error:
        return {"error": str(error) or type(error).__name__}
options = [each for each in sys.argv[1:] if each.startswith("-")]
if options:
    sys.exit("takes no arguments, and was given " + " ".join(options))
for path in sys.argv[1:]:
    print(json.dumps({"file": path, **look(path)}))
print(json.dumps({"files": len(sys.argv) - 1, "python": sys.version.split()[0]}))
`
}

export interface FileLine {
  readonly file: string
  /** Why Python cannot read the file; the place counts from 1. */
  readonly error?: string | undefined
  readonly skipped: boolean
  readonly data: JsonRecord
}

/** Throws `ToolOutputError` for anything that is not the program's whole output. */
export function readFileLines(printed: string, errors: string, what: string): readonly FileLine[] {
  const lines = printed.split(/\r?\n/).filter((line) => line !== '')
  const records = lines.map((line) => recordOf(parseJson(line, what), what))
  const end = records.pop()
  if (end === undefined || end['files'] !== records.length || typeof end['python'] !== 'string') {
    throw new ToolOutputError(`${what} did not print all of its results. ${excerpt(errors || printed)}`)
  }
  return records.map((data) => ({
    file: textOf(data, 'file', what),
    ...(typeof data['error'] === 'string' && { error: `${data['error']} (Python ${end['python']})` }),
    skipped: data['skipped'] === true,
    data,
  }))
}

/** Where Python stopped reading; some errors have no place, and some have line 0. */
export function placeOf({ file, data }: FileLine): { path: string; line?: number; column?: number } {
  const { line, column } = data
  if (!isRecord(data) || typeof line !== 'number' || line < 1) return { path: file }
  return { path: file, line, ...(typeof column === 'number' && column > 0 && { column }) }
}
