import type { Project, ToolRun } from '@ci-actions/shared'
import { notRunOutcome } from '@ci-actions/shared'
import { expect, it } from 'vitest'
import { projectOf } from './test/sample-project.ts'
import { tools } from './tools/index.ts'
import { unreadCodeNotices } from './unread-code.ts'

/** The notices after scanners with these ids ran on the project. */
function notices(project: Project, ids: readonly string[], status: ToolRun['status'] = 'clean', rules = '') {
  const ran = tools
    .filter(({ id }) => ids.includes(id))
    .map((tool) => notRunOutcome(tool, project, { status: 'skipped', why: '' }))
    .map((outcome) => ({ ...outcome, run: { ...outcome.run, status } }))
  return unreadCodeNotices([project], ran, { 'semgrep-rules': rules })
}

const all = ['bandit', 'semgrep', 'eslint-security', 'gitleaks']

it('says nothing where all code is read', () => {
  expect(
    notices(projectOf(['a.py', 'b.js', 'b.tsx', 'c.d.ts', 'README.md', 'data.json', 'LICENSE']), all),
  ).toEqual([])
})

it('names each kind of code that nobody read, and how much there is of it, once', () => {
  const found = notices(projectOf(['a.vue', 'b.astro', 'a.ipynb', 'x.py', 'go/main.go']), all)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(
    ' reads Jupyter notebooks (1 file), Vue, Svelte or Astro (2 files), Go (1 file): ',
  )
})

it('names what ESLint ignores by itself', () => {
  const [only] = notices(projectOf(['web/a.js', 'web/node_modules/b/c.js', 'node_modules/d.ts']), all)
  expect(only).toContain(
    ' reads JavaScript in `node_modules` (1 file), TypeScript in `node_modules` (1 file): ',
  )
})

it('counts a scanner that ran, not one that is there', () => {
  const project = projectOf(['a.py', 'b.js', 'c.ts'])
  expect(notices(project, ['gitleaks'])[0]).toContain(
    'Python (1 file), JavaScript (1 file), TypeScript (1 file)',
  )
  expect(notices(project, all, 'not-applicable')).toHaveLength(1)
  expect(notices(project, all, 'failed')).toEqual([])
})

it('knows what rules of the project may be for', () => {
  expect(notices(projectOf(['a.go']), all, 'clean', 'rules/')).toEqual([])
  expect(notices(projectOf(['a.ipynb']), all, 'clean', 'rules/')).toHaveLength(1)
})

it('looks at the first line where there is no suffix', () => {
  const scripts = new Map([
    ['bin/a', '#!/usr/bin/env python3'],
    ['bin/b', '#!/bin/sh -e'],
    ['bin/c', '#!/usr/bin/env python2.7'],
  ])
  const [only] = notices({ ...projectOf([...scripts.keys()]), scripts }, all)
  expect(only).toContain(' reads Python (1 file), shell (1 file): ')
})

it('leaves out what is not in scope', () => {
  expect(notices({ ...projectOf(['a.py', 'b.go']), inScope: ['a.py'] }, all)).toEqual([])
})
