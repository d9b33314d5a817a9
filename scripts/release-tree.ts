/**
 * Builds the tree that a release publishes, into an empty or missing folder:
 *
 *   <name>/              action.yml, README.md, LICENSE, dist/   for `uses: org/ci-actions/<name>@v2`
 *   ci-actions/          the command line as one file, and the licences of what is in it
 *   package.json         makes the command line installable from the repository: `npx`, pre-commit
 *   .pre-commit-hooks.yaml
 *   docs/, schemas/      what action.yml, reports and policy files refer to
 *
 *   release-tree.ts OUT
 *
 * The committed bundles are taken as they are; `make test` proves that they are fresh.
 */
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { actionNames, buildBundle, COMMAND_LINE } from './bundle.ts'
import { releasedLinks, releasedPath } from './release-links.ts'

const top = resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(top, file), 'utf8')

/** What `action.yml` says, `using: node24`; the bundle of the command line is the same code. */
const NODE_MAJOR = 24

function copyAction(name: string, out: string): void {
  const from = join(top, 'actions', name)
  for (const file of ['action.yml', 'README.md', 'dist']) {
    if (!existsSync(join(from, file))) throw new Error(`actions/${name}/${file} is missing; run \`make fix\``)
    cpSync(join(from, file), join(out, name, file), { recursive: true })
  }
  cpSync(join(top, 'LICENSE'), join(out, name, 'LICENSE'))
}

/** Imports come before it, and none of them fails in a Node that still gets updates. */
const VERSION_CHECK = `if (Number(process.versions.node.split('.')[0]) < ${NODE_MAJOR}) {
  console.error(\`ci-actions needs Node ${NODE_MAJOR} or newer; \${process.execPath} is \${process.versions.node}.\`)
  process.exit(2)
}
`

function writeCommandLine(out: string): void {
  const built = buildBundle(COMMAND_LINE)
  const code = readFileSync(join(built, 'index.js'), 'utf8')
  mkdirSync(join(out, 'ci-actions'), { recursive: true })
  const file = join(out, 'ci-actions/ci-actions.mjs')
  writeFileSync(file, `#!/usr/bin/env node\n${VERSION_CHECK}${code}`, { mode: 0o755 })
  cpSync(join(built, 'licenses.txt'), join(out, 'ci-actions/licenses.txt'))
  const { version }: { version: string } = JSON.parse(read('packages/cli/package.json'))
  const manifest = {
    name: 'ci-actions',
    version,
    description: 'The actions of this repository, on a laptop.',
    license: 'MIT',
    type: 'module',
    bin: { 'ci-actions': 'ci-actions/ci-actions.mjs' },
    files: ['ci-actions'],
    engines: { node: `>=${NODE_MAJOR}` },
  }
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

function rewriteLinks(out: string, documents: readonly string[]): void {
  for (const file of documents) {
    const text = releasedLinks(read(file), file, (path) => existsSync(join(out, path)))
    mkdirSync(dirname(join(out, releasedPath(file))), { recursive: true })
    writeFileSync(join(out, releasedPath(file)), text)
  }
}

export function buildReleaseTree(out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty`)
  mkdirSync(out, { recursive: true })
  const names = actionNames()
  for (const name of names) copyAction(name, out)
  writeCommandLine(out)
  const copied = ['.pre-commit-hooks.yaml', 'LICENSE', 'README.md', 'SECURITY.md', 'docs', 'schemas']
  for (const file of copied) cpSync(join(top, file), join(out, file), { recursive: true })
  const pages = globSync('docs/*.md', { cwd: top }).map((path) => path.replaceAll('\\', '/'))
  rewriteLinks(out, ['README.md', ...pages, ...names.map((name) => `actions/${name}/README.md`)])
}

if (import.meta.main) {
  const [out] = process.argv.slice(2)
  if (out === undefined) {
    console.error('usage: release-tree.ts OUT')
    process.exitCode = 2
  } else {
    buildReleaseTree(resolve(out))
    console.log(`release tree: ${resolve(out)}`)
  }
}
