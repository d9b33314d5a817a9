/**
 * Results of earlier runs, by content. One JSON-lines file a tool; a line that is damaged in any way is a miss,
 * never an error and never a wrong result: each carries a digest of its own.
 */
import { join } from 'node:path'
import { messageOf } from '../action/errors.ts'
import type { Finding } from '../finding/finding.ts'
import type { Measurement } from '../gate/metric.ts'
import type { Host } from '../host/ports.ts'
import type { KeepLimits, Line, StoreHeader } from './remembered-lines.ts'
import { keepUsed, parseHeader, parseLines, renderLines, sumOf } from './remembered-lines.ts'
import type { Notice } from './tool.ts'

/** What a tool said about one file, or (notices) about the configuration that it ran with. */
export interface RememberedEntry {
  readonly findings: readonly Finding[]
  readonly measurements: readonly Measurement[]
  readonly notices?: readonly Notice[] | undefined
}

export interface RememberedResults {
  /** The entry, marked as used; undefined when there is none or it is damaged. */
  get(tool: string, key: string): Promise<RememberedEntry | undefined>
  put(tool: string, key: string, entry: RememberedEntry): Promise<void>
  /** Seconds per file of the last saved run, for the order of tools; see `schedule.ts`. */
  secondsPerFile(job: string): number | undefined
  /** Saved along with results; a duration alone is saved only when there was none. */
  noteSeconds(job: string, seconds: number): void
  /** Writes what changed; true if anything did. Failures are logged, not thrown. */
  save(): Promise<boolean>
}

export interface RememberedLimits extends KeepLimits {
  /** A larger entry is not kept. */
  readonly entryBytes: number
}

const defaultLimits: RememberedLimits = { totalBytes: 200_000_000, entryBytes: 2_000_000, unusedRuns: 20 }

interface Shelf {
  readonly lines: Map<string, Line>
  /** Keys of this run's. */
  readonly added: Set<string>
  changed: boolean
}

/**
 * Opens the store in `folder`, which may be missing. `generation` names the code that made the results, such as
 * the action's version: another one empties the store.
 */
export async function openRemembered(
  host: Host,
  folder: string,
  generation = '',
  limits: RememberedLimits = defaultLimits,
): Promise<RememberedResults> {
  const text = await host.files.readText(join(folder, headerName)).catch(() => undefined)
  return new Store(host, folder, generation, parseHeader(text), limits)
}

const headerName = 'store.json'
const extension = '.jsonl'

class Store implements RememberedResults {
  readonly #host: Host
  readonly #folder: string
  readonly #generation: string
  /** Number of this run, counted in saved runs. */
  readonly #run: number
  readonly #limits: RememberedLimits
  readonly #shelves = new Map<string, Promise<Shelf>>()
  readonly #seconds: Map<string, number>
  #secondsChanged = false

  constructor(host: Host, folder: string, generation: string, header: StoreHeader, limits: RememberedLimits) {
    this.#host = host
    this.#folder = folder
    this.#generation = generation
    this.#run = header.run + 1
    this.#limits = limits
    this.#seconds = new Map(Object.entries(header.seconds))
  }

  async get(tool: string, key: string): Promise<RememberedEntry | undefined> {
    const { lines } = await this.#shelf(tool)
    const line = lines.get(key)
    if (line === undefined) return undefined
    const entry = parseEntry(line)
    if (entry === undefined) lines.delete(key)
    else lines.set(key, { ...line, used: this.#run })
    return entry
  }

  async put(tool: string, key: string, entry: RememberedEntry): Promise<void> {
    const text = JSON.stringify(entry)
    if (text.length > this.#limits.entryBytes) return
    const shelf = await this.#shelf(tool)
    shelf.changed ||= shelf.lines.get(key)?.text !== text
    shelf.lines.set(key, { text, sum: sumOf(text), used: this.#run })
    shelf.added.add(key)
  }

  secondsPerFile(job: string): number | undefined {
    return this.#seconds.get(job)
  }

  noteSeconds(job: string, seconds: number): void {
    this.#secondsChanged ||= !this.#seconds.has(job)
    this.#seconds.set(job, seconds)
  }

  async save(): Promise<boolean> {
    const shelves = await Promise.all(this.#shelves.values())
    for (const shelf of shelves) this.#dropSecrets(shelf)
    if (!this.#secondsChanged && !shelves.some((shelf) => shelf.changed)) return false
    try {
      await this.#write()
      return true
    } catch (error) {
      this.#host.runner.log(`Results could not be remembered in ${this.#folder}: ${messageOf(error)}`)
      return false
    }
  }

  /** By now it is known what is one; masked, an entry would be another result. */
  #dropSecrets({ lines, added }: Shelf): void {
    for (const key of added) {
      const { text = '' } = lines.get(key) ?? {}
      if (this.#host.runner.redact(text) !== text) lines.delete(key)
    }
  }

  async #write(): Promise<void> {
    const files = await this.#host.files.list(this.#folder)
    const onDisk = files
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length))
    const used = new Set(this.#shelves.keys())
    const shelves = new Map<string, ReadonlyMap<string, Line>>()
    for (const tool of new Set([...onDisk, ...used])) shelves.set(tool, (await this.#shelf(tool)).lines)
    for (const [tool, lines] of keepUsed(shelves, this.#run, this.#limits)) {
      if (!used.has(tool) && lines.size === shelves.get(tool)?.size) continue
      await this.#host.files.write(this.#file(tool), renderLines(lines, this.#generation))
    }
    const header: StoreHeader = { run: this.#run, seconds: Object.fromEntries(this.#seconds) }
    await this.#host.files.write(join(this.#folder, headerName), `${JSON.stringify(header)}\n`)
  }

  #shelf(tool: string): Promise<Shelf> {
    let shelf = this.#shelves.get(tool)
    if (shelf === undefined) {
      shelf = this.#load(tool)
      this.#shelves.set(tool, shelf)
    }
    return shelf
  }

  async #load(tool: string): Promise<Shelf> {
    const status = await this.#host.files.status(this.#file(tool)).catch(() => undefined)
    if (status?.kind !== 'file' || status.bytes > this.#limits.totalBytes)
      return { lines: new Map(), added: new Set(), changed: false }
    const text = await this.#host.files.readText(this.#file(tool)).catch(() => undefined)
    return { lines: parseLines(text ?? '', this.#generation), added: new Set(), changed: false }
  }

  #file(tool: string): string {
    return join(this.#folder, `${tool}${extension}`)
  }
}

/** Undefined for a damaged entry. What passes its digest was written by {@link RememberedResults.put}. */
function parseEntry(line: Line): RememberedEntry | undefined {
  if (sumOf(line.text) !== line.sum) return undefined
  try {
    const entry: RememberedEntry = JSON.parse(line.text)
    return Array.isArray(entry.findings) && Array.isArray(entry.measurements) ? entry : undefined
  } catch {
    return undefined
  }
}
