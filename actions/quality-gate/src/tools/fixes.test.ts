import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { patchFile } from '../../../../packages/shared/src/check/patches.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf } from '../../../../test/tools/run-case.ts'
import { tools } from './index.ts'
import { packagePath } from './python-files.ts'

const lines = ['import sys', 'import os', '', 'def f( ):', '    return  sys.path', '']
/** Unsorted, unformatted, `os` unused: something to mend for each tool, in each kind of text file. */
const files = {
  'plain.py': lines.join('\n'),
  'windows.py': lines.join('\r\n'),
  'no_line_end.py': lines.join('\n').trimEnd(),
  'coding.py': `# -*- coding: utf-8 -*-\n${lines.join('\n')}X = "\u00e9"\n`,
}
/** In Latin-1, and saying so. */
const latin = `# -*- coding: latin-1 -*-\n${lines.join('\n')}X = "\u00e9"\n`

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
})

async function proposals(tool: (typeof tools)[number], contents: Readonly<Record<string, string>>) {
  const { request, recordings } = await runner.run(tool, { name: 'fixes', files: contents })
  const results = await Promise.all(recordings.map((recording) => tool.parse(outputOf(request, recording))))
  return results.flatMap(({ findings }) =>
    findings.flatMap(({ fix, location }) =>
      fix === undefined ? [] : [{ path: packagePath(location?.path ?? '', request.project), fix }],
    ),
  )
}

function apply(name: string, text: string, patch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fixes-'))
  try {
    writeFileSync(join(folder, name), text)
    execFileSync('git', ['apply', '-'], { cwd: folder, input: patch, stdio: 'pipe' })
    return readFileSync(join(folder, name), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const repairing = tools.filter((tool) => tool.fixes === true).map((tool) => [tool.id, tool] as const)

it('is offered by the formatters and Ruff', () => {
  expect(repairing.map(([id]) => id)).toEqual(['black', 'isort', 'ruff-format', 'ruff'])
})

describe.each(repairing)('%s', (_, tool) => {
  it('proposes a patch that git applies and after which nothing is left to propose', async () => {
    const found = await proposals(tool, files)
    expect([...new Set(found.map(({ path }) => path))].sort()).toEqual(Object.keys(files).sort())
    const patched = Object.entries(files).map(([path, text]) => {
      const fixes = found.filter((each) => each.path === path).map(({ fix }) => fix)
      return [path, apply(path, text, patchFile(path, text, fixes))] as const
    })
    // Two of Ruff's fixes can touch the same lines: the second is for the next time.
    if (tool.id !== 'ruff') expect(await proposals(tool, Object.fromEntries(patched))).toEqual([])
    for (const [path, text] of patched) {
      expect(text).not.toBe(new Map(Object.entries(files)).get(path))
      expect(text.includes('\r\n') && /[^\r]\n/.test(text)).toBe(false)
    }
  })

  it('repairs the files themselves when asked to, whatever their encoding', async () => {
    const all = { ...files, 'latin.py': latin }
    const { recordings, contents } = await runner.run(
      tool,
      { name: 'fix', files: all, latin1: ['latin.py'] },
      { fix: true },
    )
    for (const { exitCode, invocation } of recordings) expect(invocation.exitCodes).toContain(exitCode)
    for (const [path, text] of Object.entries(files)) expect([path, contents[path]]).not.toEqual([path, text])
    expect(
      await proposals(
        tool,
        Object.fromEntries(Object.keys(files).map((path) => [path, contents[path] ?? ''])),
      ),
    ).toEqual([])
    expect(contents['latin.py']).toContain('\u00e9')
  })
})
