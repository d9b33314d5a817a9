import type { Level, Project } from '@ci-actions/shared'

/**
 * What an import that a tool could not resolve counts as. A module of the project that is not there is a mistake
 * in the code and counts as the tool's own error; anything else is a dependency that is not installed.
 */
export function countImport(
  module: string | undefined,
  project: Project,
  ownError: string,
): { metric: string; level: Level } {
  const dependency = { metric: 'unresolved-imports', level: 'warning' } as const
  if (module === undefined) return dependency
  const [top = '', ...rest] = module.split('.')
  if (top === '' || !project.firstParty.includes(top)) return dependency
  const path = [top, ...rest].join('/')
  const known = project.files.some((file) =>
    [`${path}.py`, `${path}.pyi`, `${path}/__init__.py`, `${path}/__init__.pyi`].some(
      (candidate) => file === candidate || file.endsWith(`/${candidate}`),
    ),
  )
  // A namespace package is a folder without `__init__.py`.
  const folder = project.files.some((file) => file.startsWith(`${path}/`) || file.includes(`/${path}/`))
  return known || folder ? dependency : { metric: ownError, level: 'error' }
}
