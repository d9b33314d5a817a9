import { expect, test } from 'vitest'
import { describeUnmatched } from './gaps.ts'

const projects = [{ files: ['src/a.py', 'setup.py'] }, { files: ['web/index.js'] }]

test.each([[[]], [['.']], [['src', './web/', '**/*.py']], [['src/a.py']]])(
  'says nothing of %j, which fit a file of some package',
  (paths) => {
    expect(describeUnmatched(paths, projects)).toEqual([])
  },
)

test('names what fits nothing', () => {
  expect(describeUnmatched(['src', 'scr'], projects)).toEqual([
    expect.stringMatching(/^`paths`: `scr` fits no file/),
  ])
  expect(describeUnmatched(['a`b', '*.go'], projects)).toEqual([
    expect.stringMatching(/a.*`\*\.go` fit no file/),
  ])
})
