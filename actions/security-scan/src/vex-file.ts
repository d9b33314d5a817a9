/** The decisions of this run for those who scan the product. Pure. */
import type { Finding, HostFacts, Project } from '@ci-actions/shared'
import { packageUrl, renderOpenVex, tableAt } from '@ci-actions/shared'

/** For `files` of the outcome: `openvex.json`, where a vulnerability is suppressed. */
export function vexFile(
  findings: readonly Finding[],
  { projects, facts, today }: VexContext,
): Readonly<Record<string, string>> {
  const product = productOf(projects, facts)
  const text = renderOpenVex({ findings, product, author: facts.event?.repository ?? product, today })
  return text === undefined ? {} : { 'openvex.json': text }
}

export interface VexContext {
  readonly projects: readonly Project[]
  readonly facts: Pick<HostFacts, 'event'>
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** What is published, where one project says how that is called; else the repository. */
function productOf(projects: readonly Project[], { event }: VexContext['facts']): string {
  const [only, ...others] = projects.flatMap((project) => publishedName(project) ?? [])
  if (only !== undefined && others.length === 0) return only
  if (event === undefined) return 'pkg:generic/this-repository'
  return packageUrl({ ecosystem: 'github', name: event.repository, version: event.sha })
}

function publishedName({ configuration, folder }: Project): string | undefined {
  const file = configuration.find(
    ({ path }) => path === (folder === '' ? 'pyproject.toml' : `${folder}/pyproject.toml`),
  )
  const project = file && tableAt(file, 'project')
  const name = project?.['name']
  const version = project?.['version']
  if (typeof name !== 'string' || name.trim() === '') return undefined
  return packageUrl({ ecosystem: 'pypi', name, ...(typeof version === 'string' && { version }) })
}
