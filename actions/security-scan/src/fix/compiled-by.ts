/** How a requirements file that a tool wrote came to be: from its header, or from the list of the same name. Pure. */
import { posix } from 'node:path'

export interface Compilation {
  /** Repository-relative folder that paths of the command are relative to; empty for the top. */
  readonly folder: string
  /** Relative to `folder`. */
  readonly sources: readonly string[]
  /** Options for `uv pip compile` that change what comes out. */
  readonly options: readonly string[]
}

const flags = new Set([
  ...[
    '--generate-hashes',
    '--universal',
    '--all-extras',
    '--no-annotate',
    '--no-strip-extras',
    '--strip-extras',
  ],
  ...['--emit-index-url', '--no-emit-index-url', '--emit-index-annotation'],
])
/** They say how much to say, or what to take new: neither belongs to what is asked for. */
const ignoredFlags = new Set([
  ...['--upgrade', '-U', '--quiet', '-q', '--verbose', '-v', '--allow-unsafe', '--no-header', '--header'],
  ...['--no-emit-trusted-host', '--no-emit-options', '--no-progress'],
])
const withValue = new Set([
  ...['--python-version', '--python-platform', '--extra', '--group', '--annotation-style', '--prerelease'],
  ...['--resolution', '--exclude-newer', '--fork-strategy'],
])
const withPath = new Set(['--constraint', '-c', '--override'])
const ignoredWithValue = new Set(['--upgrade-package', '-P', '--resolver', '--custom-compile-command'])

/** `has` tells which files there are, by repository-relative path. A sentence where the command is not to be had. */
export function compiledBy(
  path: string,
  text: string,
  has: (path: string) => boolean,
): Compilation | { readonly why: string } {
  const command = /^#\s+(?:uv pip compile|pip-compile)\s+(.*)$/m.exec(leadingComment(text))?.[1]
  if (command === undefined) {
    const exported = /^#\s+(uv export\b.*|poetry export\b.*)$/m.exec(leadingComment(text))?.[1]
    if (exported !== undefined)
      return { why: `It is written by \`${exported.replaceAll('`', '')}\` from a lock file.` }
    const source = path.replace(/\.txt$/, '.in')
    if (!has(source)) return { why: 'It does not say what it is made from.' }
    const hashed = /\s--hash[= ]/.test(text) ? ['--generate-hashes'] : []
    return { folder: folderOf(path), sources: [posix.basename(source)], options: hashed }
  }
  const read = readCommand(command.trim().split(/\s+/))
  if ('why' in read) return read
  const folder = foldersAbove(path).find((each) => {
    const there = (file: string) => posix.join(each, file)
    return (
      read.sources.every((source) => has(there(source))) &&
      (read.output === undefined || there(read.output) === path)
    )
  })
  if (folder === undefined || read.sources.length === 0)
    return { why: 'The files that its header says it is made from are not there.' }
  return { folder, sources: read.sources, options: read.options }
}

export function leadingComment(text: string): string {
  return /^(?:[ \t]*#.*\r?\n)*/.exec(text)?.[0] ?? ''
}

interface ReadCommand {
  readonly sources: readonly string[]
  readonly options: readonly string[]
  readonly output: string | undefined
}

function readCommand(words: readonly string[]): ReadCommand | { readonly why: string } {
  const sources: string[] = []
  const options: string[] = []
  const values: string[] = []
  let output: string | undefined
  for (let at = 0; at < words.length; at += 1) {
    const [, option = '', joined] = /^(-[^=]*)(?:=(.*))?$/.exec(words[at] ?? '') ?? []
    const value = () => joined ?? words[++at] ?? ''
    if (option === '') sources.push(words[at] ?? '')
    else if (flags.has(option)) options.push(option)
    else if (withValue.has(option)) {
      const given = value()
      values.push(given)
      options.push(option, given)
    } else if (withPath.has(option)) {
      const file = value()
      if (!isPlainPath(file)) return { why: unknown(option) }
      options.push(option, file)
    } else if (option === '--output-file' || option === '-o') output = value()
    else if (ignoredWithValue.has(option)) value()
    else if (!ignoredFlags.has(option)) return { why: unknown(option) }
  }
  // An option in the place of a value would be taken for one.
  if (values.some((each) => !/^\w[\w=.,:/-]*$/.test(each)) || !sources.every(isSource))
    return { why: 'The command in its header is not a plain one.' }
  return { sources, options, output }
}

function unknown(option: string): string {
  return `The command in its header has the option \`${option.replaceAll('`', '')}\`, which is not taken over.`
}

/** A setup.py would be run. */
function isSource(path: string): boolean {
  return isPlainPath(path) && /(?:\.in|\.txt|(?:^|\/)pyproject\.toml)$/.test(path)
}

/** It comes from a file of the change: no option, and nothing outside. */
function isPlainPath(path: string): boolean {
  return /^\w[\w./-]*$/.test(path) && !path.split('/').includes('..')
}

function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

function foldersAbove(path: string): readonly string[] {
  const folders = [folderOf(path)]
  for (let folder = folders[0] ?? ''; folder !== ''; folder = folderOf(folder)) folders.push(folderOf(folder))
  return folders
}
