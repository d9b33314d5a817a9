/**
 * The vulnerable requirement of the example, mended on a laptop by `ci-actions security-scan --fix` in a copy of its own. The
 * advisory is an invented one on loopback; the version that mends it comes from the package index.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { DemoResult } from './demo-record.ts'
import { demoFolder } from './demo-record.ts'
import type { ExampleRepository } from './example-repository.ts'
import { git } from './example-repository.ts'
import { goToolFolders } from './go-tools.ts'
import { writeOsvDatabase } from './osv-database.ts'
import { startOsvServer } from './osv-server.ts'
import { exampleAdvisories, plantedUpgrade } from './planted-risks.ts'
import { inheritedEnvironment, NODE, SHARED_CACHE } from './runner.ts'

const commandLine = resolve(import.meta.dirname, '../packages/cli/src/main.ts')
const lists = ['requirements.txt', 'requirements-dev.txt']

/** What a fix leaves behind. */
export interface Fixed {
  readonly result: Pick<DemoResult, 'findings'> & { readonly notices: readonly string[] }
  /** Texts of the lists, by path. */
  readonly lists: Readonly<Record<string, string>>
  /** Of the first list. */
  readonly patch: string
}

/** Why it may be left out: uv locks anew. */
export const NO_INDEX = 'the package index is not reached'

/** What is not as planted, as sentences. */
export function unexpectedFix({ result, lists: after, patch }: Fixed): readonly string[] {
  const { name, from, to } = plantedUpgrade
  const has = (list: string, version: string) => new RegExp(`^[ +-]?${name}==${version}\\b`, 'm').test(list)
  const left = result.findings.filter(
    ({ state, security }) => state !== 'fixed' && security?.kind === 'vulnerability',
  )
  return [
    ...Object.entries(after).flatMap(([path, list]) => [
      ...(has(list, from) ? [`${path} still asks for ${name} ${from}`] : []),
      ...(has(list, to) ? [] : [`${path} does not ask for ${name} ${to}`]),
    ]),
    ...(has(patch, from) && has(patch, to) ? [] : ['the patch does not say what was upgraded']),
    ...left.map(({ rule }) => `${rule} is still reported`),
    ...(result.notices.some((notice) => notice.includes('everything was scanned again'))
      ? []
      : ['the report does not say what its verdict is about']),
  ]
}

/** Gives what is not as planted; prints the patch. */
export async function demoFix(repository: ExampleRepository, scratch: string): Promise<readonly string[]> {
  const folder = join(scratch, 'fix')
  mkdirSync(folder, { recursive: true })
  git(folder, 'clone', '--quiet', '--branch', 'refunds', repository.folder, '.')
  writeOsvDatabase(join(folder, '.osv'), exampleAdvisories)
  const osvScanner = goToolFolders({ build: false }).get('osv-scanner')
  const server = await startOsvServer(exampleAdvisories)
  const start = performance.now()
  const { exitCode, stdout, stderr } = await runFix(folder, server.url, osvScanner).finally(() =>
    server.close(),
  )
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (exitCode !== 0 && exitCode !== 1) return [`Fixing: exit code ${exitCode}\n${stderr}`]
  cpSync(join(folder, 'report'), join(demoFolder, 'fix/report'), { recursive: true })
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const { name, from, to } = plantedUpgrade
  if (read('report/summary.md').includes('the package index')) {
    console.log(`Fixing on a laptop: left out, since ${NO_INDEX}`)
    return []
  }
  const patch = readOr(join(folder, 'report/fixes/requirements.txt.patch'))
  const fixed = Object.fromEntries(lists.map((path) => [path, read(path)]))
  const problems = unexpectedFix({ result: JSON.parse(stdout), lists: fixed, patch })
  if (problems.length === 0)
    console.log(
      `Fixing on a laptop, \`ci-actions security-scan --fix\`: ${name} ${from} → ${to}, proved by scanning again, in ${seconds} s\n\n${patch.replaceAll(/^/gm, '    ').trimEnd()}\n`,
    )
  return problems.map((problem) => `Fixing: ${problem}`)
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** With the server in this process, so it must not be waited for in one piece. */
async function runFix(folder: string, osvUrl: string, osvScanner: string | undefined) {
  const tools = ['pip-audit', ...(osvScanner === undefined ? [] : ['osv-scanner'])]
  const options = ['--osv-url', osvUrl, '--osv-database', '.osv', '--base', 'main', '--report-dir', 'report']
  const child = spawn(
    NODE,
    [
      ...['--conditions=source', commandLine, 'security-scan', '--fix', '--format', 'json', '--scope', 'all'],
      ...[...tools.flatMap((tool) => ['--tools', tool]), ...options],
    ],
    {
      cwd: folder,
      env: {
        ...inheritedEnvironment(),
        XDG_CACHE_HOME: SHARED_CACHE,
        PATH: [osvScanner ?? '', inheritedEnvironment()['PATH'] ?? ''].filter(Boolean).join(delimiter),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { exitCode: await ended, stdout, stderr }
}
