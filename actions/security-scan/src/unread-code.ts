/** Code that no scanner of a run reads: a green run says nothing about it. Pure. */
import type { Project, ToolOutcome, ToolSettings } from '@ci-actions/shared'
import { counted, filesInScope } from '@ci-actions/shared'
import { isReadByBandit } from './tools/bandit.ts'
import { isReadByEslint } from './tools/eslint-security.ts'
import { isReadBySemgrep } from './tools/semgrep.ts'

/** Languages by suffix. */
const languages: readonly (readonly [string, RegExp])[] = [
  ['Python', /\.py[wx]?$/],
  ['Jupyter notebooks', /\.ipynb$/],
  ['JavaScript in `node_modules`', /(?:^|\/)node_modules\/.*\.(?:[cm]?js|jsx)$/],
  ['TypeScript in `node_modules`', /(?:^|\/)node_modules\/.*\.(?:[cm]?ts|tsx)$/],
  ['JavaScript', /\.(?:[cm]?js|jsx)$/],
  ['TypeScript', /\.(?:[cm]?ts|tsx)$/],
  ['Vue, Svelte or Astro', /\.(?:vue|svelte|astro)$/],
  ['Go', /\.go$/],
  ['Java', /\.java$/],
  ['Kotlin', /\.kts?$/],
  ['Scala', /\.scala$/],
  ['C#', /\.cs$/],
  ['C or C++', /\.(?:c|cc|cpp|cxx|h|hpp)$/],
  ['Rust', /\.rs$/],
  ['Swift', /\.swift$/],
  ['Ruby', /\.rb$/],
  ['PHP', /\.php$/],
  ['Perl', /\.p[lm]$/],
  ['Lua', /\.lua$/],
  ['Elixir', /\.exs?$/],
  ['Dart', /\.dart$/],
  ['PowerShell', /\.psm?1$/],
  ['shell', /\.(?:sh|bash|zsh)$/],
]

/** The same by the first line of a script. */
const interpreters: readonly (readonly [string, RegExp])[] = [
  ['Python', /\bpython[\d.]*\b|\buv run\b/],
  ['TypeScript', /\b(?:tsx|ts-node)\b/],
  ['JavaScript', /\b(?:node|bun|deno)\b/],
  ['Ruby', /\bruby\b/],
  ['Perl', /\bperl\b/],
  ['PHP', /\bphp\b/],
  ['PowerShell', /\bpwsh\b/],
  ['shell', /\b(?:ba|da|z|k)?sh\b/],
]

/** `ran`: outcomes of the run, of which those that looked at something count. */
export function unreadCodeNotices(
  projects: readonly Project[],
  ran: readonly Pick<ToolOutcome, 'tool' | 'project' | 'run'>[],
  settings: ToolSettings,
): readonly string[] {
  const counts = new Map<string, number>()
  for (const project of projects) {
    const here = ran.filter((each) => each.project.name === project.name).filter(({ run }) => looked(run))
    const ids = new Set(here.map(({ tool }) => tool.id))
    for (const path of filesInScope(project)) {
      const language = languageOf(path, project)
      if (language === undefined || isRead(path, { project, ids, settings })) continue
      counts.set(language, (counts.get(language) ?? 0) + 1)
    }
  }
  if (counts.size === 0) return []
  const kinds = languages.flatMap(([name]) => {
    const count = counts.get(name)
    return count === undefined ? [] : [`${name} (${counted(count, 'file')})`]
  })
  return [
    `No scanner that runs here reads ${kinds.join(', ')}: nobody looked for weaknesses of that code. Give the report of one that does in \`reports\`, or rules for Semgrep in \`semgrep-rules\`.`,
  ]
}

function looked({ status }: ToolOutcome['run']): boolean {
  return status !== 'not-applicable' && status !== 'skipped'
}

function languageOf(path: string, { scripts }: Project): string | undefined {
  const script = scripts?.get(path)
  const fits = ([, pattern]: readonly [string, RegExp]) => pattern.test(script ?? path)
  return (script === undefined ? languages : interpreters).find(fits)?.[0]
}

interface Readers {
  readonly project: Project
  readonly ids: ReadonlySet<string>
  readonly settings: ToolSettings
}

function isRead(path: string, { project, ids, settings }: Readers): boolean {
  return (
    (ids.has('bandit') && isReadByBandit(path, project)) ||
    (ids.has('eslint-security') && isReadByEslint(path)) ||
    (ids.has('semgrep') && isReadBySemgrep(path, settings))
  )
}
