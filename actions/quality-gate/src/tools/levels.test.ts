import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { tools } from './index.ts'

/** The table of docs/tools.md, as the cells of its rows. */
function documentedRows(): readonly (readonly string[])[] {
  const text = readFileSync(resolve(import.meta.dirname, '../../../../docs/tools.md'), 'utf8')
  const section = text.split('\n## ').find((each) => each.startsWith('What is an error')) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(1).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** What a tool prints about one finding with a code or severity. */
const printed: Readonly<Record<string, (code: string) => string>> = {
  ruff: (code) =>
    JSON.stringify([
      {
        code,
        message: 'm',
        filename: 'a.py',
        location: { row: 1, column: 1 },
        end_location: null,
        fix: null,
      },
    ]),
  flake8: (code) => `::ci-actions::1:1:${code}:a.py::ci-actions::m\n1\n`,
  pylint: (type) =>
    JSON.stringify({
      messages: [
        {
          messageId: `${type.slice(0, 1).toUpperCase()}9999`,
          symbol: 's',
          type,
          message: 'm',
          path: 'a.py',
          line: 1,
        },
      ],
      statistics: { messageTypeCount: { [type]: 1 } },
    }),
  mypy: (severity) =>
    JSON.stringify({ file: 'a.py', line: 1, column: 0, message: 'm', hint: null, code: 'misc', severity }),
  pyright: (severity) =>
    JSON.stringify({
      generalDiagnostics: [{ file: 'a.py', severity, message: 'm', rule: 'reportOdd' }],
      summary: {
        ...{ filesAnalyzed: 1, errorCount: 0, warningCount: 0, informationCount: 0 },
        [`${severity}Count`]: 1,
      },
    }),
}

const columns = ['error', 'warning', 'note'] as const

/** Tool, what it says, and the column that the document has it in: all codes of each cell. */
const told = documentedRows().flatMap(([name = '', ...cells]) => {
  const id = name.toLowerCase()
  return cells.flatMap((cell, index) =>
    printed[id] === undefined
      ? []
      : [...cell.matchAll(/`([^`]+)`/g)].map(
          ([, code = '']) => [id, code, columns[index] ?? 'note'] as const,
        ),
  )
})

it('documents codes of each tool that has some', () => {
  expect([...new Set(told.map(([id]) => id))].sort()).toEqual(Object.keys(printed).sort())
})

it.each(told)('%s: %s counts as %s', async (id, code, column) => {
  const tool = tools.find((each) => each.id === id)
  if (tool === undefined) throw new Error(`no tool ${id}`)
  const installed = { command: [id], version: '99.0.0' }
  const request = requestFor(tool, { name: 'x', files: { 'a.py': '' } }, { top: '', installed })
  const [invocation] = tool.invocations(request)
  if (invocation === undefined) throw new Error(`${id} does nothing`)
  const stdout = printed[id]?.(code.replace('…', '100')) ?? ''
  const exitCode = id === 'pylint' || (id === 'mypy' && column !== 'error') ? 0 : 1
  const output = outputOf(request, { invocation, exitCode, stdout, stderr: '', files: {} })
  const { findings } = await tool.parse(output)
  expect(findings.map(({ level }) => level)).toEqual([column])
  const { kind } = tool
  const metric = {
    error: kind === 'types' ? 'type-errors' : 'lint-errors',
    warning: kind === 'types' ? undefined : 'lint-warnings',
  }
  expect(findings[0]?.metric).toBe(column === 'note' ? undefined : metric[column])
})
