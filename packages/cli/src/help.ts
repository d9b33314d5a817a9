/** Help texts, from the specs. 100 columns, plain text. */
import type { AnyAction } from '@ci-actions/shared'
import type { Option } from './options.ts'
import { inputOptions, ownOptions } from './options.ts'
import type { Subcommand } from './subcommands.ts'

const width = 100
const indent = 4

export function renderOverview(
  actions: readonly AnyAction[],
  subcommands: readonly Subcommand[] = [],
): string {
  const known = subcommands
    .filter(({ action }) => actions.some(({ name }) => name === action))
    .map(({ action, name, description }) => ({ name: `${action} ${name}`, description }))
  const longest = Math.max(...[...actions, ...known].map(({ name }) => name.length), 'cache clear'.length)
  const row = (name: string, text: string) => `  ${name.padEnd(longest)}  ${wrap(text, longest + 4)}`
  return [
    'ci-actions <action> [options] [paths…]',
    '',
    'Runs the actions of the suite on a laptop: the same checks, the same verdict as in CI.',
    '',
    ...[...actions, ...known].map(({ name, description }) => row(name, description)),
    row('cache clear', 'Deletes remembered results, databases, environments and installed tools.'),
    '',
    'ci-actions <action> --help lists its options. Exit codes: 0 passed, 1 failed or incomplete, 2 wrong use,',
    '3 an error in ci-actions, 4 something was not reachable.',
    '',
  ].join('\n')
}

export function renderHelp(action: AnyAction): string {
  const sections = [...inputOptions(action), { title: 'Output', options: ownOptions }]
  const takesPaths = Object.hasOwn(action.allInputs, 'paths')
  return [
    `ci-actions ${action.name} [options]${takesPaths ? ' [paths…]' : ''}`,
    '',
    wrap(action.description, 0),
    'Options are the inputs of the action; what is not given comes from .github/ci-actions.yml, then from the',
    'defaults. Paths are relative to where you are, everything else to the top of the repository.',
    '',
    ...sections.flatMap(({ title, options }) => [title, ...options.flatMap(renderOption), '']),
  ].join('\n')
}

function renderOption(option: Option): readonly string[] {
  return [`  ${usageOf(option)}`, `${' '.repeat(indent)}  ${wrap(describe(option), indent + 2)}`]
}

function usageOf({ name, placeholder, repeatable, spec }: Option): string {
  if (spec?.kind === 'flag') return spec.default === 'true' ? `--no-${name}` : `--${name}`
  if (name === 'help') return '-h, --help'
  return `--${name}${placeholder === '' ? '' : ` ${placeholder}`}${repeatable ? ' …' : ''}`
}

function describe({ description, repeatable, spec }: Option): string {
  const more: string[] = []
  if (spec?.default !== undefined && spec.kind !== 'flag') more.push(`default: ${spec.default}`)
  if (spec?.example !== undefined) more.push(`example: '${spec.example}'`)
  if (repeatable) more.push('repeatable')
  return [plain(description), ...(more.length > 0 ? [`(${more.join('; ')})`] : [])].join(' ')
}

/** Descriptions are Markdown with inline code, and speak of values where the command line has options. */
function plain(text: string): string {
  const own = text.replace(/^`(?:true|false)`:? +/, '').replace(/, one(?: \w+)? a line/, '')
  return (own.charAt(0).toUpperCase() + own.slice(1)).replaceAll('`', '')
}

/** Lines after the first are indented by `column`. */
function wrap(text: string, column: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width - column) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join(`\n${' '.repeat(column)}`)
}
