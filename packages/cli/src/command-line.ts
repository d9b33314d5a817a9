/** Reads the command line. Pure; everything that is wrong is reported at once. */
import { parseArgs } from 'node:util'
import type { AnyAction } from '@ci-actions/shared'
import { closest } from '@ci-actions/shared'
import type { Format, Option } from './options.ts'
import { formats, optionsOf } from './options.ts'
import type { Subcommand } from './subcommands.ts'

export interface RunCommand {
  readonly kind: 'run'
  readonly action: AnyAction
  /** By the input's name; several values are lines. */
  readonly inputs: Readonly<Record<string, string>>
  /** Of `--paths` and what stands without an option; relative to the folder of the command. */
  readonly paths: readonly string[]
  readonly format: Format
  readonly output?: string | undefined
  readonly debug: boolean
}

export type Command =
  | RunCommand
  | { readonly kind: 'help'; readonly action?: AnyAction | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'clear-cache' }
  | { readonly kind: 'subcommand'; readonly subcommand: Subcommand; readonly args: readonly string[] }
  /** `action`: whose help to point to. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[]; readonly action?: string | undefined }

/** `subcommands`: of these actions; the others do not exist. */
export function parseCommandLine(
  args: readonly string[],
  actions: readonly AnyAction[],
  subcommands: readonly Subcommand[] = [],
): Command {
  const [first, ...rest] = args
  if (first === undefined || first === '--help' || first === '-h' || first === 'help')
    return helpOf(rest[0], actions)
  if (first === '--version') return { kind: 'version' }
  if (first === 'cache') return parseCache(rest)
  const action = actions.find(({ name }) => name === first)
  if (action === undefined) return noAction(first, actions)
  const subcommand = subcommands.find((each) => each.action === first && each.name === rest[0])
  return subcommand === undefined
    ? parseRun(action, rest)
    : { kind: 'subcommand', subcommand, args: rest.slice(1) }
}

function helpOf(name: string | undefined, actions: readonly AnyAction[]): Command {
  const action = actions.find((candidate) => candidate.name === name)
  return { kind: 'help', ...(action !== undefined && { action }) }
}

function parseCache(rest: readonly string[]): Command {
  if (rest.length === 1 && rest[0] === 'clear') return { kind: 'clear-cache' }
  return { kind: 'wrong', problems: ['The only command for the cache is `ci-actions cache clear`.'] }
}

function noAction(first: string, actions: readonly AnyAction[]): Command {
  const names = [...actions.map(({ name }) => name), 'cache']
  const problem = first.startsWith('-')
    ? `\`${first}\` cannot stand before the name of an action.${didYouMean(first, ['--help', '--version'])}`
    : `There is no action \`${first}\`.${didYouMean(first, names)}`
  return { kind: 'wrong', problems: [`${problem} There are: ${names.join(', ')}.`] }
}

function didYouMean(word: string, known: readonly string[], prefix = ''): string {
  const near = closest(word, known)
  return near === undefined ? '' : ` Did you mean \`${prefix}${near}\`?`
}

/** What was given for each option, and what is wrong, while reading. */
interface Reading {
  readonly options: ReadonlyMap<string, Option>
  readonly values: Map<string, readonly string[]>
  readonly problems: string[]
}

function parseRun(action: AnyAction, args: readonly string[]): Command {
  const options = optionsOf(action)
  const reading: Reading = {
    options: new Map(options.map((option) => [option.name, option])),
    values: new Map(),
    problems: [],
  }
  const paths: string[] = []
  for (const token of tokensOf(withValues(reading, args), options)) {
    if (token.kind === 'positional') paths.push(token.value)
    else if (token.kind === 'option') readOption(reading, token)
  }
  if (reading.values.has('help')) return { kind: 'help', action }
  if (reading.values.has('version')) return { kind: 'version' }
  if (paths.length > 0 && !reading.options.has('paths')) {
    reading.problems.push(`\`${action.name}\` takes no paths: \`${paths.join('`, `')}\`.`)
  }
  const format = formatOf(reading)
  if (reading.problems.length > 0) return { kind: 'wrong', problems: reading.problems, action: action.name }
  const output = reading.values.get('output')?.[0]
  return {
    kind: 'run',
    action,
    inputs: inputsOf(reading),
    paths: [...(reading.values.get('paths') ?? []), ...paths],
    format,
    ...(output !== undefined && { output }),
    debug: reading.values.has('debug'),
  }
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/** Not strict: Node's own strictness stops at the first error. */
function tokensOf(args: readonly string[], options: readonly Option[]): readonly Token[] {
  const config = Object.fromEntries(
    options.map(({ name, placeholder }) => [
      name,
      { type: placeholder === '' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const help = { type: 'boolean' as const, short: 'h' }
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...config, help },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens
}

function readOption(reading: Reading, token: OptionToken): void {
  const option = reading.options.get(token.name)
  if (option === undefined) readNegative(reading, token)
  else if (option.placeholder === '') readSwitch(reading, option, token)
  else readValue(reading, option, token)
}

/** `--no-enforce`; everything else by that time is unknown. */
function readNegative(reading: Reading, token: OptionToken): void {
  const positive = token.name.startsWith('no-') ? reading.options.get(token.name.slice(3)) : undefined
  if (positive?.spec?.kind !== 'flag') {
    reading.problems.push(`There is no option \`${token.rawName}\`.${nearestOption(reading, token)}`)
  } else if (token.value !== undefined) reading.problems.push(`\`${token.rawName}\` takes no value.`)
  else keep(reading, positive, 'false')
}

function nearestOption(reading: Reading, { name, rawName }: OptionToken): string {
  const flags = [...reading.options.values()]
    .filter(({ spec }) => spec?.kind === 'flag')
    .map((option) => `no-${option.name}`)
  return rawName.startsWith('--') ? didYouMean(name, [...reading.options.keys(), ...flags], '--') : ''
}

function readSwitch(reading: Reading, option: Option, token: OptionToken): void {
  if (token.value !== undefined && option.spec === undefined)
    reading.problems.push(`\`--${option.name}\` takes no value.`)
  else keep(reading, option, token.value ?? 'true')
}

function readValue(reading: Reading, option: Option, { value }: OptionToken): void {
  if (value === undefined || value === '') needsValue(reading, option)
  else keep(reading, option, value)
}

/** Without options that lack their value: `--base --plan` forgot one. A value with dashes is written `--base=--plan`. */
function withValues(reading: Reading, args: readonly string[]): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.filter((argument, index) => {
    const option =
      index < end && argument.startsWith('--') ? reading.options.get(argument.slice(2)) : undefined
    if (option === undefined || option.placeholder === '') return true
    const complete = args[index + 1]?.startsWith('--') === false
    if (!complete) needsValue(reading, option)
    return complete
  })
}

function needsValue(reading: Reading, { name, placeholder }: Option): void {
  reading.problems.push(`\`--${name}\` needs a value: \`--${name} ${placeholder}\`.`)
}

function keep(reading: Reading, option: Option, value: string): void {
  const before = reading.values.get(option.name) ?? []
  if (before.length > 0 && !option.repeatable)
    reading.problems.push(`\`--${option.name}\` is given more than once.`)
  reading.values.set(option.name, [...before, value])
}

function formatOf(reading: Reading): Format {
  const wanted = reading.values.get('format')?.[0] ?? 'terminal'
  const format = formats.find((known) => known === wanted)
  if (format === undefined) {
    reading.problems.push(
      `\`--format\`: \`${wanted}\` is not one of \`${formats.join('`, `')}\`.${didYouMean(wanted, formats)}`,
    )
  }
  return format ?? 'terminal'
}

function inputsOf(reading: Reading): Readonly<Record<string, string>> {
  const given = [...reading.values].filter(
    ([name]) => reading.options.get(name)?.spec !== undefined && name !== 'paths',
  )
  return Object.fromEntries(given.map(([name, values]) => [name, values.join('\n')]))
}
