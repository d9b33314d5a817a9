/** What has to be done to files for an upgrade, as data. Pure. */
import { posix } from 'node:path'
import type { LockRequest } from '@ci-actions/shared'
import { parseConfigFile, pythonVersionFits } from '@ci-actions/shared'
import { declaredIn } from '../dependencies/python-declared.ts'
import { upgradeCommand } from '../risks/upgrade.ts'
import { readRequirements } from '../tools/python-requirements.ts'
import { fileThatRunsCode } from './code-of-packages.ts'
import { compiledBy, leadingComment } from './compiled-by.ts'
import { planNpm } from './npm-plan.ts'
import type { EditedText } from './requirement-edit.ts'
import { editPyproject, editRequirements } from './requirement-edit.ts'
import type { Upgrade } from './upgrade-need.ts'

/** Texts by repository-relative path. */
export type FixFiles = ReadonlyMap<string, string>

export interface FixPlan {
  /** New texts by path, written first. */
  readonly edits: FixFiles
  /** Then a program writes the lock file; `folder` is repository-relative. */
  readonly lock?: (Omit<LockRequest, 'cwd'> & { readonly folder: string }) | undefined
  /** Whether packages still fit together is asked where no program resolves them anyway. */
  readonly check?: FixPlan['lock']
  /** Files that the program goes by. */
  readonly reads?: readonly string[] | undefined
  /** Files that may be other ones afterwards. */
  readonly touches: readonly string[]
  /** What a file asks for that does not let the version in, and is changed. */
  readonly beyond?: string | undefined
  /** Comment to put back at the head of the first of `touches`, which the program writes anew. */
  readonly header?: string | undefined
}

export interface Refusal {
  readonly why: string
}

export interface Surroundings {
  /** On a laptop; a workflow runs no program that may run code of packages. */
  readonly trusted: boolean
  readonly offline: boolean
}

export function planFix(upgrade: Upgrade, files: FixFiles, surroundings: Surroundings): FixPlan | Refusal {
  const text = files.get(upgrade.path)
  if (text === undefined) return { why: `${upgrade.path} cannot be read.` }
  const plan = planFile(upgrade, text, files, surroundings)
  if ('why' in plan) return plan
  const { check, reads = [], ...rest } = plan
  const runsCode = surroundings.trusted ? undefined : fileThatRunsCode(reads, files)
  if (plan.lock === undefined) {
    const checked = check !== undefined && !surroundings.offline && runsCode === undefined
    return checked ? { ...rest, check } : rest
  }
  if (surroundings.offline)
    return {
      why: `${upgrade.path} is written by ${plan.lock.program}, which needs the network that \`offline\` forbids.`,
    }
  if (runsCode === undefined) return rest
  return {
    why: `To write ${upgrade.path}, uv would run code that ${runsCode} brings in; that is done on a laptop only.`,
  }
}

function planFile(
  upgrade: Upgrade,
  text: string,
  files: FixFiles,
  surroundings: Surroundings,
): FixPlan | Refusal {
  const { path } = upgrade
  switch (posix.basename(path)) {
    case 'pyproject.toml':
      return edited(upgrade, editPyproject(text, upgrade.name, upgrade.to))
    case 'uv.lock':
      return planLock(upgrade, files, (name, to) => ({
        program: 'uv',
        args: ['lock', '--upgrade-package', `${name}==${to}`],
      }))
    case 'poetry.lock':
      if (!surroundings.trusted)
        return { why: 'Poetry may run code of packages while it locks, so it runs on a laptop only.' }
      return planLock(upgrade, files, (name) => ({
        program: 'poetry',
        args: ['update', '--lock', '--no-interaction', '--', name],
      }))
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
      return planNpm(upgrade, files)
  }
  if (path.endsWith('.txt')) return planRequirements(upgrade, text, files)
  const { ecosystem, name, from, direct } = upgrade
  const command = upgradeCommand({ ecosystem, name, version: from, direct }, upgrade.to, path)
  return {
    why: `${posix.basename(path)} is not written here${command === undefined ? '' : `; \`${command}\` does`}.`,
  }
}

function edited({ path, name }: Upgrade, edit: EditedText | undefined): FixPlan | Refusal {
  if (edit === undefined)
    return { why: `${path} does not ask for ${name} in a way that can be changed safely.` }
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
  const args = ['pip', 'compile', posix.basename(path), '--quiet', '--no-header', '--no-annotate']
  return {
    edits: new Map([[path, edit.text]]),
    touches: [path],
    beyond: edit.beyond,
    check: { program: 'uv', args, folder, what: path },
    reads: [path],
  }
}

function planRequirements(upgrade: Upgrade, text: string, files: FixFiles): FixPlan | Refusal {
  const { path, name, to } = upgrade
  const list = readRequirements(path, text)
  if (!list.hashed && !list.compiled) return edited(upgrade, editRequirements(text, name, to))
  const compilation = compiledBy(path, text, (each) => files.has(each))
  if ('why' in compilation) return { why: `${path} was written by a program. ${compilation.why}` }
  const { folder, sources, options } = compilation
  const asked = openUp(
    upgrade,
    sources.map((each) => posix.join(folder, each)),
    files,
  )
  if ('why' in asked) return asked
  const output = posix.relative(folder, path)
  return {
    ...asked,
    touches: [path, ...asked.edits.keys()],
    reads: sources.map((each) => posix.join(folder, each)),
    header: leadingComment(text),
    lock: {
      ...{ program: 'uv', folder, what: path },
      args: [
        ...['pip', 'compile', ...sources, '--output-file', output, ...options],
        ...['--quiet', '--upgrade-package', `${name}==${to}`],
      ],
    },
  }
}

type Command = (name: string, to: string) => Pick<LockRequest, 'program' | 'args'>

function planLock(upgrade: Upgrade, files: FixFiles, command: Command): FixPlan | Refusal {
  const { path, name, to } = upgrade
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
  // Members of a workspace stand below it.
  const manifests = [...files.keys()].filter(
    (each) => posix.basename(each) === 'pyproject.toml' && (folder === '' || each.startsWith(`${folder}/`)),
  )
  const asked = openUp(upgrade, manifests, files)
  if ('why' in asked) return asked
  return {
    ...asked,
    reads: manifests,
    touches: [path, ...asked.edits.keys()],
    lock: { ...command(name, to), folder, what: path },
  }
}

/** Changes those of the files that do not let the version in. */
function openUp(
  { name, to }: Upgrade,
  paths: readonly string[],
  files: FixFiles,
): Pick<FixPlan, 'edits' | 'beyond'> | Refusal {
  const edits = new Map<string, string>()
  let beyond: string | undefined
  for (const path of paths) {
    const text = files.get(path) ?? ''
    if (!keepsOut(path, text, name, to)) continue
    const edit = path.endsWith('.toml') ? editPyproject(text, name, to) : editRequirements(text, name, to)
    if (edit === undefined) return { why: `${path} does not let ${to} in, and cannot be changed safely.` }
    edits.set(path, edit.text)
    beyond = edit.beyond ?? beyond
  }
  return { edits, beyond }
}

function keepsOut(path: string, text: string, name: string, version: string): boolean {
  if (!path.endsWith('.toml'))
    return readRequirements(path, text).requirements.some(
      (each) => each.name === name && pythonVersionFits(version, each.specifier) === false,
    )
  const declared = declaredIn(parseConfigFile(path, text)) ?? []
  return declared.some(
    (each) =>
      each.name === name &&
      (each.specifiers ?? []).length > 0 &&
      (each.specifiers ?? []).every((specifier) => pythonVersionFits(version, specifier) === false),
  )
}
