/**
 * Builds scanners that are Go programs, in the versions that the suite locks, for tests and the demo: from the Go module
 * proxy, which checks what it serves, instead of from release pages. Kept in `.cache/tools/go`; the largest takes two
 * minutes and 1 GB, once.
 *
 *   node --conditions=source scripts/go-tools.ts
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { locks } from '../actions/security-scan/src/tools/locks.ts'

interface GoTool {
  readonly name: string
  /** What `go install` takes; its last part is the program's name. */
  readonly package: string
  /** Variable that a release build sets to its version. */
  readonly versionVariable?: string
}

const goTools: readonly GoTool[] = [
  {
    name: 'gitleaks',
    package: 'github.com/zricethezav/gitleaks/v8',
    versionVariable: 'github.com/zricethezav/gitleaks/v8/version.Version',
  },
  { name: 'actionlint', package: 'github.com/rhysd/actionlint/cmd/actionlint' },
  { name: 'osv-scanner', package: 'github.com/google/osv-scanner/v2/cmd/osv-scanner' },
]

const cache = resolve(import.meta.dirname, '../.cache/tools/go')

/** Folders with one program each, to be put into PATH; only those that are built already where `build` is not given. */
export function goToolFolders({ build }: { readonly build: boolean }): ReadonlyMap<string, string> {
  const go = build ? goProgram() : undefined
  const found = goTools.flatMap((tool) => {
    const version = locks[tool.name]?.version ?? ''
    const folder = join(cache, `${tool.name}-${version}`)
    if (!existsSync(folder) && go !== undefined) {
      console.log(`With Go, once: building ${tool.name} ${version}`)
      install(go, tool, version, folder)
    }
    return existsSync(folder) ? [[tool.name, folder] as const] : []
  })
  return new Map(found)
}

/** Too heavy to be built for tests; used where they stand in PATH in the version that the suite locks. */
const heavyTools = ['trivy', 'trufflehog']

export function heavyToolsInPath(): ReadonlySet<string> {
  const found = heavyTools.filter((name) => {
    const { stdout = '', stderr = '' } = spawnSync(name, ['--version'], { encoding: 'utf8' })
    return `${stdout} ${stderr}`.split(/\s+/).includes(locks[name]?.version ?? '?')
  })
  return new Set(found)
}

function install(go: string, tool: GoTool, version: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  const target = mkdtempSync(`${folder}-`)
  const stamp =
    tool.versionVariable === undefined ? [] : ['-ldflags', `-X ${tool.versionVariable}=v${version}`]
  try {
    execFileSync(go, ['install', ...stamp, `${tool.package}@v${version}`], {
      env: { ...process.env, GOBIN: target, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    if (!existsSync(folder)) renameSync(target, folder)
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

/** Where its installer puts it, if it is not in PATH. */
export function goProgram(): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find((program) => {
    try {
      execFileSync(program, ['version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

if (import.meta.main)
  for (const [name, folder] of goToolFolders({ build: true })) console.log(`${name}: ${folder}`)
