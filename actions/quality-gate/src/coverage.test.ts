import { UserError } from '@ci-actions/shared'
import { recordingHost } from '@ci-actions/shared/testing'
import { expect, test } from 'vitest'
import { readCoverage } from './coverage.ts'

function read(text: string | undefined, path = 'reports/coverage') {
  const { workspace } = recordingHost().facts
  const host = recordingHost({ files: text === undefined ? {} : { [`${workspace}/${path}`]: text } })
  return readCoverage(host, path)
}

test.each([
  [
    'Cobertura',
    '<coverage><class filename="a.py"><line number="1" hits="1"/><line number="2" hits="0"/></class></coverage>',
  ],
  ['LCOV', 'SF:a.py\nDA:1,1\nDA:2,0\nend_of_record\n'],
  [
    'coverage.py',
    '{"files":{"a.py":{"executed_lines":[1],"missing_lines":[2]}},"totals":{"covered_lines":1,"num_statements":2}}',
  ],
])('%s is told by its content', async (_, text) => {
  expect(await read(text)).toMatchObject([
    { tool: 'coverage', measurements: [{ metric: 'coverage', value: 1, of: 2 }] },
  ])
})

test.each([
  ['missing', undefined, 'there is no file'],
  ['cut off', '<coverage><class filename="a.py">', 'is not readable XML'],
  ['an error page', '<html></html>', 'it is an HTML page'],
  ['without lines', '<coverage/>', 'names no lines'],
])('a report that is %s is the author’s to mend', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(UserError)
  await expect(read(text)).rejects.toThrow(message)
})

test('no report feeds nothing', async () => {
  expect(await readCoverage(recordingHost(), undefined)).toEqual([])
})
