/** What documents tell people to copy can be copied: workflows, policy files, hooks, Makefiles. */
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { actions } from '../../packages/cli/src/actions.ts'
import { mergeInputs } from '../../packages/shared/src/action/merge-inputs.ts'

const top = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(top, file), 'utf8')

interface Snippet {
  /** File and line. */
  readonly place: string
  readonly text: string
}

/** Blocks of a language in all documents for users. */
function snippetsOf(language: string): readonly Snippet[] {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    ...globSync(['docs/*.md', 'actions/*/README.md'], { cwd: top }),
  ]
  const block = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm')
  return documents.flatMap((file) =>
    [...read(file).matchAll(block)].map((match) => ({
      place: `${file}:${read(file).slice(0, match.index).split('\n').length}`,
      text: (match[2] ?? '').replaceAll(new RegExp(`^${match[1]}`, 'gm'), ''),
    })),
  )
}

type Fields = Readonly<Record<string, unknown>>

/** Every map in a document, however deep. */
function mapsIn(value: unknown): readonly Fields[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(mapsIn)
  return Array.isArray(value) ? inside : [{ ...value }, ...inside]
}

/** What the action says of the values of a `with:`. */
function problemsOf(name: string, given: Fields): readonly string[] {
  const action = actions.find((candidate) => candidate.name === name)
  if (action === undefined) return [`there is no action ${name}`]
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(action.allInputs, key))
  const { problems } = mergeInputs(action.allInputs, {
    // What an expression comes to is not known here.
    given: (key) =>
      given[key] === undefined || /\$\{\{/.test(String(given[key])) ? undefined : String(given[key]),
    names: Object.keys(given),
    givenBy: 'with:',
    metrics: action.metrics,
  })
  return [...unknown.map((key) => `${name} has no input ${key}`), ...problems]
}

const yaml = snippetsOf('yaml')

describe('a YAML snippet', () => {
  test('is in the documents', () => {
    expect(yaml.length).toBeGreaterThan(10)
  })

  test.for(yaml)('parses, and uses inputs and outputs that exist: $place', ({ text }) => {
    const maps = mapsIn(parse(text))
    const problems = maps.flatMap(({ uses, with: given }) => {
      const name = /^org\/ci-actions\/([\w-]+)@v2$/.exec(String(uses))?.[1]
      return name === undefined ? [] : problemsOf(name, { ...(given as Fields | undefined) })
    })
    // A `with:` by itself, as the pages about inputs show it.
    const [fragment] = maps
    if (fragment !== undefined && Object.keys(fragment).join() === 'with')
      problems.push(...problemsOf('quality-gate', { ...(fragment['with'] as Fields) }))
    expect(problems).toEqual([])
    const outputs = new Set(actions.flatMap((action) => outputsOf(action.name)))
    const used = [...text.matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map((match) => match[1] ?? '')
    expect(used.filter((name) => !outputs.has(name))).toEqual([])
  })

  test.for(yaml)('pins the actions of others by commit: $place', ({ text }) => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line))
    const pinned = /uses: (org\/ci-actions\/[\w-]+@v2|[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/
    expect(uses.filter((line) => !pinned.test(line))).toEqual([])
  })

  test.for(yaml)('is a policy file that the schema takes, if it is one: $place', ({ text }) => {
    const content: unknown = parse(text)
    const names = typeof content === 'object' && content !== null ? Object.keys(content) : []
    if (!names.some((name) => actions.some((action) => action.name === name)))
      return expect(names).not.toContain('$schema')
    const validate = new Ajv({ strict: false, allErrors: true }).compile(
      JSON.parse(read('schemas/policy.json')),
    )
    validate(content)
    expect(validate.errors ?? []).toEqual([])
  })
})

function outputsOf(name: string): readonly string[] {
  const { outputs }: { outputs: Fields } = parse(read(`actions/${name}/action.yml`))
  return Object.keys(outputs)
}

describe('the hooks of pre-commit', () => {
  const hooks: readonly Readonly<Record<string, string>>[] = parse(read('.pre-commit-hooks.yaml'))

  test('are those that the documents name', () => {
    const named = yaml.flatMap(({ text }) => mapsIn(parse(text))).flatMap(({ hooks: list }) => mapsIn(list))
    expect(named.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id))
  })

  test('run on the Node that the suite is tested with', () => {
    const { devDependencies } = JSON.parse(read('package.json'))
    expect(hooks.map((hook) => hook['language_version'])).toEqual(hooks.map(() => devDependencies.node))
  })
})

test.for(snippetsOf('make'))(
  'make reads the snippet at $place, and runs the command of the documents',
  ({ text }) => {
    // `make test` may be what started this: a make below another one prints its folder unless told not to.
    const args = ['--dry-run', '--no-print-directory', '--file=-', 'lint', 'ci-local']
    const { status, stdout, stderr } = spawnSync('make', args, { input: text, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    expect(stdout.trim().split('\n')).toEqual([
      "npx --yes 'github:org/ci-actions#v2' quality-gate --scope new",
      "npx --yes 'github:org/ci-actions#v2' quality-gate",
    ])
  },
)
