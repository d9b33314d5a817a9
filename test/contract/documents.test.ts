/** What people copy and follow: the README's workflow, pinned actions, links that lead somewhere. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { tools } from '../../actions/quality-gate/src/tools/index.ts'
import { tools as scanners } from '../../actions/security-scan/src/tools/index.ts'
import { actions } from '../../packages/cli/src/actions.ts'
import { deadLinks } from './links.ts'
import { readmeWorkflow, readmeWorkflows } from './readme-workflow.ts'

const top = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(top, file), 'utf8')
const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: top,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file !== '' && existsSync(join(top, file)))
const documents = files.filter(
  (file) => file.endsWith('.md') && !/(^|\/)(dist|fixtures|samples)\//.test(file),
)
const workflows = files.filter((file) => /\.github\/workflows\/[^/]+\.ya?ml$/.test(file))

describe('the workflow of the README', () => {
  const readme = read('README.md')

  test('is the one of the example', () => {
    expect(read('examples/orders-service/.github/workflows/ci.yml')).toBe(readmeWorkflow(readme))
  })

  test('asks for no more than to read', () => {
    expect(parse(readmeWorkflow(readme))).toMatchObject({ permissions: { contents: 'read' } })
  })

  test('uploads the evidence, whatever the verdict', () => {
    const steps: unknown[] = parse(readmeWorkflow(readme)).jobs['quality-gate'].steps
    expect(steps.at(-1)).toMatchObject({
      if: 'always()',
      with: { path: '${{ steps.quality.outputs.report-dir }}' },
    })
  })
})

describe('the workflows of the README of test-suite', () => {
  const all = readmeWorkflows(read('actions/test-suite/README.md'))

  test('are those of the example, by name', () => {
    const named = all.map((workflow): [string, string] => [parse(workflow).name, workflow])
    expect(named.map(([name]) => name)).toEqual(['tests', 'shards'])
    for (const [name, workflow] of named)
      expect(read(`examples/orders-service/.github/workflows/${name}.yml`), name).toBe(workflow)
  })

  test('upload the evidence, whatever the verdict', () => {
    for (const { jobs } of all.map((workflow) => parse(workflow)))
      for (const [name, { steps }] of Object.entries<{ steps: readonly unknown[] }>(jobs))
        if (name !== 'plan')
          expect(steps.at(-1), name).toMatchObject({
            if: 'always()',
            with: { path: '${{ steps.tests.outputs.report-dir }}' },
          })
  })
})

describe('the workflow of the README of security-scan', () => {
  const readme = read('actions/security-scan/README.md')

  test('is the one of the example', () => {
    expect(readmeWorkflows(readme)).toEqual([read('examples/orders-service/.github/workflows/security.yml')])
  })

  test('shows the policy of the example', () => {
    const policy = read('examples/orders-service/.github/ci-actions.yml')
    expect(readme).toContain(`\`\`\`yaml\n${policy.slice(policy.indexOf('security-scan:'))}\`\`\``)
  })
})

test.for([...workflows, 'README.md'])(
  '%s pins every action of others by commit, with its version',
  (file) => {
    const uses = read(file)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line))
    expect(uses.length).toBeGreaterThan(0)
    const loose = uses.filter(
      (line) => !/uses: (\.\/|org\/ci-actions\/)|@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
    )
    expect(loose).toEqual([])
  },
)

test.for(workflows)('%s grants no more than to read', (file) => {
  expect(parse(read(file)).permissions).toEqual({ contents: 'read' })
})

test.for(documents)('links of %s lead somewhere', (file) => {
  expect(deadLinks(top, file)).toEqual([])
})

test('commands that the documents name exist', () => {
  const targets = new Set([...read('Makefile').matchAll(/^([a-z]+):/gm)].map((match) => match[1]))
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/(?:^|`)make ([a-z]+)(?=$|`| {2,}#)/gm)].map((match) => match[1]),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((name) => !targets.has(name))).toEqual([])
})

const texts = files.filter((file) => !/\.(png|woff2?)$/.test(file) && !file.includes('/dist/'))

test('no file of the repository names the folder that it was made in', () => {
  expect(texts.filter((file) => read(file).includes(`${top}/`))).toEqual([])
})

// Mirrors are common: each machine asks the registries that it is set up for.
test('no file of the repository names a registry', () => {
  const registries = ['registry.npmjs' + '.org', 'pypi' + '.org', 'pythonhosted' + '.org']
  expect(texts.filter((file) => registries.some((name) => read(file).includes(name)))).toEqual([])
  const { packages } = JSON.parse(read('package-lock.json'))
  const addresses = Object.values<{ resolved?: string }>(packages).flatMap(({ resolved }) => resolved ?? [])
  expect(addresses.filter((address) => address.includes(':'))).toEqual([])
})

test.each(scanners.map(({ id }) => id))('docs/scanners.md says when %s runs', (id) => {
  const table = read('docs/scanners.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(table.some((line) => line.split('|')[1]?.includes(`\`${id}\``))).toBe(true)
})

test('every dependency of the core is imported by it', () => {
  const { dependencies } = JSON.parse(read('packages/shared/package.json'))
  const sources = files.filter(
    (file) => /^packages\/shared\/src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'),
  )
  const imported = new Set(
    sources.flatMap((file) => [...read(file).matchAll(/from '([^'.]+)'/g)].map((match) => match[1])),
  )
  expect(Object.keys(dependencies).filter((name) => !imported.has(name))).toEqual([])
})

describe.each(actions.map((action) => [action.name, action] as const))('the folder of %s', (name) => {
  test('has what a release needs', () => {
    const needed = ['README.md', 'CHANGELOG.md', 'action.yml', 'package.json', 'src/action.ts', 'src/main.ts']
    expect(needed.filter((file) => !existsSync(join(top, 'actions', name, file)))).toEqual([])
    expect(read('README.md')).toContain(`](actions/${name}/README.md)`)
    expect(read('CHANGELOG.md')).toContain(`](actions/${name}/CHANGELOG.md)`)
  })
})

test('the page about tools has a row for each, with the metrics that it feeds', () => {
  const rows = read('docs/tools.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const told = rows.map((row) => {
    const [id = '', , fed = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    return [id.replaceAll('`', ''), fed.replaceAll('`', '').split(', ').toSorted()] as const
  })
  const real = tools.map(({ id, metrics }) => [id, metrics.toSorted()] as const)
  expect(told.filter(([id]) => real.some(([known]) => known === id)).toSorted()).toEqual(real.toSorted())
})
