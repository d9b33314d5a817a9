/** The configuration that tools may read, as far as it can change what they find. */
import { join, posix } from 'node:path'
import { parse } from 'smol-toml'
import type { Files } from '../host/ports.ts'
import type { Project } from './project.ts'
import type { ConfigurationPart } from './remembered-key.ts'
import { compare } from './remembered-key.ts'

/** Names that tools look for by themselves, in the folder of a file and above. */
const names = new Set([
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  '.editorconfig',
  '.gitignore',
  '.flake8',
  '.isort.cfg',
  'ruff.toml',
  '.ruff.toml',
  '.pylintrc',
  'pylintrc',
  '.pylintrc.toml',
  'pylintrc.toml',
  'mypy.ini',
  '.mypy.ini',
  'pyrightconfig.json',
  '.jscpd.json',
  'complexipy.toml',
  '.complexipy.toml',
  'radon.cfg',
  '.interrogate.cfg',
])

/** Names tools and versions, which are in the key by themselves. */
const hooks = '.pre-commit-config.yaml'

/** Say what is installed; no tool that looks at single files reads them. */
const npmLocks = new Set(['package-lock.json', 'npm-shrinkwrap.json'])

/** No tool's configuration is larger; what is, counts with its size alone. */
const maxBytes = 2_000_000
/** Of files named by configuration, directly or by what they name. */
const maxMentioned = 50

/**
 * All configuration in or above the package, wherever it stands below: a change of any of it makes every file be
 * looked at again, which is rare and always right. Files that configuration or `args` name (`extend = "../x.toml"`)
 * count as well.
 */
export async function readConfiguration(
  files: Files,
  project: Project,
  args: readonly string[],
): Promise<readonly ConfigurationPart[]> {
  const parts = new Map<string, string>()
  for (const { name, path, text } of project.configuration)
    if (name !== hooks && !npmLocks.has(name)) parts.set(path, text)
  const below = project.files.filter((file) => names.has(posix.basename(file)))
  for (const file of below) await addFile(files, project, inRepository(project, file), parts)
  for (const arg of args)
    await addFile(files, project, inRepository(project, arg.slice(arg.indexOf('=') + 1)), parts)
  await addMentioned(files, project, parts)
  return [...parts]
    .map(([path, text]) => ({ path, content: whatToolsRead(path, text) }))
    .sort((a, b) => compare(a.path, b.path))
}

async function addMentioned(files: Files, project: Project, parts: Map<string, string>): Promise<void> {
  const looked = new Set(parts.keys())
  const queue = [...parts]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const mentioned of mentionedFiles(...next)) {
      if (looked.has(mentioned) || looked.size > parts.size + maxMentioned) continue
      looked.add(mentioned)
      const text = await addFile(files, project, mentioned, parts)
      if (text !== undefined) queue.push([mentioned, text])
    }
  }
}

/** Adds a file of the repository, if it is one. */
async function addFile(
  files: Files,
  project: Project,
  path: string,
  parts: Map<string, string>,
): Promise<string | undefined> {
  if (parts.has(path) || path === '' || path.startsWith('../') || posix.isAbsolute(path)) return undefined
  const absolute = join(project.root, posix.relative(project.folder, path))
  const status = await files.status(absolute).catch(() => undefined)
  if (status?.kind !== 'file') return undefined
  // A tool that may not read it says so itself.
  const text =
    status.bytes > maxBytes
      ? `${status.bytes} bytes`
      : await files.readText(absolute).catch(() => 'not readable')
  if (text !== undefined) parts.set(path, text)
  return text
}

function inRepository(project: Project, path: string): string {
  return posix.normalize(posix.join(project.folder, path))
}

/** Paths, as written in a configuration file, that look like configuration files. */
function mentionedFiles(path: string, text: string): readonly string[] {
  const found = text.matchAll(
    /["'=\s]((?:[\w.-]+\/)*[\w.-]*\.(?:toml|cfg|ini|json|pylintrc|flake8))(?=["'\s]|$)/g,
  )
  return [...found].map((match) => posix.normalize(posix.join(posix.dirname(path), match[1] ?? '')))
}

/**
 * The text; of `pyproject.toml` only what tools read, so that a new dependency or version does not make everything
 * be looked at again. `requires-python` is read by Ruff and Black.
 */
function whatToolsRead(path: string, text: string): string {
  if (posix.basename(path) !== 'pyproject.toml') return text
  try {
    const { tool, project } = parse(text)
    const requiresPython =
      typeof project === 'object' && 'requires-python' in project ? project['requires-python'] : undefined
    return JSON.stringify([tool ?? null, requiresPython ?? null], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
  } catch {
    return text
  }
}
