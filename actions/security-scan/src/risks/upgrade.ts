/** Which version clears a dependency of its vulnerabilities, and the command that brings it. Pure. */
import { posix } from 'node:path'
import type { Dependency, Finding } from '@ci-actions/shared'
import { comparePythonVersions } from '@ci-actions/shared'

export interface Upgrade {
  /** The smallest version without any of those that have a fix; undefined where none is known. */
  readonly version?: string | undefined
  /** So many have none. */
  readonly withoutFix: number
}

/** `findings`: all vulnerabilities of one component. */
export function upgradeOf(findings: readonly Finding[]): Upgrade {
  const needed = findings.map(({ security }) =>
    smallestFix(security?.fixedVersions ?? [], security?.dependency?.version),
  )
  const known = needed.flatMap((version) => version ?? [])
  const version = known.reduce<string | undefined>(
    (best, each) => (best === undefined || (comparePythonVersions(each, best) ?? 0) > 0 ? each : best),
    undefined,
  )
  return { ...(version !== undefined && { version }), withoutFix: needed.length - known.length }
}

/** Of the fixes of several lines of releases the next one up. Other languages' versions order as Python's mostly do. */
function smallestFix(fixed: readonly string[], current: string | undefined): string | undefined {
  const above = fixed.filter(
    (each) => current === undefined || (comparePythonVersions(each, current) ?? 1) > 0,
  )
  return above.toSorted((a, b) => comparePythonVersions(a, b) ?? (a < b ? -1 : 1))[0]
}

type Command = (what: { readonly name: string; readonly version: string; readonly direct: boolean }) => string

/** By name of the file that the version stands in. */
const commands: Readonly<Record<string, Command>> = {
  'uv.lock': ({ name, version }) => `uv lock --upgrade-package ${name}==${version}`,
  'poetry.lock': ({ name, version, direct }) =>
    direct ? `poetry add ${name}@^${version}` : `poetry update ${name}`,
  'pdm.lock': ({ name }) => `pdm update ${name}`,
  'Pipfile.lock': ({ name, version }) => `pipenv upgrade ${name}==${version}`,
  'package-lock.json': npm,
  'npm-shrinkwrap.json': npm,
  'package.json': npm,
  'pnpm-lock.yaml': ({ name, version, direct }) =>
    direct ? `pnpm add ${name}@${version}` : `pnpm update ${name}`,
  'yarn.lock': ({ name, version, direct }) => (direct ? `yarn add ${name}@${version}` : `yarn up -R ${name}`),
  'bun.lock': ({ name, version, direct }) => (direct ? `bun add ${name}@${version}` : `bun update ${name}`),
  'go.mod': ({ name, version }) => `go get ${name}@v${version.replace(/^v/, '')}`,
  'Cargo.lock': ({ name, version }) => `cargo update --package ${name} --precise ${version}`,
  'Gemfile.lock': ({ name }) => `bundle update --conservative ${name}`,
  'composer.lock': ({ name }) => `composer update ${name}`,
}

function npm({ name, version, direct }: Parameters<Command>[0]): string {
  return direct ? `npm install ${name}@${version}` : `npm update ${name}`
}

/** Undefined where the file says nothing about how it came to be. Only names that no shell reads otherwise. */
export function upgradeCommand(
  dependency: Dependency,
  version: string,
  path: string | undefined,
): string | undefined {
  const { name, direct = true } = dependency
  const command =
    path === undefined
      ? undefined
      : Object.entries(commands).find(([file]) => file === posix.basename(path))?.[1]
  if (command === undefined || !/^[@A-Za-z0-9][\w./@-]*$/.test(name) || !/^\w[\w.+!-]*$/.test(version))
    return undefined
  return command({ name, version, direct })
}
