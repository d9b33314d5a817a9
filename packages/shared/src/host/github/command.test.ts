import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatAnnotation, formatCommand, formatText } from './command.ts'

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** As the runner does it: lines end at CR, LF or both; nothing is a command between `stop-commands` and its token. */
function readCommands(output: string): Command[] {
  const known = new Set([
    'error',
    'warning',
    'notice',
    'debug',
    'group',
    'endgroup',
    'add-mask',
    'stop-commands',
    'set-output',
  ])
  const commands: Command[] = []
  let token: string | undefined
  for (const line of output.split(/\r\n|\r|\n/)) {
    const command = parseNew(line) ?? parseOld(line)
    if (command === undefined || !(token === undefined ? known.has(command.name) : command.name === token))
      continue
    if (token !== undefined) token = undefined
    else if (command.name === 'stop-commands') token = command.data
    else commands.push(command)
  }
  return commands
}

function parseNew(line: string): Command | undefined {
  const message = line.replace(/^[\s\x85]+/, '')
  const end = message.indexOf('::', 2)
  if (!message.startsWith('::') || end < 0) return undefined
  const info = message.slice(2, end)
  const space = info.indexOf(' ')
  const pairs =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(',')
          .filter((pair) => pair !== '')
  const properties = pairs.map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    unescaped(pair.slice(pair.indexOf('=') + 1), true),
  ])
  return {
    name: space < 0 ? info : info.slice(0, space),
    properties: Object.fromEntries(properties),
    data: unescaped(message.slice(end + 2), false),
  }
}

function parseOld(line: string): Command | undefined {
  const match = /##\[([^\] ]*)[^\]]*\](.*)/s.exec(line)
  return match === null ? undefined : { name: match[1] ?? '', properties: {}, data: match[2] ?? '' }
}

function unescaped(text: string, property: boolean): string {
  const lines = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  return (property ? lines.replaceAll('%3A', ':').replaceAll('%2C', ',') : lines).replaceAll('%25', '%')
}

const nasty = fc.string({
  unit: fc.constantFrom(
    ':',
    '%',
    ',',
    '=',
    '\r',
    '\n',
    ' ',
    '0',
    'A',
    'D',
    '2',
    '5',
    'ä',
    '😀',
    '#',
    '[',
    ']',
    'x',
  ),
})

describe('formatCommand', () => {
  test('is read back by the runner as it was meant', () => {
    const value = nasty.filter((text) => text.trim() === text && text !== '')
    fc.assert(
      fc.property(nasty, value, value, (data, title, file) => {
        expect(readCommands(formatCommand('error', data, { title, file }))).toEqual([
          { name: 'error', properties: { title, file }, data },
        ])
      }),
    )
  })

  test('leaves out what is not known', () => {
    expect(formatCommand('notice', 'text', { title: '', file: undefined })).toBe('::notice::text\n')
  })
})

describe('formatAnnotation', () => {
  const place = { path: 'src/a.py', line: 3, endLine: 3, column: 5, endColumn: 9 }

  test('names the place', () => {
    expect(formatAnnotation({ level: 'warning', title: 'F401', message: 'unused: os, re', ...place })).toBe(
      '::warning title=F401,file=src/a.py,line=3,endLine=3,col=5,endColumn=9::unused: os, re\n',
    )
  })

  test('has no columns over several lines, and no place without a file', () => {
    const several = formatAnnotation({ level: 'error', title: 't', message: 'm', ...place, endLine: 4 })
    expect(several).toBe('::error title=t,file=src/a.py,line=3,endLine=4::m\n')
    const nowhere = formatAnnotation({ level: 'error', title: 't', message: 'm', ...place, path: undefined })
    expect(nowhere).toBe('::error title=t::m\n')
  })

  test('has at most 4096 characters of message, never half of one', () => {
    const longest = (message: string) =>
      readCommands(formatAnnotation({ level: 'error', title: 't', message }))[0]?.data ?? ''
    expect(longest('x'.repeat(4096))).toBe('x'.repeat(4096))
    expect(longest('x'.repeat(4097))).toBe(`${'x'.repeat(4095)}…`)
    expect(longest(`x${'😀'.repeat(3000)}`).isWellFormed()).toBe(true)
    expect(longest(`xx${'😀'.repeat(3000)}`).isWellFormed()).toBe(true)
  })
})

describe('formatText', () => {
  const commands = [
    '::error::pwned',
    '  ::add-mask::e',
    'a\r::set-output name=verdict::passed',
    '\x85::error::x',
    'text ##[error]pwned',
    '\t::endgroup::',
  ]

  test.each(commands)('%j starts no command', (text) => {
    expect(readCommands(text)).not.toEqual([])
    expect(readCommands(formatText(text, () => 'f00d'))).toEqual([])
  })

  test('starts no command, whatever the text, and commands work again behind it', () => {
    const text = fc
      .array(fc.oneof(nasty, fc.constantFrom(...commands, '::stop-commands::mine', '::f00::', '\n', '\r')))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (parts) => {
        const output = `${formatText(parts, () => 'f00d')}${formatCommand('notice', 'ours')}`
        expect(readCommands(output)).toEqual([{ name: 'notice', properties: {}, data: 'ours' }])
      }),
    )
  })

  test('shows harmless text as it is', () => {
    expect(formatText('tests/test_a.py::test_b PASSED', () => 'f00d')).toBe(
      'tests/test_a.py::test_b PASSED\n',
    )
    expect(formatText('two\nlines\n', () => 'f00d')).toBe('two\nlines\n')
  })
})
