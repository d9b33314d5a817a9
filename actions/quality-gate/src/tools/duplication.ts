import { createHash } from 'node:crypto'
import { join, posix } from 'node:path'
import type { JsonRecord, Notice, Project, RawFinding, Tool, ToolRequest } from '@ci-actions/shared'
import {
  excerpt,
  isPython,
  isRecord,
  listOf,
  numberOf,
  parseJson,
  recordOf,
  ToolOutputError,
  textOf,
} from '@ci-actions/shared'
import { findSigns } from './configuration-signs.ts'
import { onPythonFiles } from './python-files.ts'
import { requireVersion } from './versions.ts'

/** The share of lines that jscpd calls duplicated: those of each repetition, the first occurrence not counted. */
export const duplication: Tool = {
  id: 'duplication',
  name: 'Duplication (jscpd)',
  homepage: 'https://github.com/kucherenko/jscpd',
  scope: 'project',
  kind: 'duplication',
  metrics: ['duplication'],
  install: { kind: 'npm', package: 'jscpd', executable: 'jscpd' },
  parallel: true,
  configuredBy: (project) => findSigns(project, { files: ['.jscpd.json'] }),
  applies: onPythonFiles,
  invocations: (request) => {
    requireVersion(request, 'jscpd', 5)
    return [
      {
        args: [
          '--format=python',
          '--reporters=json',
          `--output=${request.outputFolder}`,
          '--no-colors',
          '--no-tips',
          ...ignored(request),
          ...request.args,
          '.',
        ],
        // 1 with the project's own `threshold`; the report is there all the same.
        exitCodes: [0, 1],
        outputs: { report: join(request.outputFolder, 'jscpd-report.json') },
      },
    ]
  },
  async parse({ files, stdout, stderr }) {
    const report = files['report']
    if (report === undefined)
      throw new ToolOutputError(
        `jscpd wrote no report. ${excerpt((await stderr.text()) || (await stdout.text()))}`,
      )
    const result = recordOf(parseJson(await report.text(), 'jscpd'), 'jscpd')
    const total = recordOf(recordOf(result['statistics'], 'jscpd')['total'], 'jscpd')
    const lines = numberOf(total, 'lines', 'jscpd')
    const clones = listOf(result['duplicates'], 'jscpd').map((each) => toFinding(recordOf(each, 'jscpd')))
    if (clones.length !== numberOf(total, 'clones', 'jscpd'))
      throw new ToolOutputError('jscpd listed other clones than it counts.')
    return {
      notices: noticesOf(await stderr.text()),
      findings: clones,
      // Files shorter than its smallest clone are not looked at; nothing in them can be a duplicate.
      measurements: [
        { metric: 'duplication', value: numberOf(total, 'duplicatedLines', 'jscpd'), of: Math.max(lines, 1) },
      ],
    }
  },
}

/**
 * It goes on with its defaults when it cannot read its configuration. That it looked at no file is right where all
 * are short, and not where its configuration leaves them out, so the reader has to know.
 */
function noticesOf(errors: string): readonly Notice[] {
  const configured = errors.includes('Using config from ')
  return errors.split('\n').flatMap((line): readonly Notice[] => {
    if (line.startsWith('config file ')) return [{ level: 'failed', message: `jscpd: ${line.trim()}` }]
    const nothing = configured && line.startsWith('Warning: jscpd analyzed no files')
    return nothing ? [{ level: 'warning', message: line.replace('Warning: ', '').trim() }] : []
  })
}

/** The repetition is the finding, the other place related. */
function toFinding(clone: JsonRecord): RawFinding {
  const first = toLocation(clone['firstFile'])
  const second = toLocation(clone['secondFile'])
  const fragment = textOf(clone, 'fragment', 'jscpd')
  return {
    rule: 'duplicate',
    level: 'note',
    metric: 'duplication',
    message: `${numberOf(clone, 'lines', 'jscpd')} lines are the same as in ${first.path}, from line ${first.line}.`,
    location: second,
    related: [first],
    identity: createHash('sha256').update(fragment).digest('hex'),
  }
}

function toLocation(file: unknown): { path: string; line: number; endLine: number } {
  const place = recordOf(file, 'jscpd')
  return {
    path: textOf(place, 'name', 'jscpd'),
    line: numberOf(place, 'start', 'jscpd'),
    endLine: numberOf(place, 'end', 'jscpd'),
  }
}

/** Python files out of scope, whole folders where possible, and what the project ignores: the option replaces that. */
function ignored({ project, files }: ToolRequest): readonly string[] {
  const patterns = [...ownIgnore(project), ...outOfScope(project.files, files)]
  return patterns.length === 0 ? [] : [`--ignore=${patterns.join(',')}`]
}

function ownIgnore(project: Project): readonly string[] {
  const text = project.configuration.find(({ name }) => name === '.jscpd.json')?.text
  if (text === undefined) return []
  try {
    const data: unknown = JSON.parse(text)
    const list = isRecord(data) ? data['ignore'] : undefined
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
  } catch {
    // jscpd says so itself.
    return []
  }
}

export function outOfScope(all: readonly string[], scope: readonly string[]): readonly string[] {
  const wanted = new Set(scope)
  const needed = new Set<string>()
  for (const file of scope)
    for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) needed.add(folder)
  const patterns = new Set<string>()
  for (const file of all) {
    if (!isPython(file) || wanted.has(file)) continue
    let highest = file
    for (
      let folder = posix.dirname(file);
      folder !== '.' && !needed.has(folder);
      folder = posix.dirname(folder)
    )
      highest = `${folder}/**`
    patterns.add(highest)
  }
  // jscpd separates patterns by commas and reads braces and brackets as globs; `?` stands for them.
  return [...patterns].map((pattern) => pattern.replaceAll(/[,{}[\]]/g, '?')).sort()
}
