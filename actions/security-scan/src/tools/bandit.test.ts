import { expect, it } from 'vitest'
import { outputOf, requestFor } from '../../../../test/tools/run-case.ts'
import { projectOf } from '../test/sample-project.ts'
import { bandit } from './bandit.ts'

const installed = { command: ['bandit'], version: '1.9.4' }

function planned(files: Readonly<Record<string, string>>, args: readonly string[] = [], folder = '') {
  const all = { [folder === '' ? 'a.py' : `${folder}/a.py`]: '', ...files }
  const request = requestFor(bandit, { name: 'x', files: all, args, folder }, { top: '', installed })
  return {
    args: bandit.invocations(request)[0]?.args.join(' '),
    notices: bandit.notices?.(request.project).map(({ message }) => message) ?? [],
  }
}

const table = '[tool.bandit]\nskips = ["B101"]\n'

it('gives Bandit the configuration that it would not read by itself', () => {
  expect(planned({ 'pyproject.toml': table }).args).toContain('-c pyproject.toml')
  expect(planned({ 'bandit.yaml': 'skips: [B101]\n' }).args).toContain('-c bandit.yaml')
  expect(planned({ 'pyproject.toml': '[project]\nname = "x"\n' }).args).not.toContain('-c')
})

it('takes from .bandit what to look at and for, and nothing that hides what was found', () => {
  const text = `[bandit]
configfile = b.yaml
profile = p
tests = B602, B603
skips = B101 ,B102
exclude = /build,/dist
level = 3
baseline = old.json
output = elsewhere
`
  const { args, notices } = planned({ '.bandit': text })
  expect(args).toMatch(
    / --exclude= --configfile=b\.yaml --profile=p --tests=B602,B603 --skip=B101,B102 --exclude=\/build,\/dist --$/,
  )
  expect(notices).toEqual([
    '.bandit decides what Bandit passes over.',
    expect.stringMatching(/^\.bandit sets level, baseline, which has no effect/),
  ])
  expect(planned({ '.bandit': text, 'bandit.yaml': '{}' }).args).not.toContain('configfile')
  expect(planned({ '.bandit': text }, ['--ini', 'own']).args).toMatch(/json --ini own --$/)
})

it('says that .bandit cannot be read', () => {
  expect(planned({ '.bandit': 'skips: [B101]\n' }).notices).toEqual([
    expect.stringMatching(/^\.bandit has no effect: .*line 1/),
  ])
})

it('names what Bandit says where it prints no report', async () => {
  const request = requestFor(bandit, { name: 'x', files: { 'a.py': '' } }, { top: '', installed })
  const said = 'Traceback\nTypeError: bad profile\n'
  const invocation = bandit.invocations(request)[0] ?? expect.unreachable()
  const ended = { invocation, exitCode: 1, stdout: '', stderr: said, files: {} }
  await expect(async () => bandit.parse(outputOf(request, ended))).rejects.toThrow('TypeError: bad profile')
})

it('lets Bandit show no progress, which would stand before the report', () => {
  expect(planned({}).args).toMatch(/^--quiet --number 1 /)
})

it('takes the configuration of the top for a package below', () => {
  expect(planned({ 'pyproject.toml': table }, [], 'services/api').args).toContain('-c ../../pyproject.toml')
})

it('leaves the choice to who names one', () => {
  const { args } = planned({ 'pyproject.toml': table }, ['-c', 'other.yaml'])
  expect(args).toContain('-c other.yaml')
  expect(args).not.toContain('pyproject.toml')
})

it.each([
  ['pyproject.toml', table, 'pyproject.toml [tool.bandit]'],
  ['bandit.yaml', 'exclude_dirs: [tests]\n', 'bandit.yaml'],
  ['.bandit', '[bandit]\nskips = B101\n', '.bandit'],
])('says that %s leaves something out', (path, text, label) => {
  expect(planned({ [path]: text }).notices).toEqual([`${label} decides what Bandit passes over.`])
})

it('does not say so of settings of a test', () => {
  expect(planned({ 'bandit.yaml': 'assert_used:\n  skips: ["*_test.py"]\n' }).notices).toEqual([])
})

it('names the file that has no effect', () => {
  const { notices } = planned({ 'pyproject.toml': table, 'bandit.yaml': 'skips: [B101]\n' })
  expect(notices).toEqual([
    expect.stringContaining('pyproject.toml [tool.bandit] decides'),
    expect.stringContaining('bandit.yaml has no effect'),
  ])
})

it('looks at scripts that say that they are Python', () => {
  const scripts = new Map([
    ['bin/a', '#!/usr/bin/env python3'],
    ['bin/b', '#!/usr/bin/env -S uv run --script'],
    ['bin/c', '#!/usr/bin/python2.7'],
    ['bin/d', '#!/bin/sh'],
  ])
  const project = { ...projectOf([...scripts.keys(), 'LICENSE', 'x.py', 'y.pyw']), scripts }
  expect(bandit.applies(project)).toMatchObject({ files: ['bin/a', 'bin/b', 'x.py', 'y.pyw'] })
})
