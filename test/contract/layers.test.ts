/** The linter's rules about layers bite: bad snippets, laid out like the repository, are refused. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NODE } from '../../scripts/runner.ts'

const top = resolve(import.meta.dirname, '../..')
const biome = join(top, 'node_modules/@biomejs/biome/bin/biome')

interface Case {
  readonly what: string
  readonly file: string
  readonly code: string
  /** Rule that must refuse it; absent: it is allowed. */
  readonly rule?: string
}

const use = 'export const used = thing\n'
const imports = 'lint/style/noRestrictedImports'
const globals = 'lint/style/noRestrictedGlobals'
const properties = 'lint/nursery/noJsRestrictedProperties'

const cases: readonly Case[] = [
  {
    what: 'files outside of host',
    file: 'packages/shared/src/tool/a.ts',
    code: `import thing from 'node:fs'\n${use}`,
    rule: imports,
  },
  {
    what: 'files by promises outside of host',
    file: 'packages/shared/src/git/a.ts',
    code: `import thing from 'node:fs/promises'\n${use}`,
    rule: imports,
  },
  {
    what: 'processes in an action',
    file: 'actions/new-one/src/a.ts',
    code: `import thing from 'node:child_process'\n${use}`,
    rule: imports,
  },
  {
    what: 'sockets in an action',
    file: 'actions/new-one/src/j.ts',
    code: `import thing from 'node:net'\n${use}`,
    rule: imports,
  },
  {
    what: 'TLS in the core',
    file: 'packages/shared/src/check/g.ts',
    code: `import thing from 'node:tls'\n${use}`,
    rule: imports,
  },
  {
    what: 'the toolkit in an action',
    file: 'actions/new-one/src/b.ts',
    code: `import thing from '@actions/core'\n${use}`,
    rule: imports,
  },
  {
    what: 'the toolkit in the core',
    file: 'packages/shared/src/action/a.ts',
    code: `import thing from '@actions/core'\n${use}`,
    rule: imports,
  },
  {
    what: 'the environment',
    file: 'packages/shared/src/tool/b.ts',
    code: 'export const used = process.env\n',
    rule: globals,
  },
  {
    what: 'the network',
    file: 'packages/shared/src/github/b.ts',
    code: "export const used = fetch('x')\n",
    rule: globals,
  },
  {
    what: 'a timer',
    file: 'packages/shared/src/check/b.ts',
    code: 'export const used = setTimeout\n',
    rule: globals,
  },
  { what: 'the console', file: 'packages/cli/src/b.ts', code: 'console.log(1)\n', rule: globals },
  {
    what: 'the clock',
    file: 'packages/shared/src/check/c.ts',
    code: 'export const used = Date.now()\n',
    rule: properties,
  },
  {
    what: 'chance',
    file: 'packages/shared/src/check/d.ts',
    code: 'export const used = Math.random()\n',
    rule: properties,
  },
  {
    what: 'a global by its object',
    file: 'packages/shared/src/check/e.ts',
    code: 'export const used = globalThis.fetch\n',
    rule: properties,
  },
  {
    what: 'the current date',
    file: 'packages/shared/src/check/f.ts',
    code: 'export const used = new Date()\n',
    rule: 'plugin',
  },
  {
    what: 'a host type in a pure folder',
    file: 'packages/shared/src/gate/a.ts',
    code: `import type { thing } from '../host/ports.ts'\nexport type Used = thing\n`,
    rule: imports,
  },
  {
    what: 'the host in a renderer',
    file: 'packages/shared/src/report/a.ts',
    code: `import { thing } from '../host/index.ts'\n${use}`,
    rule: imports,
  },
  {
    what: 'the host in a parser',
    file: 'packages/shared/src/parse/a.ts',
    code: `import { thing } from '../host/index.ts'\n${use}`,
    rule: imports,
  },
  {
    what: 'the host in findings',
    file: 'packages/shared/src/finding/a.ts',
    code: `import { thing } from '../host/index.ts'\n${use}`,
    rule: imports,
  },
  {
    what: 'the inside of the core in an action',
    file: 'actions/new-one/src/c.ts',
    code: `import { thing } from '../../../packages/shared/src/gate/rule.ts'\n${use}`,
    rule: imports,
  },
  {
    what: 'the recording host in an action',
    file: 'actions/new-one/src/d.ts',
    code: `import { thing } from '@ci-actions/shared/testing'\n${use}`,
    rule: imports,
  },
  {
    what: 'a mocked module',
    file: 'actions/new-one/src/e.test.ts',
    code: "import { vi } from 'vitest'\nvi.mock('./a.ts')\n",
    rule: properties,
  },
  {
    what: 'any',
    file: 'actions/new-one/src/f.ts',
    code: 'export const used: any = 1\n',
    rule: 'lint/suspicious/noExplicitAny',
  },
  {
    what: 'a promise that nobody awaits',
    file: 'actions/new-one/src/g.ts',
    code: 'async function work(): Promise<void> {}\nexport function start(): void {\n  work()\n}\n',
    rule: 'lint/nursery/noFloatingPromises',
  },
  {
    what: 'a file of 251 lines',
    file: 'actions/new-one/src/h.ts',
    code: `${'export {}\n'.repeat(251)}`,
    rule: 'lint/style/noExcessiveLinesPerFile',
  },
  {
    what: 'files in the host',
    file: 'packages/shared/src/host/node/a.ts',
    code: `import thing from 'node:fs'\nexport const used = [thing, Date.now(), new Date(), process.env]\n`,
  },
  {
    what: 'the core in an action',
    file: 'actions/new-one/src/i.ts',
    code: `import { thing } from '@ci-actions/shared'\n${use}`,
  },
  {
    what: 'a host in the entry of an action',
    file: 'actions/new-one/src/main.ts',
    code: `import { thing } from '@ci-actions/shared/host'\n${use}`,
  },
  {
    what: 'paths and hashes anywhere',
    file: 'packages/shared/src/gate/b.ts',
    code: `import { createHash } from 'node:crypto'\nimport { posix } from 'node:path'\nexport const used = [createHash, posix]\n`,
  },
  {
    what: 'a given date anywhere',
    file: 'packages/shared/src/gate/c.ts',
    code: 'export const used = new Date(0)\n',
  },
  {
    what: 'peers of tests in an action',
    file: 'actions/new-one/src/test/k.ts',
    code: `import thing from 'node:net'\nimport { other } from '@ci-actions/shared/testing'\nexport const used = [thing, other]\n`,
  },
  { what: 'files in scripts', file: 'scripts/a.ts', code: `import thing from 'node:fs'\n${use}` },
]

let folder = ''
/** Rules by file, of one run over all cases. */
const refused = new Map<string, Set<string>>()

beforeAll(() => {
  // Outside of the repository: Biome infers no types in a folder that a `.gitignore` above it names.
  folder = mkdtempSync(join(tmpdir(), 'ci-actions-layers-'))
  for (const name of ['biome.json', 'scripts/lint'])
    cpSync(join(top, name), join(folder, name), { recursive: true })
  spawnSync('git', ['init', '--quiet', folder])
  for (const { file, code } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), code)
  }
  const { stdout } = spawnSync(NODE, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const report = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[]
  }
  for (const { category, location } of report.diagnostics) {
    const path = typeof location.path === 'string' ? location.path : location.path.file
    refused.set(path, (refused.get(path) ?? new Set()).add(category))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.for(cases.filter((one) => one.rule))('refuses $what', ({ file, rule }) => {
  expect([...(refused.get(file) ?? [])]).toContain(rule)
})

test.for(cases.filter((one) => !one.rule))('allows $what', ({ file }) => {
  expect(
    [...(refused.get(file) ?? [])].filter((rule) => rule.startsWith('lint/') || rule === 'plugin'),
  ).toEqual([])
})
