/** Generated trees of small Python files that import each other in many ways, and changes of them. */
import fc from 'fast-check'
import type { FileChange } from '../changed-file.ts'

export type Tree = Readonly<Record<string, string>>

export interface ChangedTree {
  readonly before: Tree
  readonly after: Tree
  readonly changes: readonly FileChange[]
}

const tests = ['tests/test_one.py', 'tests/test_two.py', 'tests/deep/test_three.py', 'test_four.py']

/**
 * A file imports those behind it, so that most trees can be imported at all. `src` and the folder of each test are
 * roots too, and some files stand in the way of others.
 */
const paths = [
  ...tests,
  ...[
    'conftest.py',
    'tests/conftest.py',
    'tests/helper.py',
    'a/__init__.py',
    'a.py',
    'tests/b.py',
    'b.py',
    'src/b.py',
  ],
  ...['pkg/c/__init__.py', 'pkg/c.py', 'pkg/sub.py', 'pkg/sub/__init__.py', 'pkg/sub/c.py', 'pkg/sub/e.py'],
  ...['src/lib/f.py', 'src/lib/__init__.py', 'src/pkg/g.py', 'pkg/d.py', 'pkg/__init__.py'],
]

interface Import {
  readonly name: string
  /** Without the last part; may be empty. */
  readonly parent: string
  readonly last: string
  /** From the importing file, with its dots; undefined where they have no package in common. */
  readonly relative: string | undefined
}

type Statement = (imported: Import) => string

/** Statements that add the value of the imported module to the own one. */
const statements: readonly Statement[] = [
  ({ name }) => `import ${name}\nVALUE += ${name}.VALUE`,
  ({ name }) => `import ${name} as x\nVALUE += x.VALUE`,
  ({ name }) => `from ${name} import VALUE as x; VALUE += x`,
  ({ name, parent, last }) =>
    `${parent === '' ? `import ${name}` : `from ${parent} import ${last}`} as x\nVALUE += x.VALUE`,
  ({ name }) => `import os.path, ${name}\nVALUE += ${name}.VALUE`,
  ({ name, parent, last }) =>
    parent === ''
      ? `from ${name} import(VALUE as x)\nVALUE += x`
      : `from ${parent} import (  # one, two)\n    ${last} as x,\n)\nVALUE += x.VALUE`,
  ({ name }) => `import \\\n    ${name} as x\nVALUE += x.VALUE`,
  ({ name }) => `if True: import ${name} as x\nVALUE += x.VALUE`,
  ({ name }) => `try:\n\timport ${name} as x\n\tVALUE += x.VALUE\nexcept ImportError:\n\tVALUE += 1000`,
  ({ name }) => `def load():\n    from ${name} import VALUE\n    return VALUE\nVALUE += load()`,
  ({ name }) => `OWN = VALUE\nfrom ${name.replaceAll('.', ' . ')} import *\nVALUE += OWN`,
  ({ name }) => `from importlib import import_module\nVALUE += import_module("${name}").VALUE`,
  ({ name }) => `from unittest import mock\nwith mock.patch("${name}.VALUE", 5):\n    VALUE += 1`,
  ({ name }) => `import importlib\nVALUE += importlib.import_module("${name[0]}" + "${name.slice(1)}").VALUE`,
  ({ name, relative }) => `from ${relative ?? name} import VALUE as x\nVALUE += x`,
  ({ name, relative }) => `from ${relative ?? name} import VALUE as x\nVALUE += x`,
  ({ last, relative }) =>
    relative === undefined
      ? 'pass'
      : `from ${relative.slice(0, -last.length)} import ${last} as x\nVALUE += x.VALUE`,
]

function moduleName(path: string): string {
  const inRoot = path.replace(/^(src|tests)\//, '').replace(/(\/__init__)?\.py$/, '')
  return inRoot.replaceAll('/', '.')
}

function importOf(from: string, to: string): Import {
  const name = moduleName(to)
  const cut = name.lastIndexOf('.')
  const [parent, last] = [name.slice(0, Math.max(0, cut)), name.slice(cut + 1)]
  const folder = moduleName(from)
    .split('.')
    .slice(0, from.endsWith('__init__.py') ? undefined : -1)
  const same = folder.join('.') === parent && parent !== ''
  const above = folder.slice(0, -1).join('.') === parent && parent !== ''
  return { name, parent, last, relative: same ? `.${last}` : above ? `..${last}` : undefined }
}

interface Plan {
  readonly value: number
  /** Which of the files behind, counted around, and how. */
  readonly imports: readonly (readonly [target: number, statement: Statement])[]
  readonly listed: boolean
}

const anyPlan: fc.Arbitrary<Plan> = fc.record({
  value: fc.integer({ min: 1, max: 99 }),
  imports: fc.array(fc.tuple(fc.nat(30), fc.constantFrom(...statements)), { maxLength: 2 }),
  listed: fc.boolean(),
})

function sourceOf(path: string, plan: Plan, there: ReadonlySet<string>): string {
  const behind = paths.slice(paths.indexOf(path) + 1).filter((each) => there.has(each))
  const imports = plan.imports.flatMap(([target, statement]) => {
    const to = behind[target % behind.length]
    return to === undefined || to.endsWith('conftest.py') || tests.includes(to)
      ? []
      : statement(importOf(path, to))
  })
  // A list in an `__init__.py` says what `import *` loads.
  const all = path.endsWith('__init__.py') && plan.listed ? ["__all__ = ['VALUE', 'c', 'd']"] : []
  return [`VALUE = ${plan.value}`, ...imports, ...all, ''].join('\n')
}

type Plans = ReadonlyMap<string, Plan>

const anyPlans: fc.Arbitrary<Plans> = fc
  .array(fc.tuple(fc.boolean(), anyPlan), { minLength: paths.length, maxLength: paths.length })
  .map((plans) => {
    const chosen = paths.map((path, index) => [path, plans[index]] as const)
    return new Map(
      chosen.flatMap(([path, plan]) =>
        plan !== undefined && (plan[0] || tests.includes(path)) ? [[path, plan[1]] as const] : [],
      ),
    )
  })

const anyEdit = fc.oneof(
  { weight: 12, arbitrary: fc.constant('modify' as const) },
  fc.constantFrom('break' as const, 'delete' as const, 'rename' as const),
)

/** One or two files changed; a file that is not there is added. */
export const anyChange: fc.Arbitrary<ChangedTree> = fc
  .tuple(
    anyPlans,
    fc.uniqueArray(fc.tuple(fc.nat(1000), anyEdit, anyPlan), { minLength: 1, maxLength: 2 }),
    fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
  )
  .map(([plans, edits, more]) => {
    const there = new Set(plans.keys())
    const before = Object.fromEntries([...plans].map(([path, plan]) => [path, sourceOf(path, plan, there)]))
    const after: Record<string, string> = { ...before }
    const changes = edits.flatMap(([place, edit, plan]) => {
      // Mostly files that are there: a new one often makes everything run.
      const choice = more ? paths : [...there]
      const path = choice[place % choice.length] ?? ''
      return applied(after, path, edit, sourceOf(path, plan, there)) ?? []
    })
    return { before, after, changes }
  })

function applied(
  tree: Record<string, string>,
  path: string,
  edit: 'modify' | 'break' | 'delete' | 'rename',
  content: string,
): FileChange | undefined {
  const old = tree[path]
  if (old === undefined) {
    tree[path] = content
    return { path, kind: 'added' }
  }
  if (edit === 'delete' || edit === 'rename') delete tree[path]
  if (edit === 'delete') return { path, kind: 'deleted' }
  if (edit === 'rename') {
    const moved = path.replace(/(\w+)\.py$/, 'moved.py')
    tree[moved] = old
    return { path: moved, oldPath: path, kind: 'renamed' }
  }
  tree[path] = edit === 'break' ? `raise ValueError\n${old}` : content
  return tree[path] === old ? undefined : { path, kind: 'modified' }
}
