import { describe, expect, test } from 'vitest'
import { parseToml } from './toml.ts'
import { parseYaml } from './yaml.ts'

describe('TOML', () => {
  test('tables, arrays, integers of any size', () => {
    const data = parseToml('[tool.black]\nline-length = 88\n[[x]]\ny = [1, "a"]\nbig = 9007199254740993')
    expect(data).toEqual({
      tool: { black: { 'line-length': 88 } },
      x: [{ y: [1, 'a'], big: 9007199254740993n }],
    })
  })

  test.each([
    ['a missing value', 'a = 1\nb =\n', /^line 2, column \d+: [^\n]+$/],
    ['a key twice', 'a = 1\na = 2', /^line 2, column 1: [^\n]+$/],
    ['half a string', 'a = "x', /^line 1, column \d+: [^\n]+$/],
    ['deep nesting', `a = ${'['.repeat(100_000)}`, /^[^\n]+$/],
  ])('%s is an error of one line', (_, text, message) => {
    expect(() => parseToml(text)).toThrow(message)
  })

  test('no key reaches a prototype', () => {
    parseToml('[__proto__]\npolluted = true')
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('YAML', () => {
  test('the core schema: yes is text, keys are strings, merge keys and aliases work', () => {
    const text = 'on: yes\n1: true\nbase: &b {x: 1}\nall:\n  <<: *b\n  y: *b\n'
    expect(parseYaml(text)).toEqual({ on: 'yes', 1: true, base: { x: 1 }, all: { x: 1, y: { x: 1 } } })
  })

  test('an empty document is null', () => {
    expect(parseYaml('# nothing\n')).toBeNull()
  })

  test.each([
    ['a key twice', 'a: 1\na: 2', /^line 2, column 1: [^\n]+$/],
    ['a key twice, deep down', 'a:\n  - b: {c: 1, c: 2}', /^line 2, column 15: [^\n]+$/],
    ['an open bracket', 'a: [1', /^line 1, column \d+: [^\n]+$/],
    ['a tag of its own', 'a: !python/object x', /^line 1, column 4: [^\n]+$/],
    ['two documents', 'a: 1\n---\nb: 2', /^line \d, column \d: [^\n]+$/],
    ['deep nesting', '['.repeat(20_000), /^line 1, column \d+: nested too deeply$/],
    ['a key that is a list', '? [1]\n: 2', /^line 1/],
    ['too much text', 'a: 1\n'.repeat(300_000), /1 MiB/],
  ])('%s is an error of one line', (_, text, message) => {
    expect(() => parseYaml(text)).toThrow(message)
  })

  test('the same key in other maps, and merge keys, are no repetition', () => {
    expect(parseYaml('a: {x: 1}\nb: {x: 1}')).toEqual({ a: { x: 1 }, b: { x: 1 } })
    expect(parseYaml('a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b')).toMatchObject({
      c: { x: 1, y: 2 },
    })
  })

  // Would not end in time if every key were compared with every other one.
  test('a map of tens of thousands of keys', () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(Object.keys(parseYaml(text) ?? {})).toHaveLength(60_000)
  })

  test('an alias bomb does not go off', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 12; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      )
    }
    expect(() => parseYaml(lines.join('\n'))).toThrow('aliases')
  })

  test('a dozen aliases are no bomb', () => {
    const steps = Array.from({ length: 60 }, (_, index) => `s${index}: *step`)
    expect(parseYaml(`step: &step {run: x}\n${steps.join('\n')}`)).toMatchObject({ s59: { run: 'x' } })
  })

  test('no key reaches a prototype', () => {
    parseYaml('__proto__: {polluted: true}')
    expect({}).not.toHaveProperty('polluted')
  })
})
