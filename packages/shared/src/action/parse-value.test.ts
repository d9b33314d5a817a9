import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricDeclarations } from '../gate/metric.ts'
import type { InputSpec } from './input.ts'
import {
  bytes,
  duration,
  flag,
  integer,
  lines,
  map,
  number,
  oneOf,
  percent,
  rules,
  secret,
  text,
} from './input.ts'
import { inputKinds } from './input-kinds.ts'
import { parseValue } from './parse-value.ts'

const metrics: MetricDeclarations = {
  score: { description: 'Score.', unit: 'points', adds: 'only', better: 'higher' },
  'lint-errors': { description: 'Errors.', unit: 'count', adds: 'sum', better: 'lower', counts: 'findings' },
}

function read(spec: InputSpec, written: string): unknown {
  const parsed = parseValue(spec, written, metrics)
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  return parsed.value
}

function problemsOf(spec: InputSpec, written: string): readonly string[] {
  const parsed = parseValue(spec, written, metrics)
  return 'problems' in parsed ? parsed.problems : []
}

const about = { description: 'x' }

describe('every kind reads back what was written', () => {
  it('flags, in the spellings of YAML 1.2', () => {
    for (const word of ['true', 'True', 'TRUE']) expect(read(flag(about), word)).toBe(true)
    for (const word of ['false', 'False', 'FALSE']) expect(read(flag(about), word)).toBe(false)
  })

  it('integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(read(integer(about), `${value}`)).toBe(value)
      }),
    )
  })

  it('numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(number(about), String(value))).toBe(Number(String(value)))
      }),
    )
  })

  it('percentages, with and without the sign', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        expect(read(percent(about), `${tenths / 10}%`)).toBe(tenths / 10)
        expect(read(percent(about), `${tenths / 10}`)).toBe(tenths / 10)
      }),
    )
  })

  it('durations, in seconds', () => {
    const units = { ms: 0.001, s: 1, m: 60, h: 3600 }
    fc.assert(
      fc.property(fc.nat(10_000), fc.constantFrom('ms', 's', 'm', 'h'), (count, unit) => {
        expect(read(duration(about), `${count}${unit}`)).toBeCloseTo(count * units[unit], 6)
      }),
    )
    expect(read(duration(about), '1h30m')).toBe(5400)
  })

  it('sizes, in bytes', () => {
    const units = { B: 1, KB: 1000, MB: 1e6, GB: 1e9, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.constantFrom('B', 'KB', 'MB', 'GB', 'KiB', 'MiB', 'GiB'),
        (count, unit) => {
          expect(read(bytes(about), `${count}${unit}`)).toBe(count * units[unit])
        },
      ),
    )
  })

  it('lists, whatever blank lines, comments and line ends stand between', () => {
    const item = fc.stringMatching(/^[\w./*-][\w ./*=-]{0,20}$/).map((value) => value.trim())
    const noise = fc.constantFrom('', '  ', '# a comment', '   # another')
    fc.assert(
      fc.property(fc.array(item), fc.array(noise), fc.constantFrom('\n', '\r\n'), (items, between, end) => {
        const written = items.flatMap((value, index) => [between[index] ?? '', `  ${value} `]).join(end)
        expect(read(lines(about), written)).toEqual(items)
      }),
    )
  })

  it('maps, with a list for a key that comes more than once', () => {
    const key = fc.stringMatching(/^[a-z][a-z-]{0,8}$/)
    const value = fc.stringMatching(/^[\w.-][\w:= .-]{0,12}$/).map((written) => written.trim())
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, value)),
        fc.constantFrom(': ', '=', ':', ' = '),
        (pairs, separator) => {
          const parsed = read(
            map(about),
            pairs.map(([name, written]) => `${name}${separator}${written}`).join('\n'),
          )
          expect(parsed).toEqual(grouped(pairs))
        },
      ),
    )
  })

  it('choices, texts and rules', () => {
    expect(read(oneOf(['all', 'new'], about), 'new')).toBe('new')
    expect(read(text(about), '  some text ')).toBe('some text')
    expect(read(secret(about), 's3cret')).toBe('s3cret')
    expect(read(rules(about), 'score > 80\n\n# not this\nlint-errors < 10')).toMatchObject([
      { metric: 'score', comparator: '>', limit: 80, source: 'user' },
      { metric: 'lint-errors', comparator: '<', limit: 10 },
    ])
  })
})

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const result: Record<string, string[]> = {}
  for (const [name, value] of pairs) result[name] = [...(result[name] ?? []), value]
  return result
}

describe('nothing falls back in silence', () => {
  it.each([
    [flag(about), 'yes', 'neither `true` nor `false`. Did you mean `true`?'],
    [flag(about), 'off', 'Did you mean `false`?'],
    [flag(about), 'ture', 'Did you mean `true`?'],
    [flag(about), 'perhaps', '`perhaps` is neither'],
    [oneOf(['all', 'new'], about), 'news', 'not one of `all`, `new`. Did you mean `new`?'],
    [oneOf(['all', 'new'], about), 'ALL', 'Did you mean `all`?'],
    [integer(about), '1.5', 'not a whole number'],
    [integer(about), '1e3', 'not a whole number'],
    [integer(about), '0x10', 'not a whole number'],
    [integer(about), '9007199254740993', 'too large'],
    [integer({ ...about, minimum: 1 }), '0', 'the least is `1`'],
    [integer({ ...about, maximum: 5 }), '6', 'the most is `5`'],
    [number(about), '1,5', 'not a number'],
    [number(about), 'Infinity', 'not a number'],
    [number(about), '1e999', 'not a number'],
    [percent({ ...about, maximum: 100 }), '101%', 'the most is `100%`'],
    [percent(about), '80 percent', 'not a percentage'],
    [duration(about), '90', 'has no unit'],
    [duration(about), '5min', 'not a duration'],
    [duration(about), '-5s', 'too small'],
    [bytes(about), '512', 'has no unit'],
    [bytes(about), '5 bananas', 'not a size'],
    [map(about), 'pylint', 'is no `key: value`'],
    [map(about), 'pylint:', 'has no value after `pylint`'],
    [map(about), 'ruff==0.17.6', 'write `ruff: 0.17.6`'],
    [rules(about), 'scroe > 80', 'did you mean `score`?'],
  ])('%o given %s', (spec, written, message) => {
    expect(problemsOf(spec, written).join('\n')).toContain(message)
  })

  it('every line of rules and maps that is wrong has its own problem', () => {
    expect(problemsOf(rules(about), 'scroe > 80\nlint-errors << 3')).toHaveLength(2)
    expect(problemsOf(map(about), 'a\nb: 1\nc')).toHaveLength(2)
  })

  it('shows what is wrong on one line, shortened, and without a way out of the code span', () => {
    const problem = problemsOf(flag(about), `\`x\`\n${'y'.repeat(500)}\u202e`).join('')
    expect(problem).not.toMatch(/[\n\u202e]/)
    expect(problem.split('`')).toHaveLength(7)
    expect(problem.length).toBeLessThan(140)
  })

  it('every kind has words for its messages', () => {
    for (const words of Object.values(inputKinds)) expect(words.takes).not.toBe('')
  })
})
