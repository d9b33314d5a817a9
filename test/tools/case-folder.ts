/** Lays out the project of a case, with its history. */
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeOsvDatabase } from '../../scripts/osv-database.ts'
import type { Installed, ToolCase } from './cases.ts'
import { writeTrivyDatabase } from './trivy-database.ts'

/** `top`: the folder that holds project, database, cache and output. */
export function writeCase(toolCase: ToolCase, top: string): void {
  const root = `${top}/project`
  mkdirSync(root)
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: root })
  for (const [index, changes] of (toolCase.history ?? []).entries()) commit(root, changes, index)
  const encoding = encodingOf(toolCase)
  for (const [path, text] of Object.entries({ ...toolCase.files, ...toolCase.untracked }))
    write(root, path, text, encoding(path))
  if (toolCase.database === true) {
    writeOsvDatabase(`${top}/database`)
    writeTrivyDatabase(`${top}/kept`, { madeAt: Date.UTC(2026) })
  }
  if (toolCase.installed !== undefined) writeEnvironment(`${top}/environment`, toolCase.installed)
}

/** With the interpreter of this machine, and no files of the packages but those that say what they are. */
export function writeEnvironment(folder: string, installed: readonly Installed[]): void {
  execFileSync('python3', ['-m', 'venv', '--without-pip', folder])
  const [packages = ''] = globSync('lib/python3*/site-packages', { cwd: folder })
  for (const { name, version, needs = [], broken = false } of installed) {
    const place = `${folder}/${packages}/${name.replaceAll('-', '_')}-${version}.dist-info`
    const metadata = ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`]
    write(
      place,
      'METADATA',
      [...metadata, ...needs.map((each) => `Requires-Dist: ${each}`), ''].join('\n'),
      'utf8',
    )
    write(place, 'RECORD', '', 'utf8')
    if (!broken)
      write(place, 'WHEEL', 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n', 'utf8')
  }
}

export function readCase(toolCase: ToolCase, top: string): Readonly<Record<string, string>> {
  const encoding = encodingOf(toolCase)
  return Object.fromEntries(
    Object.keys(toolCase.files).map((path) => [
      path,
      readFileSync(join(top, 'project', path), encoding(path)),
    ]),
  )
}

function encodingOf({ latin1 }: ToolCase): (path: string) => 'latin1' | 'utf8' {
  return (path) => (latin1?.includes(path) ? 'latin1' : 'utf8')
}

function write(root: string, path: string, text: string, encoding: 'latin1' | 'utf8'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text, encoding)
}

/** Always the same ids: author, committer and dates are fixed. */
function commit(root: string, changes: Readonly<Record<string, string | undefined>>, index: number): void {
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) rmSync(join(root, path))
    else write(root, path, text, 'utf8')
  }
  const who = { NAME: 'Invented Author', EMAIL: 'author@example.test', DATE: `2026-01-01T00:00:0${index}Z` }
  const people = Object.entries(who).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ])
  const env = { ...process.env, ...Object.fromEntries(people) }
  execFileSync('git', ['add', '--all'], { cwd: root, env })
  execFileSync('git', ['-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'A private remark'], {
    cwd: root,
    env,
  })
}
