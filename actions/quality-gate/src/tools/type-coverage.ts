import type { Measurement, RawFinding, Tool } from '@ci-actions/shared'
import { numberOf } from '@ci-actions/shared'
import { fileArguments, onPythonFiles, packagePath, repositoryPath } from './python-files.ts'
import { isolated, placeOf, readFileLines, scriptOverFiles } from './python-script.ts'
import { syntaxError, syntaxErrors } from './syntax-error.ts'

/**
 * Counts functions, and those whose signature is fully annotated: every parameter but `self` or `cls`, and the
 * result, except of `__init__`, which type checkers know. Methods, nested and overloaded functions count; lambdas,
 * which cannot be annotated, do not. Docs/analysers.md says why no existing tool is used.
 */
const script = scriptOverFiles(`
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
def is_static(function):
    return any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in function.decorator_list)
def is_annotated(function, is_method):
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    if is_method and named and not is_static(function):
        named = named[1:]
    named += arguments.kwonlyargs + [each for each in (arguments.vararg, arguments.kwarg) if each]
    returns = function.returns is not None or (is_method and function.name == "__init__")
    return returns and all(each.annotation is not None for each in named)
def measure(path, tree):
    functions = annotated = 0
    pending = [(tree, False)]
    while pending:
        node, in_class = pending.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, FUNCTIONS):
                functions += 1
                annotated += is_annotated(child, in_class)
            is_scope = isinstance(child, (*FUNCTIONS, ast.ClassDef, ast.Lambda))
            pending.append((child, isinstance(child, ast.ClassDef) or (in_class and not is_scope)))
    return {"functions": functions, "annotated": annotated}
`)

/** Exact per file: only the file's own syntax tree is looked at. The interpreter, which is in every key, parses it. */
export const typeCoverage: Tool = {
  id: 'type-coverage',
  name: 'Type coverage',
  homepage: 'https://docs.python.org/3/library/ast.html',
  scope: 'file',
  kind: 'types',
  metrics: ['type-coverage', syntaxErrors],
  install: { kind: 'present', executable: 'python' },
  configuredBy: () => [],
  applies: onPythonFiles,
  invocations: (request) => [
    {
      args: [...isolated, '-c', script, ...request.args],
      files: fileArguments(request.files),
      exitCodes: [0],
    },
  ],
  async parse({ stdout, stderr, request }) {
    const findings: RawFinding[] = []
    const measurements: Measurement[] = []
    for (const line of readFileLines(await stdout.text(), await stderr.text(), 'The count of annotations')) {
      if (line.error !== undefined) {
        findings.push(syntaxError(placeOf(line), line.error, syntaxErrors))
        continue
      }
      const value = numberOf(line.data, 'annotated', 'The count of annotations')
      const of = numberOf(line.data, 'functions', 'The count of annotations')
      if (of > 0)
        measurements.push({
          metric: 'type-coverage',
          path: repositoryPath(packagePath(line.file, request.project), request.project),
          value,
          of,
        })
    }
    return { findings, measurements }
  },
}
