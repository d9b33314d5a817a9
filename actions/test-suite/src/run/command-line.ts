/** A command as a person writes it in one line, and never a shell. */

export type ParsedCommand = { readonly words: readonly string[] } | { readonly problem: string }

const operators = new Set(['&&', '||', '|', ';', '&', '>', '>>', '<', '2>', '2>&1', '&>'])

/**
 * Splits at blanks; quotes and backslashes work as in a POSIX shell, and nothing else does: `$HOME` and `*` stay
 * what they are. Operators of a shell are refused, since they would reach the program as arguments.
 */
export function parseCommand(line: string): ParsedCommand {
  const words: string[] = []
  // A word, in parts: quoted ones, escaped characters, and plain ones.
  const part = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y
  let at = 0
  while (at < line.length) {
    const blanks = /\s*/y
    blanks.lastIndex = at
    at += blanks.exec(line)?.[0].length ?? 0
    if (at === line.length) break
    const start = at
    let word = ''
    for (part.lastIndex = at; ; at = part.lastIndex) {
      const found = part.exec(line)
      if (found === null) break
      const [, single, double, escaped, plain] = found
      word += single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? ''
    }
    if (at < line.length && !/\s/.test(line[at] ?? ''))
      return refused(line, 'a quote or backslash at its end')
    const written = line.slice(start, at)
    if (operators.has(written)) return refused(line, `\`${written}\``)
    words.push(word)
  }
  if (words.length === 0) return { problem: 'A command is empty.' }
  if (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) return refused(line, `\`${words[0]}\` in front`)
  return { words }
}

function refused(line: string, what: string): ParsedCommand {
  return {
    problem: `\`${line}\` has ${what}, which only a shell understands, and none is used: write one command a line, or \`sh -c '…'\`.`,
  }
}
