import { join } from 'node:path'
import type { Measurement, Project, RawFinding, Tool } from '@ci-actions/shared'
import { excerpt, listOf, numberOf, parseJson, recordOf, ToolOutputError, textOf } from '@ci-actions/shared'
import { fileArguments, onPythonFiles, packagePath, repositoryPath } from './python-files.ts'
import { syntaxError, syntaxErrors } from './syntax-error.ts'
import { requireVersion } from './versions.ts'

interface FunctionComplexity {
  readonly name: string
  readonly value: number
}

/**
 * Cognitive complexity, by complexipy, isolated from the project's configuration and its `complexipy: ignore`
 * comments, which would falsify a measurement.
 *
 * Exact per file: a function's branches are all in its file. Nothing else belongs into the key.
 */
export const cognitiveComplexity: Tool = {
  id: 'cognitive-complexity',
  name: 'Cognitive complexity (complexipy)',
  homepage: 'https://rohaquinlop.github.io/complexipy/',
  scope: 'file',
  kind: 'complexity',
  metrics: ['cognitive-complexity-max', syntaxErrors],
  install: { kind: 'python', package: 'complexipy', executable: 'complexipy' },
  parallel: true,
  configuredBy: () => [],
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'complexipy', 8, 2)
    const report = join(request.outputFolder, 'complexipy.json')
    const args = [
      '--isolated',
      '--plain',
      '--no-ignore',
      '--color=no',
      `--cache-dir=${request.cacheFolder}`,
      // Without a limit only files that it cannot read make it exit with 1.
      '--max-complexity-allowed=1000000',
      '--output-format=json',
      `--output=${report}`,
      ...request.args,
    ]
    return [{ args, files: fileArguments(request.files), exitCodes: [0, 1], outputs: { report } }]
  },
  async parse({ stdout, stderr, files: { report }, exitCode, request, invocation }) {
    const printed = `${await stdout.text()}\n${await stderr.text()}`
    const findings = unreadable(printed)
    if (report === undefined || (exitCode === 1 && findings.length === 0))
      throw new ToolOutputError(`complexipy stopped. ${excerpt(printed)}`)
    const highest = highestOfFiles(await report.text(), request.project)
    const unread = new Set(findings.map(({ location }) => packagePath(location?.path ?? '', request.project)))
    const files = (invocation.files ?? request.files).map((file) => packagePath(file, request.project))
    return {
      findings,
      measurements: measure(
        highest,
        files.filter((file) => !unread.has(file)),
        request.project,
      ),
    }
  },
}

/** It names files that do not parse between its results; why, it does not say. */
function unreadable(printed: string): readonly RawFinding[] {
  const found = printed.matchAll(/^error: Failed to process (.+) - /gm)
  return [...found].map(([, path = '']) => syntaxError({ path }, 'it does not parse', syntaxErrors))
}

function highestOfFiles(report: string, project: Project): ReadonlyMap<string, FunctionComplexity> {
  const highest = new Map<string, FunctionComplexity>()
  for (const each of listOf(parseJson(report, 'complexipy'), 'complexipy')) {
    const record = recordOf(each, 'complexipy')
    const path = packagePath(textOf(record, 'path', 'complexipy'), project)
    const value = numberOf(record, 'complexity', 'complexipy')
    if (value < (highest.get(path)?.value ?? 1)) continue
    highest.set(path, { name: textOf(record, 'function_name', 'complexipy').replaceAll('::', '.'), value })
  }
  return highest
}

/** 0 for a file without functions, so that the metric is there for every project. */
function measure(
  highest: ReadonlyMap<string, FunctionComplexity>,
  files: readonly string[],
  project: Project,
): readonly Measurement[] {
  return files.map((file) => {
    const most = highest.get(file)
    const path = repositoryPath(file, project)
    if (most === undefined) return { metric: 'cognitive-complexity-max', value: 0, path }
    return { metric: 'cognitive-complexity-max', value: most.value, path, at: `${most.name}() in ${path}` }
  })
}
