/**
 * Makes the lock files of the suite's own tools, and the modules that carry them in the bundles.
 *
 *   node scripts/lock.ts            lock what the .in and package.json files ask for, keeping what is locked
 *   node scripts/lock.ts --upgrade  take the newest versions that they allow
 *   node scripts/lock.ts --check    only see that the modules carry what the lock files say; no network
 *
 * Needs `uv` (or its path in UV) and npm. No index address ends up in the files: users have mirrors.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The oldest Python for which the tools' current versions exist. */
const oldestPython = '3.11'

interface Lock {
  readonly version: string
  readonly requirements?: string
  readonly npm?: { readonly packageJson: string; readonly packageLock: string }
}

const upgrade = process.argv.includes('--upgrade')
const check = process.argv.includes('--check')

const stale = [lockUv(), ...globSync('actions/*/locks').sort().map(lockAction)].filter(
  (file) => file !== undefined,
)
if (stale.length > 0) {
  console.error(`Not what the lock files say: ${stale.join(', ')}. Run \`node scripts/lock.ts\`.`)
  process.exitCode = 1
}

function lockUv(): string | undefined {
  const { version, requirements } = lockPython('packages/shared/locks/uv.in')
  const body = `export const uvLock = ${literal({ version, requirements })}\n`
  return writeModule('packages/shared/src/tool/install/uv-lock.ts', 'packages/shared/locks', body)
}

function lockAction(folder: string): string | undefined {
  const python = globSync(join(folder, '*.in')).map(
    (file) => [basename(file, '.in'), lockPython(file)] as const,
  )
  const npm = globSync(join(folder, 'npm/*/package.json')).map(
    (file) => [basename(dirname(file)), lockNpm(file)] as const,
  )
  const locks = Object.fromEntries(
    [...python, ...npm, ...knownBinaries(folder)].sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const body = `import type { SuiteLocks } from '@ci-actions/shared'\n\nexport const locks: SuiteLocks = ${literal(locks)}\n`
  return writeModule(join(dirname(folder), 'src/tools/locks.ts'), folder, body)
}

/** Digests of releases are written down by hand, from two sources that do not depend on each other. */
function knownBinaries(folder: string): readonly (readonly [string, object])[] {
  const file = join(folder, 'binaries.json')
  return existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8'))) : []
}

/** The first requirement of the .in file is the tool. */
function lockPython(input: string): Required<Pick<Lock, 'version' | 'requirements'>> {
  const output = input.replace(/\.in$/, '.txt')
  if (!check) {
    const options = [
      '--universal',
      '--python-version',
      oldestPython,
      '--generate-hashes',
      '--no-header',
      '--no-annotate',
    ]
    const args = ['pip', 'compile', ...options, '--no-emit-index-url', '--quiet', input, '-o', output]
    execFileSync(process.env['UV'] ?? 'uv', upgrade ? [...args, '--upgrade'] : args, {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const requirements = readFileSync(output, 'utf8')
  const name = /^[\w.-]+/m.exec(readFileSync(input, 'utf8').replaceAll(/^#.*$/gm, ''))?.[0] ?? ''
  return { version: lockedVersion(requirements, name, output), requirements }
}

function lockedVersion(requirements: string, name: string, file: string): string {
  for (const line of requirements.split('\n')) {
    const [, locked = '', version = ''] = /^([\w.-]+)(?:\[[^\]]*\])?==([^\s;]+)/.exec(line) ?? []
    if (locked.toLowerCase().replaceAll(/[-_.]+/g, '-') === name.toLowerCase().replaceAll(/[-_.]+/g, '-'))
      return version
  }
  throw new Error(`${file} has no line for ${name}`)
}

/** The first dependency of the package.json is the tool; `resolved` addresses are left out, integrity stays. */
function lockNpm(file: string): Lock {
  const folder = dirname(file)
  if (!check) {
    const options = [
      '--package-lock-only',
      '--omit-lockfile-registry-resolved',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ]
    execFileSync('npm', [upgrade ? 'update' : 'install', ...options], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const packageJson = readFileSync(file, 'utf8')
  const packageLock = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const manifest: { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> } =
    JSON.parse(packageJson)
  const [name = ''] = Object.keys(manifest.dependencies ?? manifest.optionalDependencies ?? {})
  const lock: { packages: Record<string, { version?: string }> } = JSON.parse(packageLock)
  const version = lock.packages[`node_modules/${name}`]?.version
  if (version === undefined) throw new Error(`${folder}/package-lock.json has no ${name}`)
  return { version, npm: { packageJson, packageLock } }
}

/** Long texts as template literals, so that a diff shows the line that changed. */
function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') {
    if (!value.includes('\n')) return `'${value.replaceAll(/['\\]/g, '\\$&')}'`
    return `\`${value.replaceAll(/[`\\]|\$(?=\{)/g, '\\$&')}\``
  }
  const deeper = `${indent}  `
  if (Array.isArray(value))
    return `[\n${value.map((each) => `${deeper}${literal(each, deeper)},\n`).join('')}${indent}]`
  const entries = Object.entries(value ?? {}).map(
    ([key, each]) => `${deeper}${quoted(key)}: ${literal(each, deeper)},\n`,
  )
  return `{\n${entries.join('')}${indent}}`
}

function quoted(key: string): string {
  return /^[a-z][\w]*$/i.test(key) ? key : `'${key}'`
}

/** The file's name where it is stale and `--check` was given. */
function writeModule(file: string, from: string, body: string): string | undefined {
  const text = `// Generated by scripts/lock.ts from ${from.replaceAll('\\', '/')}; not for editing.\n${body}`
  const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (old === text) return undefined
  if (check) return file
  writeFileSync(file, text)
  return undefined
}
