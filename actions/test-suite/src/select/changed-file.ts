/** What one changed file means for the selection, as far as it is not a matter of imports. Pure. */

export interface FileChange {
  readonly path: string
  readonly oldPath?: string | undefined
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed'
}

export interface ProjectFiles {
  /** Python files of both sides of the change. */
  readonly python: ReadonlySet<string>
  /** Text by path. */
  readonly sources: ReadonlyMap<string, string>
  isTestFile(path: string): boolean
}

/** `modules`: followed along imports. `nothing`: no test can see it. `everything`: all tests have to run. */
export type ChangeEffect =
  | { readonly kind: 'modules'; readonly paths: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'everything'; readonly why: string }

export function effectOf(change: FileChange, project: ProjectFiles): ChangeEffect {
  const paths = change.oldPath === undefined ? [change.path] : [change.path, change.oldPath]
  const effects = paths.map((path) => effectOfPath(path, change, project))
  const everything = effects.find(({ kind }) => kind === 'everything')
  if (everything !== undefined) return everything
  const modules = effects.flatMap((effect) => (effect.kind === 'modules' ? effect.paths : []))
  return modules.length > 0 ? { kind: 'modules', paths: modules } : { kind: 'nothing' }
}

const special = new Set(['conftest.py', 'setup.py', 'noxfile.py', 'sitecustomize.py', 'usercustomize.py'])

function effectOfPath(path: string, change: FileChange, project: ProjectFiles): ChangeEffect {
  const name = nameOf(path)
  if (special.has(name)) return everything(`\`${path}\` changed, which configures tests or the environment`)
  if (!name.endsWith('.py')) return otherFile(path, project)
  const appeared = change.kind !== 'modified'
  if (appeared && isTopLevel(path, project) && !project.isTestFile(path)) {
    // Libraries may import that name too, and got or get another module.
    return everything(`\`${path}\` appeared or went away, and is in no package`)
  }
  return { kind: 'modules', paths: [path] }
}

function everything(why: string): ChangeEffect {
  return { kind: 'everything', why }
}

/** Whether `import name` may find it: its folder is no package. An `__init__.py` speaks for its folder. */
function isTopLevel(path: string, { python }: ProjectFiles): boolean {
  const module = nameOf(path) === '__init__.py' ? folderOf(path) : path
  const folder = folderOf(module)
  return folder === '' || !python.has(`${folder}/__init__.py`)
}

const prose =
  /\.(md|rst)$|^(LICEN[CS]E|NOTICE|AUTHORS|CODEOWNERS|\.gitignore|\.gitattributes|\.editorconfig)$/i

/** Files that no test reads are known by name only, and only if no source speaks of them. */
function otherFile(path: string, { sources }: ProjectFiles): ChangeEffect {
  const name = nameOf(path)
  const words = path.startsWith('.github/')
    ? ['.github']
    : prose.test(name)
      ? [name, `.${name.slice(name.lastIndexOf('.') + 1)}`]
      : undefined
  if (words === undefined) return everything(`\`${path}\` changed, which is no Python file`)
  for (const [source, text] of sources) {
    const found = source.endsWith('.py') ? words.find((word) => text.includes(word)) : undefined
    if (found !== undefined)
      return everything(`\`${path}\` changed, and \`${source}\` speaks of \`${found}\``)
  }
  return { kind: 'nothing' }
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
