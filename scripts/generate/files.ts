/** All generated files, as they should be. */
import { globSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { renderHelp, renderOverview } from '../../packages/cli/src/help.ts'
import { commonInputs } from '../../packages/shared/src/action/common-inputs.ts'
import type { AnyAction } from '../../packages/shared/src/action/spec.ts'
import { renderActionYml } from './action-yml.ts'
import { docsIndex } from './docs-index.ts'
import { markdownTable } from './markdown-table.ts'
import { replaceSections, skeleton } from './marked-sections.ts'
import { kindRows, renderPolicySchema } from './policy-schema.ts'
import { inputTable, readmeTables } from './readme-tables.ts'

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string
  readonly text: string
}

/** `read` gives the text of a file, or undefined where there is none. */
export type Read = (path: string) => string | undefined

export function generatedFiles(
  top: string,
  actions: readonly AnyAction[],
  read: Read,
): readonly GeneratedFile[] {
  checkRegistry(top, actions)
  return [
    ...actions.flatMap((action) => actionFiles(action, read)),
    ...versionFiles(top, read),
    { path: 'schemas/policy.json', text: renderPolicySchema(actions) },
    ...marked(
      'docs/inputs.md',
      { kinds: kindTable(), 'common-inputs': inputTable(Object.entries(commonInputs)) },
      read,
    ),
    ...marked('docs/laptop.md', { 'command-line': commandLine(actions) }, read),
    ...marked('README.md', { docs: docsIndex(pages(top, read)) }, read),
  ]
}

/** A folder below `actions/` that the registry does not name would silently have no `action.yml`. */
function checkRegistry(top: string, actions: readonly AnyAction[]): void {
  const folders = globSync('actions/*/src/action.ts', { cwd: top }).map(
    (path) => path.split(/[\\/]/)[1] ?? '',
  )
  const missing = folders.filter((folder) => !actions.some(({ name }) => name === folder))
  if (missing.length > 0) throw new Error(`packages/cli/src/actions.ts does not name ${missing.join(', ')}`)
}

const readmeSections = [
  ['Inputs', 'inputs'],
  ['Outputs', 'outputs'],
  ['Metrics', 'metrics'],
  ['Default gate', 'gate'],
  ['Permissions', 'permissions'],
  ['Hosts contacted', 'hosts'],
] as const

function actionFiles(action: AnyAction, read: Read): readonly GeneratedFile[] {
  const folder = `actions/${action.name}`
  const readme = `${folder}/README.md`
  const text = read(readme) ?? skeleton(action.title, action.description, readmeSections)
  return [
    { path: `${folder}/action.yml`, text: renderActionYml(action) },
    {
      path: readme,
      text: replaceSections(
        text,
        readmeTables(action),
        readmeSections.map(([, name]) => name),
        readme,
      ),
    },
  ]
}

/** package.json has the version, changesets raises it there; the code has it from here. */
function versionFiles(top: string, read: Read): readonly GeneratedFile[] {
  const folders = ['packages/cli', ...readdirSync(join(top, 'actions')).map((name) => `actions/${name}`)]
  return folders.flatMap((folder) => {
    const manifest = read(`${folder}/package.json`)
    if (manifest === undefined) return []
    const version = /"version":\s*"([^"]+)"/.exec(manifest)?.[1]
    if (version === undefined) throw new Error(`${folder}/package.json has no version`)
    const text = `/** Generated from package.json by scripts/generate.ts. */\nexport const version = '${version}'\n`
    return [{ path: `${folder}/src/version.ts`, text }]
  })
}

function marked(
  path: string,
  sections: Readonly<Record<string, string>>,
  read: Read,
): readonly GeneratedFile[] {
  const text = read(path)
  if (text === undefined) throw new Error(`${path} is missing`)
  return [{ path, text: replaceSections(text, sections, Object.keys(sections), path) }]
}

function kindTable(): string {
  return markdownTable(['kind', 'takes'], kindRows())
}

function commandLine(actions: readonly AnyAction[]): string {
  const texts = [renderOverview(actions), ...actions.map((action) => renderHelp(action))]
  return texts.map((text) => `\`\`\`text\n${text.trimEnd()}\n\`\`\``).join('\n\n')
}

function pages(top: string, read: Read): readonly { readonly path: string; readonly text: string }[] {
  return globSync('docs/*.md', { cwd: top })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, text: read(path) ?? '' }))
}
