import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCommand } from './command-line.ts'

const words = (line: string) => {
  const parsed = parseCommand(line)
  return 'words' in parsed ? parsed.words : parsed.problem
}

describe('parseCommand', () => {
  it('splits at blanks, and keeps what is quoted or escaped', () => {
    expect(words('alembic  upgrade head ')).toEqual(['alembic', 'upgrade', 'head'])
    expect(words(`sh -c 'echo "a b" && true' "c d" e\\ f ''`)).toEqual([
      'sh',
      '-c',
      'echo "a b" && true',
      'c d',
      'e f',
      '',
    ])
    expect(words(`a"b c"'d'"\\"" "\\n"`)).toEqual(['ab cd"', '\\n'])
  })

  it('expands nothing', () => {
    expect(words('echo $HOME * ~ `id`')).toEqual(['echo', '$HOME', '*', '~', '`id`'])
  })

  it.each(['a && b', 'a | b', 'a > b', 'a ; b', 'a "b', "a 'b", 'a \\', 'MODE=test a'])(
    'refuses %s',
    (line) => {
      expect(words(line)).toContain('only a shell understands')
    },
  )

  it('takes a quoted operator for a word', () => {
    expect(words(`grep '|' file`)).toEqual(['grep', '|', 'file'])
  })

  it('gives back any words that were quoted', () => {
    const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (list) => {
        fc.pre(!/^[A-Za-z_]\w*=/.test(list[0] ?? ''))
        expect(words(list.map(quote).join(' '))).toEqual(list)
      }),
    )
  })
})
