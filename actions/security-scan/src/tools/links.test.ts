import type { Project } from '@ci-actions/shared'
import { describe, expect, it } from 'vitest'
import { projectOf } from '../test/sample-project.ts'
import { bandit } from './bandit.ts'
import { detectSecrets } from './detect-secrets.ts'
import { eslintSecurity } from './eslint-security.ts'
import { hadolint } from './hadolint.ts'
import { semgrep } from './semgrep.ts'
import { zizmor } from './zizmor.ts'

/** A project in which each link leads to a file. */
function linked(files: readonly string[], links: Readonly<Record<string, string>>): Project {
  const paths = [...files, ...Object.keys(links)]
  return { ...projectOf(paths), links: new Map(Object.entries(links)) }
}

describe.each([bandit, semgrep, detectSecrets])('$name', (tool) => {
  it('is not given a link to a file that it looks at', () => {
    const project = linked(['a.py'], { 'src/in.py': 'a.py' })
    expect(tool.applies(project)).toMatchObject({ files: ['a.py'] })
    expect(tool.notices?.(project) ?? []).toEqual([])
  })
})

it.each([
  [eslintSecurity, 'a.js', 'src/b.js'],
  [hadolint, 'Dockerfile', 'api/Dockerfile'],
  [zizmor, 'action.yml', 'sub/action.yml'],
] as const)('$name looks at a file once, whatever leads to it', (tool, file, link) => {
  expect(tool.applies(linked([file], { [link]: file }))).toMatchObject({ files: [file] })
})

it.each([
  [{ 'b.py': 'bin/run' }, ['a.py', 'bin/run']],
  [{ 'b.py': '../other/b.py' }, ['a.py']],
])('what only a link names is read through it, except by Semgrep, which says so: %o', (links, files) => {
  const project = linked(files, links)
  expect(bandit.applies(project)).toMatchObject({ files: ['a.py', 'b.py'] })
  expect(semgrep.applies(project)).toMatchObject({ files: ['a.py'] })
  expect(semgrep.notices?.(project)).toMatchObject([
    { level: 'warning', message: expect.stringContaining('b.py') },
  ])
})

it('Semgrep names no link to what is not in scope when the link is not in scope either', () => {
  const project = { ...linked(['a.py'], { 'b.py': 'gone/c.py' }), inScope: ['a.py'] }
  expect(semgrep.notices?.(project)).toEqual([])
})
