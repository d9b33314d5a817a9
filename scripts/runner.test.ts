import { describe, expect, test } from 'vitest'
import { inputVariable, parseCommandFile } from './runner.ts'

describe('parseCommandFile', () => {
  test('reads lines and blocks, as the runner does', () => {
    expect(parseCommandFile('verdict=passed\nresult<<end\n{"a":\n=1}\nend\nscore=\n')).toEqual({
      verdict: 'passed',
      result: '{"a":\n=1}',
      score: '',
    })
  })

  test('the last value wins', () => {
    expect(parseCommandFile('verdict=incomplete\nverdict=failed\n')).toEqual({ verdict: 'failed' })
  })

  test.for(['a<<end\nnever ended\n', 'no sign of a value\n'])(
    'refuses what the runner refuses: %j',
    (text) => {
      expect(() => parseCommandFile(text)).toThrow('command file')
    },
  )
})

test('an input keeps its dashes', () => {
  expect(inputVariable('check-run')).toBe('INPUT_CHECK-RUN')
})
