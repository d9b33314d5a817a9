/**
 * Writes everything that repeats a spec: action.yml, README tables, the policy file's schema, the command line's
 * help in the docs, the docs index, versions.
 *
 *   generate.ts            brings the files up to date
 *   generate.ts --check    compares; exit 1 and a diff where they are stale
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { actions } from '../packages/cli/src/actions.ts'
import { difference } from './generate/difference.ts'
import { generatedFiles } from './generate/files.ts'

const top = resolve(import.meta.dirname, '..')

function main(check: boolean): number {
  const read = (path: string) =>
    existsSync(join(top, path)) ? readFileSync(join(top, path), 'utf8') : undefined
  const stale = generatedFiles(top, actions, read).filter(({ path, text }) => read(path) !== text)
  for (const { path, text } of stale) {
    if (check) process.stdout.write(difference(path, read(path), text))
    else {
      mkdirSync(dirname(join(top, path)), { recursive: true })
      writeFileSync(join(top, path), text)
      process.stdout.write(`wrote ${path}\n`)
    }
  }
  if (check && stale.length > 0)
    process.stdout.write(`${stale.length} generated files are stale; run \`make generate\`\n`)
  return check && stale.length > 0 ? 1 : 0
}

process.exitCode = main(process.argv.includes('--check'))
