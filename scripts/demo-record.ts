/** What the demo keeps of a run below `.cache/demo/`, as GitHub would show it. */
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { githubPage } from './github-page.ts'
import type { BundleResult } from './runner.ts'

export const demoFolder = resolve(import.meta.dirname, '../.cache/demo')

export interface DemoResult {
  readonly verdict: string
  readonly rules: readonly { readonly rule: string; readonly outcome: string }[]
  readonly findings: readonly DemoFinding[]
  readonly tools: readonly DemoTool[]
}

export interface DemoFinding {
  readonly tool: string
  readonly rule: string
  readonly state: string
  readonly location?: { readonly path: string }
  readonly related?: readonly { readonly path: string }[]
  readonly security?: { readonly severity: string; readonly kind?: string }
  readonly witnesses?: readonly { readonly tool: string; readonly rule: string }[]
}

export interface DemoTool {
  readonly id: string
  readonly status: string
  readonly why?: string
}

/** `name`: folder of the run. */
export function keep(name: string, title: string, workspace: string, result: BundleResult): DemoResult {
  const folder = join(demoFolder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'log.txt'), result.log)
  writeFileSync(join(folder, 'summary.md'), result.summary)
  writeFileSync(join(folder, 'summary.html'), githubPage(title, result.summary))
  writeFileSync(join(folder, 'annotations.txt'), annotationsOf(result.log))
  const evidence = result.outputs['report-dir']
  if (!evidence) throw new Error(`no report folder; the step said:\n${result.log}`)
  cpSync(resolve(workspace, evidence), join(folder, 'report'), { recursive: true })
  return JSON.parse(readFileSync(join(folder, 'report/result.json'), 'utf8')) as DemoResult
}

/** The lines that GitHub would make annotations of. */
function annotationsOf(log: string): string {
  const lines = log.split('\n').filter((line) => /^::(error|warning|notice)[ :]/.test(line))
  return lines
    .map((line) => line.replace(/^::/, '').replaceAll('%0A', '\n    ').replaceAll('%25', '%'))
    .join('\n')
}

const kept = [
  ['summary.html', 'the job summary, as GitHub shows it'],
  ['annotations.txt', 'the annotations of the step'],
  ['report/report.html', 'the report as one page'],
  ['report/results.sarif', 'the findings as SARIF'],
  ['report/result.json', 'the result, the same from every host'],
  ['report/fixes/requirements.txt.patch', 'the upgrade as a patch'],
] as const

/** Of each run what there is: one that passed may have no annotations. */
export function shown(
  runs: readonly string[],
): readonly (readonly [run: string, file: string, what: string])[] {
  return runs.flatMap((run) =>
    kept
      .filter(([file]) => statSync(join(demoFolder, run, file), { throwIfNoEntry: false })?.size)
      .map(([file, what]) => [run, file, what] as const),
  )
}
