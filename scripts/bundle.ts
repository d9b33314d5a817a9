/**
 * Bundles each action to `actions/<name>/dist`, and the command line to one file, both from what tsc built.
 *
 *   bundle.ts            brings the committed bundles up to date
 *   bundle.ts --check    compares them with a fresh build; exit 1 and a diff where they are stale
 *
 * ncc gets JavaScript, because it cannot read TypeScript 7's own files. A bundle is built again only when
 * its inputs changed: their digest stands beside the last build below `.cache/bundle/`.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { escapedUnit } from '../packages/shared/src/parse/escaped-unit.ts'

const top = resolve(import.meta.dirname, '..')
const node = join(top, 'node_modules/node/bin/node')

/** Exactly these files make a bundle; one more would be a chunk that ncc could not inline. */
export const BUNDLE_FILES = ['index.js', 'licenses.txt', 'package.json'] as const

export interface Target {
  /** Folder of the package, relative to the repository. */
  readonly folder: string
  /** Entry, relative to the package's `src` and `build`, without extension. */
  readonly entry: string
  /** Folder of the committed bundle; absent where it is built for the release alone. */
  readonly dist?: string
}

export function actionNames(): readonly string[] {
  return readdirSync(join(top, 'actions')).filter((name) =>
    existsSync(join(top, 'actions', name, 'src/main.ts')),
  )
}

export function actionTarget(name: string): Target {
  return { folder: `actions/${name}`, entry: 'main', dist: `actions/${name}/dist` }
}

export const COMMAND_LINE: Target = { folder: 'packages/cli', entry: 'main' }

function run(command: string, args: readonly string[], cwd = top): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status === 0) return
  throw new Error(
    `${command} ${args.join(' ')}: ${error?.message ?? `exit ${status}`}\n${stdout ?? ''}${stderr ?? ''}`,
  )
}

/** All that a bundle is made of: sources, what they depend on, and the tools that build it. */
function inputDigest(target: Target): string {
  const sources = [
    'packages/shared/src',
    `${target.folder}/src`,
    ...(target === COMMAND_LINE ? ['actions/*/src'] : []),
  ]
  const files = [
    ...sources.flatMap((folder) =>
      globSync(`${folder}/**/*`, { cwd: top, exclude: ['**/*.test.ts'], withFileTypes: true }),
    ),
  ]
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const settings = [
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/bundle.ts',
    `${target.folder}/package.json`,
  ]
  const digest = createHash('sha256')
  for (const file of [...files, ...settings.map((name) => join(top, name))].toSorted()) {
    digest
      .update(`${file.slice(top.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return digest.digest('hex')
}

/** Builds the bundle unless its inputs are those of the last build; the absolute folder that holds it. */
export function buildBundle(target: Target): string {
  const folder = join(top, '.cache/bundle', target.folder.replaceAll('/', '-'))
  const built = join(folder, 'dist')
  const stamp = join(folder, 'inputs.sha256')
  const digest = inputDigest(target)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && existsSync(join(built, 'index.js')))
    return built
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  run(node, [join(top, 'node_modules/typescript/bin/tsc'), '-b', `${target.folder}/tsconfig.build.json`])
  const ncc = join(top, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const entry = join(target.folder, 'build', `${target.entry}.js`)
  run(node, [ncc, 'build', entry, '--out', built, '--license', 'licenses.txt', '--no-cache', '--quiet'])
  const unexpected = readdirSync(built).filter((name) => !BUNDLE_FILES.some((expected) => expected === name))
  if (unexpected.length > 0) {
    throw new Error(
      `ncc wrote more than one file for ${target.folder}: ${unexpected.join(', ')}. A dynamic import makes a chunk.`,
    )
  }
  const program = join(built, 'index.js')
  writeFileSync(program, inAscii(readFileSync(program, 'utf8')))
  writeFileSync(stamp, digest)
  return built
}

/**
 * The same program. One character that is not in Latin-1 makes V8 keep all of its text with two bytes a character, and
 * read it so: 3 % of the time of a run. All that tells an escape from its character is the `raw` text of a template,
 * which nothing here looks at.
 */
function inAscii(program: string): string {
  return program.replace(/[\u0080-\uffff]/g, escapedUnit)
}

/** How the committed files differ from the built ones, as text; empty where they are the same. */
function difference(committed: string, built: string): string {
  const parts = [...new Set([...BUNDLE_FILES, ...(existsSync(committed) ? readdirSync(committed) : [])])].map(
    (name) => {
      const [left, right] = [join(committed, name), join(built, name)]
      if (!existsSync(left)) return `${name}: not committed`
      if (!existsSync(right)) return `${name}: committed, but the build does not make it`
      if (readFileSync(left).equals(readFileSync(right))) return ''
      const diff = spawnSync('git', ['diff', '--no-index', '--no-color', '--text', '-U1', left, right], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      })
      const lines = diff.stdout.split('\n').slice(4)
      return `${name}: differs\n${lines.slice(0, 40).join('\n')}${lines.length > 40 ? `\n… ${lines.length - 40} more lines` : ''}`
    },
  )
  return parts.filter(Boolean).join('\n')
}

function update(target: Target & { readonly dist: string }): void {
  const committed = join(top, target.dist)
  const built = buildBundle(target)
  const stale = difference(committed, built) !== ''
  if (stale) {
    rmSync(committed, { recursive: true, force: true })
    cpSync(built, committed, { recursive: true })
  }
  console.log(`${target.dist}: ${stale ? 'updated' : 'up to date'}`)
}

/** True where the committed bundle is what the sources give. Prints what differs, in the job summary too. */
function check(target: Target & { readonly dist: string }): boolean {
  const differs = difference(join(top, target.dist), buildBundle(target))
  if (differs === '') return true
  console.log(
    `${target.dist} is not what the sources give. Run \`make bundle\` and commit the result.\n${differs}`,
  )
  const summary = process.env['GITHUB_STEP_SUMMARY']
  if (summary) appendFileSync(summary, `### ${target.dist} is stale\n\n~~~~diff\n${differs}\n~~~~\n`)
  return false
}

if (import.meta.main) {
  const targets = actionNames().map((name) => ({ ...actionTarget(name), dist: `actions/${name}/dist` }))
  if (process.argv.includes('--check')) {
    process.exitCode = targets.map(check).every(Boolean) ? 0 : 1
  } else {
    for (const target of targets) update(target)
  }
}
